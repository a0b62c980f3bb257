import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import type { CivilDate, MonthKey } from '../../../domain/calendar/civil-date.ts';
import { closeChecks } from '../../../domain/payments/month-close.ts';
import type { Executor, Transaction } from '../../client.ts';
import { monthCloses } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { lockPayments } from '../payment/lock.ts';
import { closeFacts, monthSums } from './facts.ts';

export type MonthCloseRow = typeof monthCloses.$inferSelect;

/** Closes a month (月次締め, 第6条2項), with the figures of that moment; nothing of the checklist may stand in the way. */
export async function closeMonth(
  tx: Transaction,
  input: { month: MonthKey; sandbox: boolean; today: CivilDate; staffId: string; commandId: string },
): Promise<Answer> {
  const { month, sandbox, today, staffId, commandId } = input;
  await lockPayments(tx, 'posts');
  const checks = closeChecks(await closeFacts(tx, input));
  const hindrance = checks.find((check) => check.hindrance !== null)?.hindrance ?? null;
  if (hindrance !== null) return refuse('ruleRefuses', hindrance, '第6条2項');
  const figures = await monthSums(tx, { month, sandbox });
  const id = randomUUID();
  await tx.insert(monthCloses).values({ id, month, on: today, closedBy: staffId, figures, sandbox });
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'month.closed', subjectType: 'month', subjectId: id, commandId },
    after: { month, ...figures },
  });
  return { ok: true };
}

/** All closes, the newest month first; reopened ones too. */
export function listCloses(db: Executor, limit: number): Promise<MonthCloseRow[]> {
  return db
    .select()
    .from(monthCloses)
    .orderBy(desc(monthCloses.month), desc(monthCloses.createdAt))
    .limit(limit);
}

/** The standing close of a month, or null. */
export async function findClose(
  db: Executor,
  { month, sandbox }: { month: MonthKey; sandbox: boolean },
): Promise<MonthCloseRow | null> {
  const [row] = await db
    .select()
    .from(monthCloses)
    .where(
      and(eq(monthCloses.month, month), eq(monthCloses.sandbox, sandbox), isNull(monthCloses.reopenedAt)),
    );
  return row ?? null;
}
