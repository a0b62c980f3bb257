import { deliverOrReport } from '../delivery.ts';
import { Desk } from '../desk.ts';
import { Lane } from '../lane.ts';
import { records } from '../ports.ts';
import type { ResendInput } from './messages.ts';

/**
 * Sends a mail again, to the contact that is registered now (第12条2項): one that was refused or came back, whose task this closes, or one
 * that arrived and was asked for once more. One that is refused again gets a task of its own. Nothing here waits for a person.
 */
export async function resend({ staffId, ...what }: ResendInput): Promise<void> {
  const prepared = await records.prepareResend(what);
  if (prepared === null) return;
  const { mail, sandbox } = prepared;
  const { subjectType, subjectId } = mail;
  const lane = new Lane();
  const desk = new Desk({ subjectType, subjectId, sandbox }, lane);
  await deliverOrReport(desk, { ...mail, sentMs: Date.now() });
  if ('taskId' in what) {
    const { taskId } = what;
    await records.closeResent({ taskId, key: mail.key, actor: staffId, businessMs: Date.now() });
  }
  await desk.handOver();
}
