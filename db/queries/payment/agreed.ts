import type { Answer } from '../../../domain/base/answers.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Proposed } from '../../../domain/proposal/proposal.ts';
import type { Transaction } from '../../client.ts';
import { writeOff } from '../dunning/write-off.ts';
import { reopenMonth } from '../month-close/reopen.ts';
import { agreePayout } from '../payout/agree.ts';
import { settleLine } from './settle.ts';

type OfMoney = Extract<Proposed, { kind: 'paymentMoved' | 'creditPaidBack' | 'writeOff' | 'monthReopened' }>;

/** Does what one person proposed about money and a second one agreed to, in the transaction of the decision. */
export function moneyEffect(
  tx: Transaction,
  { proposed, proposedBy }: { proposed: OfMoney; proposedBy: string },
  { staffId, commandId, now }: { staffId: string; commandId: string; now: Date },
): Promise<Answer> {
  const by = { staffId, commandId, now, today: jstDate(now.getTime()) };
  switch (proposed.kind) {
    case 'paymentMoved': {
      const { lineId, payer, parts, learn } = proposed;
      return settleLine(tx, { ...by, lineId, chosen: { payer, parts }, learn, agreed: true });
    }
    case 'creditPaidBack':
      return agreePayout(tx, { ...proposed, ...by });
    case 'writeOff':
      return writeOff(tx, { ...by, paperId: proposed.paperId, proposedBy });
    case 'monthReopened':
      return reopenMonth(tx, { ...by, month: proposed.month, sandbox: proposed.sandbox });
  }
}
