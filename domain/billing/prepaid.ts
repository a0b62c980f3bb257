import { decimal, multiplyDecimals, wholePart } from '../base/decimal.ts';
import { type Explained, explained, type Step, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { formatYen, TAX_PERCENT, type TaxRounding, yenOf } from '../base/money.ts';
import type { CivilDate, MonthKey } from '../calendar/civil-date.ts';
import { monthOf } from '../calendar/civil-date.ts';
import type { PrepaidTaxPoint } from './billing-policy.ts';
import { type Amounts, fromTotal } from './returns.ts';

/** Something that is to be booked. `netYen` of usage is a decimal text: what a contract used on a day in Japan, without tax. */
export type PrepaidEvent = { key: string; on: CivilDate } & (
  | { kind: 'topUp'; amountYen: number }
  | { kind: 'usage'; netYen: string }
  | { kind: 'reversal'; of: string }
  | { kind: 'forfeiture' | 'refund' }
);

export type PrepaidRefusal = 'conflict' | 'notPositive' | 'ended' | 'unknown' | 'insufficient';

/** A booking in whole yen, never of 0; `balanceYen` is the sum of all until it. */
export interface PrepaidEntry {
  key: string;
  kind: PrepaidEvent['kind'];
  on: CivilDate;
  amountYen: number;
  balanceYen: number;
}

/** The ledger of a contract: append-only, whole yen, never below 0. Plain JSON. */
export interface PrepaidLedger {
  entries: readonly PrepaidEntry[];
  /** Every event that was taken or refused, by key. */
  seen: Readonly<Record<string, PrepaidEvent>>;
  /** Keys of top-ups that were reversed. */
  reversed: readonly string[];
  /** Whether the balance was forfeited or refunded. */
  ended: boolean;
  /** What usage cost that no balance covered: a person decides whether it is invoiced. */
  uncoveredYen: number;
}

export const EMPTY_LEDGER: PrepaidLedger = {
  entries: [],
  seen: {},
  reversed: [],
  ended: false,
  uncoveredYen: 0,
};

/** What became of an event: `again` for one that was known with the same content. */
export type PrepaidOutcome = 'booked' | 'again' | PrepaidRefusal;

export function balanceOf({ entries }: PrepaidLedger): number {
  return entries.at(-1)?.balanceYen ?? 0;
}

/**
 * Books one event (第6条5項, 第10条3項, 第16条). What the balance lacks for usage is uncovered; a forfeiture or a refund takes all,
 * once, and ends the ledger; a top-up can be reversed once, while the balance holds it. Late usage is to be booked before the end.
 */
export function book(
  ledger: PrepaidLedger,
  event: PrepaidEvent,
  taxPoint: PrepaidTaxPoint,
): { ledger: PrepaidLedger; outcome: PrepaidOutcome } {
  const known = Object.hasOwn(ledger.seen, event.key) ? ledger.seen[event.key] : undefined;
  if (known !== undefined) return { ledger, outcome: sameEvent(known, event) ? 'again' : 'conflict' };
  const next = { ...ledger, seen: { ...ledger.seen, [event.key]: event } };
  const balance = balanceOf(ledger);
  const refuse = (outcome: PrepaidRefusal) => ({ ledger: next, outcome });
  switch (event.kind) {
    case 'topUp':
      if (event.amountYen <= 0) return refuse('notPositive');
      if (ledger.ended) return refuse('ended');
      return { ledger: withEntry(next, event, event.amountYen), outcome: 'booked' };
    case 'usage': {
      const costYen = usageYen(event.netYen, taxPoint);
      const covered = Math.min(balance, costYen);
      const uncoveredYen = ledger.uncoveredYen + costYen - covered;
      return { ledger: withEntry({ ...next, uncoveredYen }, event, -covered), outcome: 'booked' };
    }
    case 'reversal': {
      const topUp = ledger.entries.find(({ key, kind }) => key === event.of && kind === 'topUp');
      if (topUp === undefined || ledger.reversed.includes(event.of)) return refuse('unknown');
      if (topUp.amountYen > balance) return refuse('insufficient');
      const reversed = [...ledger.reversed, event.of];
      return { ledger: withEntry({ ...next, reversed }, event, -topUp.amountYen), outcome: 'booked' };
    }
    case 'forfeiture':
    case 'refund':
      if (ledger.ended) return refuse('ended');
      return { ledger: withEntry({ ...next, ended: true }, event, -balance), outcome: 'booked' };
  }
}

/** Usage of a day as it is booked (第6条5項): with tax where use is taxed, without where the top-up was; below a yen cut off. */
export function usageYen(netYen: string, taxPoint: PrepaidTaxPoint): number {
  const net = decimal(netYen);
  if (net.units < 0n) throw new InvalidValueError(`利用額は0以上で指定してください（${netYen}）。`);
  if (taxPoint === 'topUp') return yenOf(wholePart(net));
  const gross = multiplyDecimals(net, decimal(100 + TAX_PERCENT));
  return yenOf(wholePart({ ...gross, scale: gross.scale + 2 }));
}

export interface UsageStatement extends Amounts {
  month: MonthKey;
}

/**
 * The usage statements (利用明細書, 適格請求書) of the months with booked usage: total = sum booked, the tax within it computed once
 * (第6条5項). None where the top-up was taxed.
 */
export function usageStatements(
  { entries }: PrepaidLedger,
  taxPoint: PrepaidTaxPoint,
  rounding: TaxRounding,
): UsageStatement[] {
  if (taxPoint === 'topUp') return [];
  const totals = new Map<MonthKey, number>();
  for (const { kind, on, amountYen } of entries) {
    if (kind === 'usage') totals.set(monthOf(on), (totals.get(monthOf(on)) ?? 0) - amountYen);
  }
  return [...totals]
    .map(([month, totalYen]) => ({ month, ...fromTotal(totalYen, rounding) }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
}

export interface PrepaidAccount {
  ledger: PrepaidLedger;
  refused: { key: string; reason: PrepaidRefusal }[];
  statements: UsageStatement[];
}

/** All events of a contract, in the order given (第6条5項). */
export function bookAll(
  events: readonly PrepaidEvent[],
  taxPoint: PrepaidTaxPoint,
  rounding: TaxRounding,
): Explained<PrepaidAccount> {
  let ledger = EMPTY_LEDGER;
  const refused: PrepaidAccount['refused'] = [];
  const steps: Step[] = [];
  for (const event of events) {
    const result = book(ledger, event, taxPoint);
    ledger = result.ledger;
    if (result.outcome === 'booked' || result.outcome === 'again') continue;
    refused.push({ key: event.key, reason: result.outcome });
    steps.push(step(`${event.key}は記帳しません：${REFUSAL_WORDS[result.outcome]}`, '第6条5項'));
  }
  const statements = usageStatements(ledger, taxPoint, rounding);
  steps.push(
    step(`残高は${formatYen(balanceOf(ledger))}です（${ledger.entries.length}件の合計）。`, '第6条5項'),
    step(`残高で賄えない利用額は${formatYen(ledger.uncoveredYen)}です。`, '第6条5項'),
  );
  return explained({ ledger, refused, statements }, ...steps);
}

export const REFUSAL_WORDS: Record<PrepaidRefusal, string> = {
  conflict: '同じキーで内容の異なる記帳があります。',
  notPositive: 'チャージは1円以上とします。',
  ended: '残高はすでに失効または返金されています。',
  unknown: '取り消せるチャージがありません。',
  insufficient: '残高がチャージの額に足りません。',
};

function withEntry(ledger: PrepaidLedger, { key, kind, on }: PrepaidEvent, amountYen: number): PrepaidLedger {
  if (amountYen === 0) return ledger;
  const balanceYen = yenOf(BigInt(balanceOf(ledger)) + BigInt(amountYen));
  return { ...ledger, entries: [...ledger.entries, { key, kind, on, amountYen, balanceYen }] };
}

function sameEvent(a: PrepaidEvent, b: PrepaidEvent): boolean {
  const content = (event: PrepaidEvent) =>
    'amountYen' in event
      ? event.amountYen
      : 'netYen' in event
        ? event.netYen
        : 'of' in event
          ? event.of
          : null;
  return a.kind === b.kind && a.on === b.on && content(a) === content(b);
}
