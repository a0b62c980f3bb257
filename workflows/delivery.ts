import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { MailInput, MailReceipt } from '../activities/mail/index.ts';
import { FAILURE } from '../domain/base/failures.ts';
import { type Desk, everyTaskReminds, type StaffTask } from './desk.ts';
import { mail } from './ports.ts';

/** The type of the ApplicationFailure behind an activity's failure, or null. */
export function failureType(error: unknown): string | null {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? (cause.type ?? null) : null;
}

/**
 * Sends a mail. When the server refuses the recipient for good, staff get a task and the process goes on: the result
 * is then the task instead of a receipt.
 */
export async function deliver(
  desk: Desk,
  input: MailInput,
): Promise<{ receipt: MailReceipt } | { task: StaffTask }> {
  const sent = await send(input);
  if ('receipt' in sent) return sent;
  return { task: await desk.open(mailProblem(input, sent.refused)) };
}

/**
 * Sends a mail that nobody waits for. When the server refuses the recipient for good, the task that staff get names the
 * mail, so that it can be sent again by itself (workflow `resend`).
 */
export async function deliverOrReport(desk: Desk, input: MailInput): Promise<void> {
  const sent = await send(input);
  if ('receipt' in sent) return;
  const task = await desk.open({ ...mailProblem(input, sent.refused), mailKey: input.key });
  if (!everyTaskReminds()) desk.forget(task);
}

/** Sends a mail whose refusal asks nothing of anybody: the mail's row says what became of it. */
export async function deliverIfTaken(input: MailInput): Promise<void> {
  await send(input);
}

async function send(input: MailInput): Promise<{ receipt: MailReceipt } | { refused: string }> {
  try {
    return { receipt: await mail.sendMail(input) };
  } catch (error) {
    const type = failureType(error);
    if (type !== FAILURE.mailRefused && type !== FAILURE.sandboxMailBlocked) throw error;
    return { refused: type };
  }
}

function mailProblem({ kind }: MailInput, type: string) {
  return { kind: 'mailProblem' as const, involved: [], note: `${kind}:${type}` };
}
