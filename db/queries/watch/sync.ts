import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import type { FoundCase } from '../../../domain/watch/findings.ts';
import type { Transaction } from '../../client.ts';
import { watchCases, watchFindings } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { openWatchedTask } from '../task/open.ts';

type CaseRow = typeof watchCases.$inferSelect;
type FindingRow = typeof watchFindings.$inferSelect;

/** The closing after which a case began as it is stored; -1: none. */
const afterOf = ({ span }: FoundCase): number => (Number.isFinite(span.after) ? span.after : -1);

/**
 * Makes the stored findings of a contract those that the watchers have: a new one opens a case or joins it, one that is there no
 * more is marked as taken back. A case opens with its task; repeated, it changes nothing.
 */
export async function syncFindings(
  tx: Transaction,
  input: { contractId: string; sandbox: boolean; found: readonly FoundCase[]; now: Date },
): Promise<void> {
  const { contractId, found, now } = input;
  const stored = await tx.select().from(watchFindings).where(eq(watchFindings.contractId, contractId));
  const cases = await tx.select().from(watchCases).where(eq(watchCases.contractId, contractId));
  const seen = new Set<string>();
  for (const each of found) {
    const { rule, clause, from, to, count, matches, evidence } = each.finding;
    const after = afterOf(each);
    const before = stored.find((row) => row.rule === rule && row.after === after);
    const values = { count, matches, evidence, foundFrom: new Date(from), foundTo: new Date(to) };
    const own = caseOf(each, cases) ?? (await openCase(tx, cases, { ...input, clause }));
    seen.add(`${rule}/${after}`);
    if (before === undefined) {
      await tx.insert(watchFindings).values({ ...values, caseId: own.id, contractId, rule, after });
      await say(tx, 'usageCase.found', own, { rule, matches, count });
    } else if (before.withdrawnAt !== null || before.caseId !== own.id || differs(before, values)) {
      await tx
        .update(watchFindings)
        .set({ ...values, caseId: own.id, withdrawnAt: null, updatedAt: now })
        .where(eq(watchFindings.id, before.id));
      if (before.withdrawnAt !== null) await say(tx, 'usageCase.found', own, { rule, matches, count });
    }
  }
  for (const row of stored) {
    if (row.withdrawnAt !== null || seen.has(`${row.rule}/${row.after}`)) continue;
    await tx.update(watchFindings).set({ withdrawnAt: now }).where(eq(watchFindings.id, row.id));
    const own = cases.find(({ id }) => id === row.caseId);
    if (own !== undefined) await say(tx, 'usageCase.withdrawn', own, { rule: row.rule });
  }
}

type Values = Pick<FindingRow, 'count' | 'matches' | 'evidence' | 'foundFrom' | 'foundTo'>;

function differs(row: Values, values: Values): boolean {
  const text = ({ count, matches, evidence, foundFrom, foundTo }: Values) =>
    JSON.stringify([
      ...[count, matches, foundFrom, foundTo],
      evidence.map(({ sid, at, number }) => [sid, at, number]),
    ]);
  return text(row) !== text(values);
}

/** The case that a finding belongs to, where there is one: the one that was closed at the end of its span, or the open one. */
function caseOf({ finding, span }: FoundCase, cases: readonly CaseRow[]): CaseRow | undefined {
  const of = cases.filter(({ clause }) => clause === finding.clause);
  const { until } = span;
  if (Number.isFinite(until)) {
    const closed = of.find(({ closedAt }) => closedAt?.getTime() === until);
    if (closed !== undefined) return closed;
  }
  return of.find(({ status }) => status === 'open');
}

async function openCase(
  tx: Transaction,
  cases: CaseRow[],
  { contractId, sandbox, clause, now }: { contractId: string; sandbox: boolean; clause: string; now: Date },
): Promise<CaseRow> {
  const taskId = randomUUID();
  const [opened] = await tx
    .insert(watchCases)
    .values({ contractId, clause, openedAt: now, taskId })
    .returning();
  if (opened === undefined) throw new Error('a case that was just opened is missing');
  cases.push(opened);
  await openWatchedTask(tx, {
    ...{ kind: 'usageCase', taskId, subjectType: 'watchCase', subjectId: opened.id },
    ...{ involved: [], sandbox, openedAt: now },
  });
  await say(tx, 'usageCase.opened', opened, {});
  return opened;
}

async function say(
  tx: Transaction,
  action: 'usageCase.opened' | 'usageCase.found' | 'usageCase.withdrawn',
  { id, clause }: CaseRow,
  after: Record<string, string | number>,
): Promise<void> {
  await recordAudit(tx, {
    ...{ actor: 'system', action, subjectType: 'watchCase', subjectId: id, after },
    clause: groundOf(clause)?.clause ?? '第18条1項',
  });
}
