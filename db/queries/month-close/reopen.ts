import { and, eq, isNull } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import type { MonthKey } from '../../../domain/calendar/civil-date.ts';
import type { Transaction } from '../../client.ts';
import { monthCloses } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { lockPayments } from '../payment/lock.ts';

/** Opens a closed month again, and with it the later ones (月次締め, 第6条2項); two people have agreed. */
export async function reopenMonth(
  tx: Transaction,
  input: { month: MonthKey; sandbox: boolean; staffId: string; commandId: string; now: Date },
): Promise<Answer> {
  const { month, sandbox, staffId, commandId, now } = input;
  await lockPayments(tx, 'posts');
  const standing = await tx
    .select()
    .from(monthCloses)
    .where(and(eq(monthCloses.sandbox, sandbox), isNull(monthCloses.reopenedAt)));
  const reopened = standing.filter((close) => close.month >= month);
  const close = reopened.find((each) => each.month === month);
  if (close === undefined) return refuse('stale', 'この月は締められていません。', '第6条2項');
  for (const { id } of reopened) {
    await tx.update(monthCloses).set({ reopenedBy: staffId, reopenedAt: now }).where(eq(monthCloses.id, id));
  }
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'month.reopened', subjectType: 'month', subjectId: close.id, commandId },
    after: { months: reopened.map((each) => each.month) },
  });
  return { ok: true };
}
