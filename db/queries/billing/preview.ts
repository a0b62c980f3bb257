import type { BillingPolicy } from '../../../domain/billing/billing-policy.ts';
import { askedYen, type PlannedDocument } from '../../../domain/billing/documents.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database } from '../../client.ts';
import type { BillingProblem } from '../../schema/index.ts';
import { contractsToBill, planContracts } from './draft.ts';

export interface BillingForecast {
  contracts: number;
  papers: number;
  totalYen: number;
  problems: BillingProblem[];
  /** There are more contracts than were asked for. */
  more: boolean;
}

const PAGE = 200;

/** What a run of a day would bill as things stand, contract by contract; nothing is stored. */
export async function* previewRun(
  db: Database,
  input: { runOn: CivilDate; sandbox: boolean; policy: BillingPolicy },
): AsyncGenerator<{ contractId: string; documents: PlannedDocument[]; problem: string | null }> {
  let after: string | null = null;
  do {
    const page: string[] = await contractsToBill(db, { ...input, after, limit: PAGE });
    const found = await planContracts(db, { contractIds: page, ...input });
    for (const [contractId, planned] of found) {
      yield 'problem' in planned
        ? { contractId, documents: [], problem: planned.problem }
        : { contractId, documents: planned.plan.documents, problem: null };
    }
    after = page.length < PAGE ? null : (page.at(-1) ?? null);
  } while (after !== null);
}

/** The same as sums, of so many contracts at most. */
export async function forecastRun(
  db: Database,
  input: { runOn: CivilDate; sandbox: boolean; policy: BillingPolicy; limit: number },
): Promise<BillingForecast> {
  const forecast: BillingForecast = { contracts: 0, papers: 0, totalYen: 0, problems: [], more: false };
  for await (const { contractId, documents, problem } of previewRun(db, input)) {
    if (forecast.contracts >= input.limit) return { ...forecast, more: true };
    forecast.contracts += 1;
    forecast.papers += documents.length;
    forecast.totalYen += documents.reduce((sum, document) => sum + askedYen(document), 0);
    if (problem !== null) forecast.problems.push({ contractId, message: problem });
  }
  return forecast;
}
