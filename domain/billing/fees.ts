import { type Explained, explained, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { formatYen, requireYen, yenOf } from '../base/money.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  compareDates,
  formatDateJa,
  formatInstantJa,
  jstDate,
  type MonthKey,
  monthOf,
} from '../calendar/civil-date.ts';
import { type CutoffPolicy, DEFAULT_CUTOFF_POLICY } from '../calendar/cutoff.ts';
import { lineOf, type PeriodLine, periodFrom } from '../future/period-line.ts';
import type { PeriodTerms } from '../period/periods.ts';
import { renewalCutoff } from '../period/renewal.ts';

/** A catalogue price for one period of the contract, in yen without tax. */
export type PricedItem = { name: string; unitYen: number; quantity: number };

/** The fee of one period (第6条1項): plan, options by quantity, extra licences. Throws InvalidValueError for broken yen or counts. */
export function periodFee(items: readonly PricedItem[]): Explained<number> {
  let total = 0n;
  const steps = items.map(({ name, unitYen, quantity }) => {
    requireYen(unitYen, `「${name}」の料金`);
    if (!Number.isSafeInteger(quantity) || quantity < 0) {
      throw new InvalidValueError(`「${name}」の数量は0以上の整数で指定してください（${quantity}）。`);
    }
    const amount = BigInt(unitYen) * BigInt(quantity);
    total += amount;
    return step(`${name}：${formatYen(unitYen)} × ${quantity} ＝ ${formatYen(yenOf(amount))}`, '第6条1項');
  });
  const feeYen = yenOf(total);
  return explained(feeYen, ...steps, step(`1期分の利用料金は${formatYen(feeYen)}（税抜）です。`, '第6条1項'));
}

/** `requestBy`: last day to ask for an end before the change; `notifyBy`: a month before, so that the customer can decide. */
export type FeeChangeDates = { requestBy: CivilDate; notifyBy: CivilDate };

/** By when a fee change that takes effect on a day must be notified for customers to be able to cancel before (第6条4項). */
export function feeChangeDates(
  effectiveOn: CivilDate,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<FeeChangeDates> {
  const lastOldDay = addDays(effectiveOn, -1);
  const requestBy = renewalCutoff(lastOldDay, policy).value.cancelBy;
  const notifyBy = addMonths(requestBy, -1);
  return explained(
    { requestBy, notifyBy },
    step(
      `料金の変更日${formatDateJa(effectiveOn)}より前に解約するには、${formatDateJa(requestBy)}までに申請の到達が必要です。`,
      '第10条1項',
    ),
    step(`検討の期間を1か月とり、${formatDateJa(notifyBy)}までにお客様へ通知します。`, '第6条4項'),
  );
}

/** Whether a notice on a day leaves customers the chance to cancel before the new fees (第6条4項). */
export function leavesChanceToCancel(
  noticeOn: CivilDate,
  effectiveOn: CivilDate,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<boolean> {
  const { value, steps } = feeChangeDates(effectiveOn, policy);
  const inTime = compareDates(noticeOn, value.notifyBy) <= 0;
  const text = inTime
    ? `通知日${formatDateJa(noticeOn)}は期限内です。`
    : `通知日${formatDateJa(noticeOn)}は期限の後です。変更日より前に解約する余裕がありません。`;
  return explained(inTime, ...steps, step(text, '第6条4項'));
}

/** The first day on which a contract pays the changed fees: the first period that begins on or after the change (第6条3項). */
export function feeChangeReaches(
  periods: PeriodTerms | PeriodLine,
  effectiveOn: CivilDate,
): Explained<CivilDate> {
  const from = periodFrom(lineOf(periods), effectiveOn);
  return explained(
    from,
    step(
      `新しい料金は、${formatDateJa(effectiveOn)}以後に始まる最初の期間の初日${formatDateJa(from)}から適用されます。`,
      '第6条3項',
    ),
  );
}

/** The month (JST) to which a call or message at an instant (ms) belongs (第6条6項). */
export function usageMonth(instantMs: number): Explained<MonthKey> {
  const month = monthOf(jstDate(instantMs));
  const [year, monthOfYear] = month.split('-');
  const text = `${formatInstantJa(instantMs)}（日本時間）の利用は、${year}年${Number(monthOfYear)}月分です。`;
  return explained(month, step(text, '第6条6項'));
}
