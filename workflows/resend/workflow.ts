import { deliverOrReport } from '../delivery.ts';
import { Desk } from '../desk.ts';
import { Lane } from '../lane.ts';
import { records } from '../ports.ts';
import type { ResendInput } from './messages.ts';

/**
 * Sends a mail that was refused or came back again, to the contact that is registered now (第12条2項), and closes its task.
 * One that is refused again gets a task of its own. Nothing here waits for a person.
 */
export async function resend({ taskId, staffId }: ResendInput): Promise<void> {
  const prepared = await records.prepareResend({ taskId });
  if (prepared === null) return;
  const { mail, sandbox } = prepared;
  const { subjectType, subjectId } = mail;
  const lane = new Lane();
  const desk = new Desk({ subjectType, subjectId, sandbox }, lane);
  await deliverOrReport(desk, { ...mail, sentMs: Date.now() });
  await records.closeResent({ taskId, key: mail.key, actor: staffId, businessMs: Date.now() });
  await desk.handOver();
}
