import { eq } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { usageComparisons } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { openWatchedTask } from '../task/open.ts';
import { readUsageReport } from './usage-report.ts';

export type UsageComparison = typeof usageComparisons.$inferSelect;

/** A comparison by its id, or the newest of a month, or null. */
export async function findComparison(
  db: Executor,
  by: { id: string } | { month: string; sandbox: boolean },
): Promise<UsageComparison | null> {
  const id = 'id' in by ? by.id : comparisonId(by);
  const [row] = await db.select().from(usageComparisons).where(eq(usageComparisons.id, id));
  return row ?? null;
}

const comparisonId = ({ month, sandbox }: { month: string; sandbox: boolean }) =>
  nameUuid(`usage-comparison/${sandbox ? 'sandbox' : 'live'}/${month}`);

/**
 * Stores how a month's usage compares with the provider's records after a reading, and opens a task for billing staff where a
 * difference is beyond the limit or a contract could not be read (第6条6項). A later reading replaces the figures and asks again.
 */
export async function recordComparison(
  db: Database,
  input: { month: string; sandbox: boolean; at: Date },
): Promise<{ differing: number; beyond: number; unread: number }> {
  const { month, sandbox, at } = input;
  const id = comparisonId(input);
  return db.transaction(async (tx) => {
    const before = await findComparison(tx, { id });
    // An attempt that died after it had written says the same again.
    if (before?.comparedAt.getTime() === at.getTime()) return before;
    const report = await readUsageReport(tx, { month, sandbox });
    const differing = report.differences.length;
    const beyond = report.differences.filter((each) => each.beyond).length;
    const figures = { compared: report.compared, unread: report.unread, differing, beyond };
    await tx
      .insert(usageComparisons)
      .values({ id, month, sandbox, ...figures, comparedAt: at })
      .onConflictDoUpdate({ target: usageComparisons.id, set: { ...figures, comparedAt: at } });
    await recordAudit(tx, {
      ...{ actor: 'system', action: 'usage.compared', businessAt: at },
      ...{ subjectType: 'usageComparison', subjectId: id, after: { month, ...figures } },
    });
    if (beyond > 0 || report.unread > 0) {
      await openWatchedTask(tx, {
        ...{ taskId: nameUuid(`usage-difference/${id}/${at.toISOString()}`), kind: 'usageDifference' },
        ...{ subjectType: 'usageComparison', subjectId: id, involved: [], sandbox, openedAt: at },
      });
    }
    return { differing, beyond, unread: report.unread };
  });
}
