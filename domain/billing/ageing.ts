import { type Explained, explained, step } from '../base/explain.ts';
import { formatYen } from '../base/money.ts';
import { type CivilDate, compareDates, daysBetween, formatDateJa } from '../calendar/civil-date.ts';
import { compareTexts } from './price-list.ts';

export interface AgedInvoice {
  number: string;
  payer: string;
  issuedOn: CivilDate;
  /** Null for one that asks for nothing. */
  dueOn: CivilDate | null;
  totalYen: number;
  replacedOn: CivilDate | null;
  writtenOffOn: CivilDate | null;
}

export interface AgeingFacts {
  asOf: CivilDate;
  invoices: readonly AgedInvoice[];
  payments: readonly { invoice: string; on: CivilDate; amountYen: number }[];
  /** What payers are owed (前受金); what was used of it is negative. */
  credits: readonly { payer: string; on: CivilDate; amountYen: number }[];
}

/** Buckets by calendar days past the due date. */
export const AGE_BUCKETS = ['notDue', 'days1to30', 'days31to60', 'days61to90', 'days91plus'] as const;
export type AgeBucket = (typeof AGE_BUCKETS)[number];

/** What a payer owes by age, in yen; its credit stands beside. */
export type AgedPayer = Record<AgeBucket, number> & { payer: string; totalYen: number; creditYen: number };

/**
 * The ageing list of a day (滞留表, 第6条2項): what was issued by then and is open by the payments until then; replaced and
 * written-off invoices are out. Payers without anything open and without a credit are not listed.
 */
export function ageing(facts: AgeingFacts): Explained<{ payers: AgedPayer[]; totalYen: number }> {
  const { asOf } = facts;
  const byNow = (on: CivilDate | null) => on !== null && compareDates(on, asOf) <= 0;
  const payers = new Map<string, AgedPayer>();
  const rowOf = (payer: string): AgedPayer => {
    const row = payers.get(payer) ?? { payer, ...EMPTY };
    payers.set(payer, row);
    return row;
  };
  for (const { number, payer, issuedOn, dueOn, totalYen, replacedOn, writtenOffOn } of facts.invoices) {
    if (!byNow(issuedOn) || byNow(replacedOn) || byNow(writtenOffOn)) continue;
    const paidYen = sum(facts.payments.filter(({ invoice, on }) => invoice === number && byNow(on)));
    const openYen = totalYen - paidYen;
    if (openYen <= 0) continue;
    const row = rowOf(payer);
    row[bucketOf(dueOn, asOf)] += openYen;
    row.totalYen += openYen;
  }
  for (const credit of facts.credits) {
    if (byNow(credit.on)) rowOf(credit.payer).creditYen += credit.amountYen;
  }
  const listed = [...payers.values()]
    .filter(({ totalYen, creditYen }) => totalYen !== 0 || creditYen !== 0)
    .sort((a, b) => compareTexts(a.payer, b.payer));
  const totalYen = listed.reduce((all, row) => all + row.totalYen, 0);
  return explained(
    { payers: listed, totalYen },
    step(
      `${formatDateJa(asOf)}現在の未収は${formatYen(totalYen)}（支払者${listed.length}者）です。`,
      '第6条2項',
    ),
  );
}

const EMPTY = {
  notDue: 0,
  days1to30: 0,
  days31to60: 0,
  days61to90: 0,
  days91plus: 0,
  totalYen: 0,
  creditYen: 0,
};

function bucketOf(dueOn: CivilDate | null, asOf: CivilDate): AgeBucket {
  const days = dueOn === null ? 0 : daysBetween(dueOn, asOf);
  if (days <= 0) return 'notDue';
  if (days <= 30) return 'days1to30';
  if (days <= 60) return 'days31to60';
  return days <= 90 ? 'days61to90' : 'days91plus';
}

function sum(payments: readonly { amountYen: number }[]): number {
  return payments.reduce((all, { amountYen }) => all + amountYen, 0);
}
