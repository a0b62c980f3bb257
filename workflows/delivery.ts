import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { MailInput, MailReceipt } from '../activities/mail/index.ts';
import { FAILURE } from '../domain/failures.ts';
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
  try {
    return { receipt: await mail.sendMail(input) };
  } catch (error) {
    const type = failureType(error);
    if (type !== FAILURE.mailRefused && type !== FAILURE.sandboxMailBlocked) throw error;
    const { subjectType, subjectId } = input;
    const note = `${input.kind}:${type}`;
    return {
      task: await openTask({ kind: 'mailProblem', subjectType, subjectId, excludedStaff: [], note, sandbox }),
    };
  }
}
