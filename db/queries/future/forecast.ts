import type { RevenueLine } from '../../../domain/billing/revenue.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { projectContract } from '../../../domain/future/project.ts';
import { forecastLines } from '../../../domain/payments/forecast.ts';
import type { Executor } from '../../client.ts';
import { contractPage } from '../contract/page.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import { readContractFactsOf } from './read-many.ts';

const PAGE = 500;

/** The fees of all live contracts of a side in a span, those alike as one line (第6条2項); nothing sealed is opened. */
export async function readForecast(
  db: Executor,
  query: { sandbox: boolean; today: CivilDate; from: CivilDate; through: CivilDate },
): Promise<{ contracts: number; lines: RevenueLine[] }> {
  const { sandbox, today, ...span } = query;
  const lines = new Map<string, RevenueLine>();
  let contracts = 0;
  for (let after: string | null = null; ; ) {
    const contractIds: string[] = await contractPage(db, { sandbox, after, limit: PAGE }, LIVE);
    const facts = await readContractFactsOf(db, { contractIds, today });
    for (const { facts: of } of facts.values()) {
      for (const line of forecastLines(projectContract(of), span)) {
        const key = `${line.item}/${line.from}/${line.to}`;
        const amountYen = (lines.get(key)?.amountYen ?? 0) + line.amountYen;
        lines.set(key, { ...line, amountYen });
      }
    }
    contracts += contractIds.length;
    after = contractIds.at(-1) ?? null;
    if (contractIds.length < PAGE) return { contracts, lines: [...lines.values()] };
  }
}
