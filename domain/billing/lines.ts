import type { Step } from '../base/explain.ts';
import type { CivilDate } from '../calendar/civil-date.ts';

/** One line of a document. Amounts are exact decimal texts without tax, never rounded. */
export interface BillingLine {
  /** What it bills, once in the life of a contract: no two standing documents hold one key, but of usage. */
  key: string;
  /** `plan:CODE`, `option:CODE`, `licence`, `difference`, `shortened`, `usage:CATEGORY`, `topUp`, `refund`. */
  item: string;
  quantity: string;
  unitPrice: string;
  amount: string;
  /** Days of service, both included. */
  from: CivilDate;
  to: CivilDate;
  taxPercent: number;
  /** The run that billed it first; a corrected invoice keeps the day. */
  billedOn: CivilDate;
  why: Step[];
}

/** What was billed so far, by key: lines of standing documents, and lines of runs that came to 0 yen. */
export type Billed = ReadonlyMap<string, BilledKey>;

/** `quantity` is the sum of what was billed under the key: usage may come late, in parts. */
export interface BilledKey {
  billedOn: CivilDate;
  quantity: string;
}

/** Key of the fee of the period that begins on a day. */
export const feeKey = (from: CivilDate): string => `fee:${from}`;
/** Key of the difference of a change that takes effect on a day. */
export const differenceKey = (from: CivilDate): string => `difference:${from}`;
/** Key of the usage of a month, category and price; `month` is its first day. */
export const usageKey = (month: CivilDate, category: string, unitPrice: string): string =>
  `usage:${month}:${category}:${unitPrice}`;
