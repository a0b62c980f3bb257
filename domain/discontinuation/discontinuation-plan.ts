import { type Explained, explained, type Step, step } from '../base/explain.ts';
import type { TaxRounding } from '../base/money.ts';
import {
  addDays,
  type CivilDate,
  compareDates,
  daysInclusive,
  formatDateJa,
  jstDate,
  laterOf,
} from '../calendar/civil-date.ts';
import type { CutoffPolicy } from '../calendar/cutoff.ts';
import { periodOn } from '../future/period-line.ts';
import { type ContractFuture, contentsOn, feePaidThrough } from '../future/project.ts';
import type { Period } from '../period/periods.ts';
import { renewalCutoff } from '../period/renewal.ts';
import type { NoticeCounts } from '../policy/policies.ts';
import { notifyBy, type Refund, type RefundInput, refund } from './discontinuation.ts';
import { firstEnd, isReached } from './last-day.ts';

/** What becomes of a contract: it ends with the service, had ended before, or has left the plan by then. */
export const FATES = ['ends', 'endsBefore', 'movesAway'] as const;
export type Fate = (typeof FATES)[number];

/** What a refund is worked out from: from papers that stand, or, where this system did not bill the period, from the price list. */
export const REFUND_BASES = ['papers', 'prices'] as const;
export type RefundBasis = (typeof REFUND_BASES)[number];

/** What this system invoiced of the period of the last day before the announcement; yen without tax, 0 where it did not. */
export interface InvoicedPeriod {
  from: CivilDate;
  to: CivilDate;
  feeYen: number;
  /** What of it can still go back. */
  leftYen: number;
  /** Of the paper that it goes back with. */
  taxRounding: TaxRounding;
}

/** A contract as a discontinuation sees it. */
export interface PlannedContract {
  /** The contract's future without this discontinuation. */
  future: ContractFuture;
  balanceYen: number;
  /** Null where the period was billed elsewhere: the fee is that of the price list, billed as soon as it is certain. */
  invoiced: InvoicedPeriod | null;
}

export interface DiscontinuationTerms {
  lastDay: CivilDate;
  /** Null: the whole service. */
  planCode: string | null;
  forceMajeure: boolean;
  /** The day from which nothing past the last day is billed: of the approval, or of the question. */
  announcedOn: CivilDate;
  cutoff: CutoffPolicy;
}

export interface PlannedOutcome {
  fate: Fate;
  basis: RefundBasis;
  /** The period that the last day falls in, or the first one of a contract that had not begun. */
  period: Period;
  /** Its fee, yen without tax. */
  periodFeeYen: number;
  /** Whether it was billed beyond the last day. */
  paid: boolean;
  noticeOn: CivilDate | null;
  late: boolean;
  refund: Refund;
}

const NOTHING = { feeYen: 0, taxYen: 0, balanceYen: 0, totalYen: 0 };

/** What a discontinuation brings about for one contract when its notice arrives on a day, or never (第16条). */
export function contractOutcome(
  terms: DiscontinuationTerms,
  contract: PlannedContract,
  noticeOn: CivilDate | null,
): Explained<PlannedOutcome> {
  const { lastDay, forceMajeure } = terms;
  const { future, invoiced, balanceYen } = contract;
  const endsOn = future.end?.on ?? null;
  const { period, feeYen, paid, ...papers } = paidPeriod(terms, contract);
  const basis: RefundBasis = invoiced === null ? 'prices' : 'papers';
  const common = { basis, period, periodFeeYen: feeYen, noticeOn };
  const spared = (fate: Fate, reason: Step): Explained<PlannedOutcome> =>
    explained(
      {
        ...common,
        fate,
        paid: false,
        late: false,
        refund: { unusableDays: 0, periodDays: daysInclusive(period.from, period.to), ...NOTHING },
      },
      reason,
    );
  const first = firstEnd(endsOn, lastDay);
  if (first.by === 'contract') {
    return spared(
      'endsBefore',
      step(`契約は${formatDateJa(first.on)}に終了するため、廃止の影響を受けません。`, '第10条'),
    );
  }
  if (!isReached(terms, (day) => contentsOn(future, day).planCode)) {
    return spared('movesAway', step('廃止の日までに別の料金プランへ移るため、契約は続きます。', '第8条2項'));
  }
  const { value, steps } = refund({
    ...{ feeYen, period, lastDay, balanceYen, noticeOn, forceMajeure, endsOn },
    ...{ billedBeyond: paid, ...papers },
  });
  const late = noticeOn === null || compareDates(noticeOn, notifyBy(lastDay).value) > 0;
  return explained({ ...common, fate: 'ends', paid, late, refund: value }, basisStep(basis), ...steps);
}

/** The period of the last day with its fee, and whether that was billed beyond the day: as invoiced, else as the price list has it. */
function paidPeriod(
  terms: DiscontinuationTerms,
  { future, invoiced }: PlannedContract,
): Pick<RefundInput, 'feeYen' | 'leftYen' | 'taxRounding'> & { period: Period; paid: boolean } {
  const { index, kind, ...days } = periodOn(future.line, terms.lastDay);
  if (invoiced !== null) {
    const { from, to, feeYen, leftYen, taxRounding } = invoiced;
    return { period: { index, from, to }, feeYen, leftYen, taxRounding, paid: feeYen > 0 };
  }
  const period: Period = { index, ...days };
  const feeYen = feePaidThrough(future, { ...period, kind }, laterOf(terms.lastDay, period.from));
  return { period, feeYen, paid: billedBeyond(period, terms) };
}

function basisStep(basis: RefundBasis): Step {
  return basis === 'papers'
    ? step('利用料金は、廃止のお知らせの前に請求した額によります。', '第16条')
    : step(
        'この期間は本システムで請求していないため、請求書ではなく料金表から計算しています。請求した額と合うか確かめてください。',
        '第16条',
      );
}

/** Whether the period of the last day was billed whole: it was certain before the announcement, or it is the first (第5条3項). */
function billedBeyond(period: Period, { announcedOn, cutoff }: DiscontinuationTerms): boolean {
  if (period.index === 1) return true;
  const { certainFrom } = renewalCutoff(addDays(period.from, -1), cutoff).value;
  return compareDates(certainFrom, announcedOn) <= 0;
}

/** How a campaign would reach customers: when it begins (ms), how many a minute, and what counts (policy `notice.counts`). */
export interface ReachForecast {
  startMs: number;
  perMinute: number;
  counts: NoticeCounts;
}

/**
 * The day on which the notice reaches the customer in a place of the queue (from 0), if all goes well; null where mail
 * alone counts and earlier mail to the address came back.
 */
export function forecastNotice(
  forecast: ReachForecast,
  place: number,
  unreachable: boolean,
): CivilDate | null {
  const { startMs, perMinute, counts } = forecast;
  if (counts !== 'mail') return jstDate(startMs);
  return unreachable ? null : jstDate(startMs + Math.floor((place / perMinute) * 60_000));
}

/** Sums over the contracts of a plan; amounts in yen. */
export interface PlanTotals {
  contracts: number;
  ending: number;
  /** Of those that end: worked out from the price list, for this system did not bill the period. */
  fromPrices: number;
  endsBefore: number;
  movesAway: number;
  late: number;
  cut: number;
  refunds: number;
  feeYen: number;
  taxYen: number;
  balanceYen: number;
  refundYen: number;
}

export const NO_TOTALS: PlanTotals = {
  contracts: 0,
  ending: 0,
  fromPrices: 0,
  endsBefore: 0,
  movesAway: 0,
  late: 0,
  cut: 0,
  refunds: 0,
  feeYen: 0,
  taxYen: 0,
  balanceYen: 0,
  refundYen: 0,
};

/** The totals with one contract more. */
export function addOutcome(totals: PlanTotals, outcome: PlannedOutcome): PlanTotals {
  const { fate, basis, late, refund: money } = outcome;
  const one = (counts: boolean) => (counts ? 1 : 0);
  return {
    contracts: totals.contracts + 1,
    ending: totals.ending + one(fate === 'ends'),
    fromPrices: totals.fromPrices + one(fate === 'ends' && basis === 'prices'),
    endsBefore: totals.endsBefore + one(fate === 'endsBefore'),
    movesAway: totals.movesAway + one(fate === 'movesAway'),
    late: totals.late + one(late),
    cut: totals.cut + one(money.unusableDays > 0),
    refunds: totals.refunds + one(money.totalYen > 0),
    feeYen: totals.feeYen + money.feeYen,
    taxYen: totals.taxYen + money.taxYen,
    balanceYen: totals.balanceYen + money.balanceYen,
    refundYen: totals.refundYen + money.totalYen,
  };
}
