import { deliverOrReport } from '../delivery.ts';
import { Desk } from '../desk.ts';
import { Lane } from '../lane.ts';
import type { AccountToldInput } from './messages.ts';

/**
 * Tells the registered contact that an account for refunds was entered or changed (第16条), so that a customer hears of one that
 * is none of theirs. A mail that is refused becomes a task; nothing here waits for a person.
 */
export async function accountTold({ contractId, accountId, sandbox }: AccountToldInput): Promise<void> {
  const about = { subjectType: 'contract' as const, subjectId: contractId };
  const desk = new Desk({ ...about, sandbox }, new Lane());
  const key = `bank-account/${accountId}`;
  await deliverOrReport(desk, { key, kind: 'bankAccountChanged', ...about, businessMs: Date.now() });
  await desk.handOver();
}
