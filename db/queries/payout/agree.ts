import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { formatYen } from '../../../domain/base/money.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Transaction } from '../../client.ts';
import { payouts } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { lockPayments } from '../payment/lock.ts';
import { creditOf } from '../payment/post.ts';

/** Sets an amount of a payer's credit aside to be paid back (総合振込); a second person has agreed. It is booked when the bank has paid. */
export async function agreePayout(
  tx: Transaction,
  input: {
    payer: string;
    sandbox: boolean;
    amountYen: number;
    contractId: string;
    staffId: string;
    commandId: string;
    today: CivilDate;
  },
): Promise<Answer> {
  const { payer, sandbox, amountYen, contractId, staffId, commandId, today } = input;
  await lockPayments(tx, 'posts');
  const creditYen = await creditOf(tx, { payer, sandbox });
  if (amountYen < 1 || amountYen > creditYen) {
    return refuse(
      'stale',
      `前受金の残高は${formatYen(creditYen)}です。その額までしか返せません。`,
      '第6条2項',
    );
  }
  const agreed = { agreedOn: today, agreedBy: staffId, commandId };
  await tx.insert(payouts).values({ payer, contractId, amountYen, sandbox, ...agreed });
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'credit.paidBack', subjectType: 'contract', subjectId: contractId },
    ...{ after: { amountYen }, commandId },
  });
  return { ok: true };
}
