import { and, asc, desc, eq, inArray, like } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import type { DunningStatus } from '../../schema/dunnings.ts';
import { contracts, customers, dunningSteps, dunnings, mails, papers } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { openYenOfPaper } from '../payment/receivable.ts';

/** Cases of a status, the longest overdue first, with the last step of each. */
export async function listDunnings(
  db: Executor,
  query: { status: DunningStatus; limit: number; offset: number },
) {
  const { status, limit, offset } = query;
  const where = eq(dunnings.status, status);
  const rows = await db
    .select({ dunning: dunnings, paper: papers, customerName, openYen: openYenOfPaper })
    .from(dunnings)
    .innerJoin(papers, eq(papers.id, dunnings.id))
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(where)
    .orderBy(...(status === 'running' ? [asc(papers.dueOn)] : [desc(dunnings.endedAt)]), asc(papers.number))
    .limit(limit)
    .offset(offset);
  const ids = rows.map(({ dunning }) => dunning.id);
  const steps =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(dunningSteps)
          .where(inArray(dunningSteps.paperId, ids))
          .orderBy(asc(dunningSteps.takenAt));
  const last = new Map(steps.map(({ paperId, step }) => [paperId, step]));
  return {
    rows: rows.map((row) => ({ ...row, step: last.get(row.dunning.id) ?? null })),
    count: await db.$count(dunnings, where),
  };
}

/** The reminders that were sent about a paper: the evidence of a proposal (第10条2項④). */
export function remindersOf(db: Executor, { paperId, contractId }: { paperId: string; contractId: string }) {
  return db
    .select({
      kind: mails.kind,
      status: mails.status,
      acceptedAt: mails.acceptedAt,
      businessAt: mails.businessAt,
    })
    .from(mails)
    .where(and(eq(mails.subjectId, contractId), like(mails.key, `dunning/${paperId}/%`)))
    .orderBy(asc(mails.businessAt));
}
