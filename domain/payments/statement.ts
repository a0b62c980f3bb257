import { grouped } from '../base/grouped.ts';
import type { AgedInvoice } from '../billing/ageing.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';

/** In the order within a day: what is asked for before what is paid. */
const ENTRY_KINDS = [
  'charged',
  'replaced',
  'paid',
  'transferFee',
  'moved',
  'paidBack',
  'writtenOff',
] as const;

/** What moves the balance of a payer: `moved` is what postings without a payment of the bank leave over, as a rule nothing. */
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface StatementFacts {
  invoices: readonly Omit<AgedInvoice, 'payer'>[];
  /** What was paid of invoices; what was taken back is negative. `line` is the bank's payment, null of a credit's. */
  postings: readonly {
    invoice: string;
    on: CivilDate;
    line: string | null;
    amountYen: number;
    discountYen: number;
  }[];
  /** What the payer has to its credit; what was used of it is negative. */
  credits: readonly { on: CivilDate; line: string | null; kind: string; amountYen: number }[];
}

export interface StatementEntry {
  on: CivilDate;
  kind: EntryKind;
  /** Numbers of the invoices that it is about. */
  invoices: string[];
  /** Positive: the payer owes more. */
  amountYen: number;
  /** What the payer owes after it; negative: it has so much to its credit. */
  balanceYen: number;
}

export interface AccountStatement {
  openingYen: number;
  entries: StatementEntry[];
  closingYen: number;
}

type Movement = Omit<StatementEntry, 'balanceYen'>;

/**
 * The statement of account of a payer from one day through another (残高明細, 第6条2項), in yen with tax. What an invoice was paid with is
 * one entry for the bank's payment, whatever invoices and credit it went to; a credit that pays an invoice moves nothing.
 */
export function statementOfAccount(
  facts: StatementFacts,
  { from, through }: { from: CivilDate; through: CivilDate },
): AccountStatement {
  const movements = [...chargesOf(facts), ...paymentsOf(facts)]
    .filter(({ on, amountYen }) => amountYen !== 0 && compareDates(on, through) <= 0)
    .toSorted(
      (a, b) => compareDates(a.on, b.on) || ENTRY_KINDS.indexOf(a.kind) - ENTRY_KINDS.indexOf(b.kind),
    );
  let balanceYen = 0;
  let openingYen = 0;
  const entries: StatementEntry[] = [];
  for (const movement of movements) {
    balanceYen += movement.amountYen;
    if (compareDates(movement.on, from) < 0) openingYen = balanceYen;
    else entries.push({ ...movement, balanceYen });
  }
  return { openingYen, entries, closingYen: balanceYen };
}

function chargesOf({ invoices, postings }: StatementFacts): Movement[] {
  return invoices.flatMap(({ number, issuedOn, totalYen, replacedOn, writtenOffOn }): Movement[] => {
    const about = (kind: EntryKind, on: CivilDate, amountYen: number): Movement => ({
      ...{ kind, on, amountYen, invoices: [number] },
    });
    const charged = about('charged', issuedOn, totalYen);
    if (replacedOn !== null) return [charged, about('replaced', replacedOn, -totalYen)];
    if (writtenOffOn === null) return [charged];
    const paidYen = postings
      .filter(({ invoice, on }) => invoice === number && compareDates(on, writtenOffOn) <= 0)
      .reduce((sum, { amountYen, discountYen }) => sum + amountYen + discountYen, 0);
    return [charged, about('writtenOff', writtenOffOn, paidYen - totalYen)];
  });
}

function paymentsOf({ postings, credits }: StatementFacts): Movement[] {
  const own = [
    ...postings.map(({ invoice, on, line, amountYen }) => ({ invoices: [invoice], on, line, amountYen })),
    ...credits
      .filter(({ kind }) => kind !== 'paidBack')
      .map(({ on, line, amountYen }) => ({ invoices: [], on, line, amountYen })),
  ];
  const paid = [...grouped(own, ({ on, line }) => `${on}/${line}`).values()].flatMap((rows): Movement[] => {
    const [first] = rows;
    if (first === undefined) return [];
    const invoices = [...new Set(rows.flatMap((row) => row.invoices))];
    const amountYen = -rows.reduce((sum, row) => sum + row.amountYen, 0);
    return [{ on: first.on, kind: first.line === null ? 'moved' : 'paid', invoices, amountYen }];
  });
  const fees = postings.map(
    ({ invoice, on, discountYen }): Movement => ({
      ...{ on, kind: 'transferFee', invoices: [invoice], amountYen: -discountYen },
    }),
  );
  const back = credits
    .filter(({ kind }) => kind === 'paidBack')
    .map(({ on, amountYen }): Movement => ({ on, kind: 'paidBack', invoices: [], amountYen: -amountYen }));
  return [...paid, ...fees, ...back];
}
