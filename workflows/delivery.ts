import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { MailInput, MailReceipt } from '../activities/mail/index.ts';
import { FAILURE } from '../domain/base/failures.ts';
import { mail } from './ports.ts';
import { openTask, type StaffTask } from './staff-task.ts';

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
  input: MailInput,
  sandbox: boolean,
): Promise<{ receipt: MailReceipt } | { task: StaffTask }> {
  const sent = await send(input);
  if ('receipt' in sent) return sent;
  return { task: await openTask(mailProblem(input, sent.refused, sandbox)) };
}

/**
 * Sends a mail that nobody waits for. When the server refuses the recipient for good, the task that staff get names the
 * mail, so that it can be sent again by itself (workflow `resend`).
 */
export async function deliverOrReport(input: MailInput, sandbox: boolean): Promise<void> {
  const sent = await send(input);
  if ('receipt' in sent) return;
  await openTask({ ...mailProblem(input, sent.refused, sandbox), mailKey: input.key });
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

function mailProblem({ kind, subjectType, subjectId }: MailInput, type: string, sandbox: boolean) {
  const note = `${kind}:${type}`;
  return { kind: 'mailProblem' as const, subjectType, subjectId, excludedStaff: [], note, sandbox };
}
