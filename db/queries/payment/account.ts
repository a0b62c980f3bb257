import { and, desc, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { allocations, bankLines, contracts, credits, papers } from '../../schema/index.ts';
import { creditOf, setAsideOf } from './post.ts';
import { openPapers, payerOfPaper } from './receivable.ts';

/** Postings of a payer that are shown, of each kind. */
const SHOWN = 200;

export type PayerAccount = Awaited<ReturnType<typeof payerAccount>>;

/** The account of a payer: what is open, what it paid, what it has to its credit. */
export async function payerAccount(db: Executor, { payer, sandbox }: { payer: string; sandbox: boolean }) {
  const own = and(eq(papers.sandbox, sandbox), eq(payerOfPaper, payer));
  const [open, paid, credited, creditYen, asideYen] = await Promise.all([
    openPapers(db, { sandbox, payers: [payer] }),
    db
      .select({ allocation: allocations, number: papers.number, name: bankLines.name })
      .from(allocations)
      .innerJoin(papers, eq(papers.id, allocations.paperId))
      .innerJoin(contracts, eq(contracts.id, papers.contractId))
      .leftJoin(bankLines, eq(bankLines.id, allocations.lineId))
      .where(own)
      .orderBy(desc(allocations.on), desc(allocations.createdAt))
      .limit(SHOWN),
    db
      .select()
      .from(credits)
      .where(and(eq(credits.payer, payer), eq(credits.sandbox, sandbox)))
      .orderBy(desc(credits.createdAt))
      .limit(SHOWN),
    creditOf(db, { payer, sandbox }),
    setAsideOf(db, { payer, sandbox }),
  ]);
  return { payer, sandbox, open, paid, credited, creditYen, asideYen };
}
