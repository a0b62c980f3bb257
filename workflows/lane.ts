import { CancelledFailure } from '@temporalio/workflow';

/**
 * Documents and mails of one workflow, one after the other, beside its main loop: a mail server that is down holds up
 * mails, never a person's decision. A failure that no retry mends fails the workflow's `settled()`.
 */
export class Lane {
  private tail: Promise<void> = Promise.resolve();
  private open = 0;
  private failure: unknown = null;

  /** Adds a job behind the others. */
  push(job: () => Promise<void>): void {
    this.open += 1;
    this.tail = this.tail.then(async () => {
      try {
        await job();
      } catch (error) {
        if (error instanceof CancelledFailure) throw error;
        this.failure ??= error;
      } finally {
        this.open -= 1;
      }
    });
  }

  get isIdle(): boolean {
    return this.open === 0;
  }

  /** Waits until everything that was pushed is done. Throws the first failure. */
  async settled(): Promise<void> {
    await this.tail;
    if (this.failure !== null) throw this.failure;
  }
}
