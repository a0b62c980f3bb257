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
 * is then the task instead of a receipt. `awaited`: the caller waits for the task and sends the mail again; otherwise it can
 * be sent again by itself (workflow `resend`).
 */
export async function deliver(
  desk: Desk,
  input: MailInput,
  awaited = true,
): Promise<{ receipt: MailReceipt } | { task: StaffTask }> {
  const sent = await send(input);
  if ('receipt' in sent) return sent;
  const reason = { kind: 'mailProblem', cause: sent.cause, about: input.key, awaited } as const;
  return { task: await desk.open({ ...reason, involved: [] }) };
}

/** Sends a mail that nobody waits for. A reminder that is due no more when it would leave stays in the house, and asks nothing. */
export async function deliverOrReport(desk: Desk, input: MailInput): Promise<void> {
  try {
    const sent = await deliver(desk, input, false);
    if ('task' in sent && !everyTaskReminds()) desk.forget(sent.task);
  } catch (error) {
    if (failureType(error) !== FAILURE.noLongerDue) throw error;
  }
}

/** Sends a mail whose refusal asks nothing of anybody: the mail's row says what became of it. */
export async function deliverIfTaken(input: MailInput): Promise<void> {
  await send(input);
}

async function send(
  input: MailInput,
): Promise<{ receipt: MailReceipt } | { cause: 'refused' | 'sandboxBlocked' }> {
  try {
    return { receipt: await mail.sendMail(input) };
  } catch (error) {
    const type = failureType(error);
    if (type === FAILURE.mailRefused) return { cause: 'refused' };
    if (type === FAILURE.sandboxMailBlocked) return { cause: 'sandboxBlocked' };
    throw error;
  }
}
