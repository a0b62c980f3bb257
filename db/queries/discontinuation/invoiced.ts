import { and, inArray, max, sql } from 'drizzle-orm';
import type { BillingPolicy } from '../../../domain/billing/billing-policy.ts';
import { billedBy } from '../../../domain/billing/documents.ts';
import { invoicedBy } from '../../../domain/billing/refunds.ts';
import { type CivilDate, compareDates } from '../../../domain/calendar/civil-date.ts';
import type {
  DiscontinuationTerms,
  InvoicedPeriod,
} from '../../../domain/discontinuation/discontinuation-plan.ts';
import type { Executor } from '../../client.ts';
import { papers } from '../../schema/index.ts';
import { readBillingFactsOf } from '../billing/facts.ts';
import { isStanding, standingPapersOf } from '../billing/standing.ts';

/** Contracts whose facts are read at once. */
const PAGE = 500;

/**
 * What papers that stand say of contracts for the period of a last day, by id (第16条): the same that their return papers will be drawn
 * by. Left out are contracts that this system has not billed, and periods from before it did (policy `billing.since`).
 */
export async function invoicedOf(
  db: Executor,
  input: {
    contracts: readonly { contractId: string; period: { from: CivilDate; to: CivilDate } }[];
    terms: Pick<DiscontinuationTerms, 'lastDay' | 'announcedOn'>;
    policy: BillingPolicy;
    today: CivilDate;
  },
): Promise<ReadonlyMap<string, InvoicedPeriod>> {
  const { terms, policy, today } = input;
  const ours = input.contracts.filter(
    ({ period }) => policy.since === null || compareDates(period.from, policy.since) >= 0,
  );
  const latest = await latestBilled(
    db,
    ours.map(({ contractId }) => contractId),
  );
  const { taxRounding } = policy;
  const found = new Map<string, InvoicedPeriod>();
  const beyond: string[] = [];
  for (const { contractId, period } of ours) {
    const billedTo = latest.get(contractId);
    if (billedTo === undefined && policy.since === null) continue;
    // Nothing was billed beyond the last day: nothing more has to be read to know that no fee goes back.
    if (billedTo == null || compareDates(billedTo, terms.lastDay) <= 0) {
      found.set(contractId, { ...period, feeYen: 0, leftYen: 0, taxRounding });
    } else beyond.push(contractId);
  }
  for (let from = 0; from < beyond.length; from += PAGE) {
    const contractIds = beyond.slice(from, from + PAGE);
    const [facts, standing] = await Promise.all([
      readBillingFactsOf(db, { contractIds, today }),
      standingPapersOf(db, contractIds),
    ]);
    for (const contractId of contractIds) {
      const [own, ofContract] = [facts.get(contractId), standing.get(contractId)];
      if (own === undefined || ofContract === undefined) continue;
      const documents = ofContract.standing.map(({ document }) => document);
      const billed = billedBy(documents, ofContract.withoutDocument);
      const { contract, lists } = own;
      const invoiced = invoicedBy({ contract, lists, billed, standing: documents, policy }, terms);
      if (invoiced === null) continue;
      const { period, feeYen, leftYen } = invoiced;
      found.set(contractId, { from: period.from, to: period.to, feeYen, leftYen, taxRounding });
    }
  }
  return found;
}

/** The last day that invoices which stand bill a contract to, by id; null where runs came to 0 yen alone. */
async function latestBilled(
  db: Executor,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, CivilDate | null>> {
  if (contractIds.length === 0) return new Map();
  const billsFees = inArray(papers.type, ['invoice', 'statement']);
  const rows = await db
    .select({
      contractId: papers.contractId,
      to: max(sql`case when ${papers.status} = 'issued' then ${papers.periodTo} end`).mapWith(
        papers.periodTo,
      ),
    })
    .from(papers)
    .where(
      and(
        ...[inArray(papers.contractId, [...contractIds]), billsFees],
        ...[inArray(papers.status, ['issued', 'nothing']), isStanding(db)],
      ),
    )
    .groupBy(papers.contractId);
  return new Map(rows.map(({ contractId, to }) => [contractId, to]));
}
