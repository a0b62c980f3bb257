import { and, eq, ilike, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { foldForSearch } from '../../personal/grams.ts';
import { idsFoundByText } from '../../personal/search-index.ts';
import { contracts, papers } from '../../schema/index.ts';
import { listPartners } from '../partner/read.ts';
import { payerOfPaper } from './receivable.ts';

/** Payers by the name of the customer or partner, or the number of an invoice, some at most. */
export async function payersByText(
  db: Executor,
  { text, sandbox, limit }: { text: string; sandbox: boolean; limit: number },
): Promise<string[]> {
  const numbered = ilike(papers.number, `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  const [byNumber, byName, partners] = await Promise.all([
    db
      .selectDistinct({ payer: payerOfPaper })
      .from(papers)
      .innerJoin(contracts, eq(contracts.id, papers.contractId))
      .where(and(eq(papers.sandbox, sandbox), numbered))
      .limit(limit),
    db
      .selectDistinct({ payer: contracts.customerId })
      .from(contracts)
      .where(
        and(eq(contracts.sandbox, sandbox), sql`${contracts.id} in (${idsFoundByText('contract', text)})`),
      )
      .limit(limit),
    listPartners(db),
  ]);
  const sought = foldForSearch([text]);
  const byPartner = partners.filter(({ details }) => foldForSearch([details.name]).includes(sought));
  const found = [...[...byNumber, ...byName].map(({ payer }) => payer), ...byPartner.map(({ id }) => id)];
  return [...new Set(found)].slice(0, limit);
}
