import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { seal } from '../../db/personal/tags.ts';
import { billingRuns, papers } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { renameCustomers } from '../../dev/payment-rows.ts';
import type { BillingLine } from '../../domain/billing/lines.ts';
import { type CivilDate, civilDate } from '../../domain/calendar/civil-date.ts';

export interface PaperFact {
  /** The customer's registered kana. */
  kana: string;
  totalYen: number;
  issuedOn: CivilDate;
  dueOn: CivilDate;
}

export interface PlantedPaper extends PaperFact {
  paperId: string;
  contractId: string;
  customerId: string;
  number: string;
}

/**
 * Issued invoices of sandbox customers, one customer for each kana, as rows alone. `prefix` keeps what several tests plant on one
 * database apart: it is the beginning of their numbers.
 */
export async function plantPapers(
  db: Database,
  prefix: string,
  facts: readonly PaperFact[],
): Promise<PlantedPaper[]> {
  const kanas = [...new Set(facts.map(({ kana }) => kana))];
  const contractIds = await insertContractRows(db, kanas.length, { prefix: `${prefix}-${randomUUID()}` });
  const customerOf = new Map<string, { contractId: string; customerId: string }>();
  const customerIds = await renameCustomers(db, contractIds, (id, n) => seal(id, kanas[n] ?? ''));
  for (const [n, kana] of kanas.entries()) {
    customerOf.set(kana, { contractId: contractIds[n] ?? '', customerId: customerIds[n] ?? '' });
  }
  const runId = await plantedRun(db);
  const planted = facts.map((fact, index) => {
    const of = customerOf.get(fact.kana);
    if (of === undefined) throw new Error('no such customer');
    const number = `${prefix}-2026-${String(index + 1).padStart(6, '0')}`;
    return { ...fact, ...of, paperId: randomUUID(), number };
  });
  for (let from = 0; from < planted.length; from += 500) {
    await db.insert(papers).values(planted.slice(from, from + 500).map((paper) => rowOfPaper(runId, paper)));
  }
  return planted;
}

/** The row of an issued invoice of a sandbox customer. */
export function rowOfPaper(
  runId: string,
  paper: Omit<PlantedPaper, 'kana' | 'customerId'>,
): typeof papers.$inferInsert {
  const { totalYen, issuedOn, dueOn, number } = paper;
  const netYen = Math.ceil((totalYen * 10) / 11);
  return {
    ...{ id: paper.paperId, runId, contractId: paper.contractId, type: 'invoice', status: 'issued' },
    // Papers of one contract in one run differ by whom they are delivered to.
    ...{ recipient: 'customer', payer: 'customer', deliveredBy: number, issuedOn, dueOn },
    ...{
      periodFrom: issuedOn,
      periodTo: dueOn,
      lines: [line(paper, netYen)],
      netYen,
      taxYen: totalYen - netYen,
      totalYen,
    },
    ...{ taxRounding: 'floor', number, issuedAt: new Date(), drawnAt: new Date(), sandbox: true },
  };
}

/** One line that makes its sum. */
const line = (
  { issuedOn, dueOn, number }: Pick<PlantedPaper, 'issuedOn' | 'dueOn' | 'number'>,
  netYen: number,
): BillingLine => ({
  ...{ key: `fee:${number}`, item: 'plan:standard', quantity: '1', unitPrice: String(netYen), why: [] },
  ...{ amount: String(netYen), from: issuedOn, to: dueOn, taxPercent: 10, billedOn: issuedOn },
});

let days = 0;

/** A run of a day that no other test has. */
export async function plantedRun(db: Database): Promise<string> {
  for (;;) {
    const id = randomUUID();
    const runOn = civilDate(`20${60 + (days % 40)}-0${1 + (days % 9)}-${10 + (days % 18)}`);
    days += 1;
    const written = await db
      .insert(billingRuns)
      .values({ id, runOn, sandbox: true, status: 'issued', startedBy: 'test' })
      .onConflictDoNothing()
      .returning({ id: billingRuns.id });
    if (written.length > 0) return id;
  }
}
