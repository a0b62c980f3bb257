import { and, asc, eq, inArray, isNull, max, sql } from 'drizzle-orm';
import { grouped } from '../../../domain/base/grouped.ts';
import type { PayerFrom } from '../../../domain/billing/partners.ts';
import { type PartnerMove, type PartnerTerms, payersOf } from '../../../domain/billing/payers.ts';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { contractPartners, papers, partnerTerms } from '../../schema/index.ts';
import { isStanding } from '../billing/standing.ts';

/** Moves of a contract between partners, in the order in which they were made. */
export function contractMoves(db: Executor, contractId: string): Promise<PartnerMove[]> {
  return db
    .select({ from: contractPartners.validFrom, partnerId: contractPartners.partnerId })
    .from(contractPartners)
    .where(eq(contractPartners.contractId, contractId))
    .orderBy(asc(contractPartners.position));
}

/** What was agreed with partners, in the order in which it was made, by partner. */
export async function partnerTermsOf(
  db: Executor,
  partnerIds: readonly string[],
): Promise<Map<string, PartnerTerms[]>> {
  if (partnerIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(partnerTerms)
    .where(inArray(partnerTerms.partnerId, [...partnerIds]))
    .orderBy(asc(partnerTerms.position));
  const made = [...grouped(rows, ({ partnerId }) => partnerId)].map(
    ([partnerId, own]) =>
      [
        partnerId,
        own.map(({ validFrom: from, mode, ratePercent }) => ({ from, mode, ratePercent })),
      ] as const,
  );
  return new Map(made);
}

/** Who pays contracts from which day on, as it stands in the register (第6条2項), by id; those never with a partner are left out. */
export async function payersOfContracts(
  db: Executor,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, PayerFrom[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(contractPartners)
    .where(inArray(contractPartners.contractId, [...contractIds]))
    .orderBy(asc(contractPartners.position));
  const ids = new Set(rows.flatMap(({ partnerId }) => (partnerId === null ? [] : [partnerId])));
  const terms = await partnerTermsOf(db, [...ids]);
  const found = new Map<string, PayerFrom[]>();
  for (const [contractId, moves] of grouped(rows, (row) => row.contractId)) {
    const made = moves.map(({ validFrom: from, partnerId }): PartnerMove => ({ from, partnerId }));
    found.set(contractId, payersOf(made, terms));
  }
  return found;
}

/** The latest first day of a line that papers of contracts bill, drafts among them: those that stand, and nothing that goes back; null without any. */
export async function billedFrom(db: Executor, contractIds: readonly string[]): Promise<CivilDate | null> {
  if (contractIds.length === 0) return null;
  const lines = db
    .select({ from: sql<string>`jsonb_array_elements(${papers.lines}) ->> 'from'`.as('from') })
    .from(papers)
    .where(and(inArray(papers.contractId, [...contractIds]), isNull(papers.ofId), isStanding(db)))
    .as('lines');
  const [row] = await db.select({ latest: max(lines.from) }).from(lines);
  return row?.latest == null ? null : civilDate(row.latest);
}
