import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import type { Answer } from '../../domain/base/answers.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import {
  type ApplicationSnapshot,
  applicationReviewId,
} from '../../workflows/application-review/messages.ts';
import { storeApplication } from './application.ts';

export const staff = (id: string) => ({ kind: 'staff' as const, id });

/** Polls until `check` gives something other than null or undefined; fails with a sentence after a minute: a slow machine is no fault. */
export async function eventually<T>(what: string, check: () => Promise<T | null | undefined>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await check();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`It did not happen within a minute: ${what}`);
    await delay(50);
  }
}

/** Drives applications through the gateway as the form and the console do. */
export function applicants(db: Database, client: Client) {
  const gateway = applicationGateway(createOutbox(db, client));

  const waitFor = (applicationId: string, status: ApplicationSnapshot['status']) =>
    eventually(`application is in ${status}`, async () => {
      const snapshot = await gateway.snapshot(applicationId);
      const ready = status === 'review' || status === 'approval' ? snapshot?.taskId !== null : true;
      return snapshot?.status === status && ready ? snapshot : null;
    });

  async function submit(
    changes: Partial<ApplicationInput> = {},
    options: { enteredBy?: string } = {},
  ): Promise<{ applicationId: string; input: ApplicationInput; submissionKey: string }> {
    const stored = await storeApplication(db, changes, options);
    await gateway.submit(async () => ({ applicationId: stored.applicationId, sandbox: true }));
    return stored;
  }

  async function review(
    applicationId: string,
    staffId: string,
    verdict: 'recommendAccept' | 'recommendRefuse' | 'return',
    commandId: string = randomUUID(),
  ): Promise<Answer> {
    const { taskId } = await waitFor(applicationId, 'review');
    return gateway.decideReview(applicationId, {
      commandId,
      actor: staff(staffId),
      decisionId: randomUUID(),
      taskId: taskId ?? '',
      verdict,
    });
  }

  async function approve(
    applicationId: string,
    staffId: string,
    verdict: 'accept' | 'refuse' | 'sendBack',
  ): Promise<Answer> {
    const { taskId } = await waitFor(applicationId, 'approval');
    return gateway.decideApproval(applicationId, {
      commandId: randomUUID(),
      actor: staff(staffId),
      decisionId: randomUUID(),
      taskId: taskId ?? '',
      verdict,
    });
  }

  /** From form to contract; the contract's id. */
  async function conclude(changes: Partial<ApplicationInput> = {}): Promise<string> {
    const { applicationId } = await submit(changes);
    await review(applicationId, randomUUID(), 'recommendAccept');
    await approve(applicationId, randomUUID(), 'accept');
    await client.workflow.getHandle(applicationReviewId(applicationId)).result();
    const contract = await db.query.contracts.findFirst({
      where: (t, { eq }) => eq(t.applicationId, applicationId),
    });
    if (contract === undefined) throw new Error('no contract was concluded');
    return contract.id;
  }

  return { gateway, waitFor, submit, review, approve, conclude };
}
