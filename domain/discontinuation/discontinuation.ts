import { type Explained, explained, type Step, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import {
  formatYen,
  requireYen,
  shareOfYen,
  TAX_PERCENT,
  TAX_ROUNDING_WORDS,
  type TaxRounding,
  taxOn,
  yenOf,
} from '../base/money.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  compareDates,
  daysInclusive,
  earlierOf,
  formatDateJa,
  laterOf,
} from '../calendar/civil-date.ts';
import type { Period } from '../period/periods.ts';

const CLAUSE = '第16条';

/** The last day on which the notice must have reached the customer when `lastDay` is the service's last day (第16条). */
export function notifyBy(lastDay: CivilDate): Explained<CivilDate> {
  const discontinuedOn = addDays(lastDay, 1);
  const date = addDays(addMonths(discontinuedOn, -6), -1);
  return explained(
    date,
    step(
      `廃止日は、サービス最終日${formatDateJa(lastDay)}の翌日の${formatDateJa(discontinuedOn)}です。`,
      CLAUSE,
    ),
    step(`その6か月以上前となるよう、${formatDateJa(date)}までに通知の到達が必要です。`, CLAUSE),
  );
}

export type RefundInput = {
  /** Fee paid for the period, in yen without tax. */
  feeYen: number;
  period: Pick<Period, 'from' | 'to'>;
  /** Last day of service. */
  lastDay: CivilDate;
  balanceYen: number;
  /** The day on which the notice reached the customer; null when none did. */
  noticeOn: CivilDate | null;
  forceMajeure: boolean;
  /** The contract's own last day, where it ends within the period: days after it were never to be used (第10条1項). */
  endsOn?: CivilDate | null;
  /** False where the period was billed to the last day of service only. */
  billedBeyond?: boolean;
  /** What can still go back of the invoices of the period, yen without tax; whatever comes out unless given. */
  leftYen?: number;
  /** Of the paper that it goes back with. */
  taxRounding?: TaxRounding;
};

/** Amounts in yen; `feeYen` without tax. */
export type Refund = {
  unusableDays: number;
  periodDays: number;
  feeYen: number;
  taxYen: number;
  balanceYen: number;
  totalYen: number;
};

/**
 * What a contract gets back when the service is discontinued (第16条): the fee of the days of the paid period after the last day,
 * below a yen cut off, the tax on that, and the whole prepaid balance; nothing when notified in time or by force majeure.
 */
export function refund(input: RefundInput): Explained<Refund> {
  const { feeYen, period, lastDay, balanceYen, noticeOn, forceMajeure, endsOn = null } = input;
  requireYen(feeYen, '利用料金');
  requireYen(balanceYen, 'プリペイドチャージ残高');
  const periodDays = daysInclusive(period.from, period.to);
  if (periodDays === 0) throw new InvalidValueError('契約期間の初日が最終日より後になっています。');
  const usableTo = endsOn === null ? period.to : earlierOf(endsOn, period.to);
  const missedDays = daysInclusive(laterOf(period.from, addDays(lastDay, 1)), usableTo);
  const unusableDays = input.billedBeyond === false ? 0 : missedDays;
  const deadline = notifyBy(lastDay);
  const nothing = (reason: Step): Explained<Refund> =>
    explained(
      { unusableDays, periodDays, feeYen: 0, taxYen: 0, balanceYen: 0, totalYen: 0 },
      ...deadline.steps,
      reason,
    );
  if (forceMajeure) return nothing(step('不可抗力による廃止のため、返金はありません。', CLAUSE));
  if (noticeOn !== null && compareDates(noticeOn, deadline.value) <= 0) {
    return nothing(step(`通知は期限内の${formatDateJa(noticeOn)}に到達したため、返金はありません。`, CLAUSE));
  }
  const share = shareOfYen(feeYen, unusableDays, periodDays);
  const fee = Math.min(share, input.leftYen ?? share);
  const rounding = input.taxRounding ?? 'floor';
  const tax = taxOn(fee, TAX_PERCENT, rounding);
  const total = yenOf(BigInt(fee) + BigInt(tax) + BigInt(balanceYen));
  return explained(
    { unusableDays, periodDays, feeYen: fee, taxYen: tax, balanceYen, totalYen: total },
    ...deadline.steps,
    step(
      noticeOn === null
        ? '期限までに通知が到達していないため、返金の対象です。'
        : `通知の到達は期限後の${formatDateJa(noticeOn)}のため、返金の対象です。`,
      CLAUSE,
    ),
    ...shortened(input, usableTo),
    step(
      `契約期間${formatDateJa(period.from)}から${formatDateJa(period.to)}までの${periodDays}日のうち、利用できない日は${unusableDays}日です。`,
      CLAUSE,
    ),
    step(
      `利用料金の返金額：${formatYen(feeYen)} × ${unusableDays}日 ÷ ${periodDays}日 ＝ ${formatYen(share)}（1円未満切り捨て）`,
      CLAUSE,
    ),
    ...(fee < share
      ? [step(`請求した額からすでに返した額を除いた残りは${formatYen(fee)}です。`, CLAUSE)]
      : []),
    step(
      `消費税：${formatYen(fee)} × ${TAX_PERCENT}% ＝ ${formatYen(tax)}（1円未満${TAX_ROUNDING_WORDS[rounding]}）`,
    ),
    step(`プリペイドチャージ残高：${formatYen(balanceYen)}の全額`, CLAUSE),
    step(
      `返金額の合計：${formatYen(fee)} ＋ ${formatYen(tax)} ＋ ${formatYen(balanceYen)} ＝ ${formatYen(total)}`,
    ),
  );
}

/** Why days after the last day of service do not count as unusable. */
function shortened({ period, billedBeyond }: RefundInput, usableTo: CivilDate): Step[] {
  if (billedBeyond === false) {
    const text =
      '廃止のお知らせまでに請求していない期間は、サービス最終日までに短縮され、その後の分は請求されません。';
    return [step(text, CLAUSE)];
  }
  if (usableTo === period.to) return [];
  return [
    step(`契約は${formatDateJa(usableTo)}に終了する予定のため、その翌日以後は数えません。`, '第10条1項'),
  ];
}
