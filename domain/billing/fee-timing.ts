import { type Explained, explained, step } from '../base/explain.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  compareDates,
  earlierOf,
  firstOfMonth,
  formatDateJa,
} from '../calendar/civil-date.ts';
import type { ContractKind } from '../period/periods.ts';
import type { BillingPolicy } from './billing-policy.ts';

/**
 * The first day on which a run bills the fee of a period (第6条2項). Annual: of the month that lies `annualLeadMonths` before the
 * one in which it begins, so that it is due before and the renewal is certain; monthly: of the month in which it begins, or
 * in arrears the day after its last one, of which the contract's end is one.
 */
export function feeBilledFrom(
  period: { kind: ContractKind; from: CivilDate; to: CivilDate },
  end: CivilDate | null,
  policy: BillingPolicy,
): Explained<CivilDate> {
  const { kind, from, to } = period;
  if (kind === 'annual') return annualBilledFrom(from, policy);
  if (policy.monthlyFee === 'arrears') {
    const lastDay = end === null ? to : earlierOf(end, to);
    const day = addDays(lastDay, 1);
    return explained(
      day,
      step(`月額の料金は、${formatDateJa(lastDay)}の後の請求処理で請求します。`, '第6条2項'),
    );
  }
  const day = firstOfMonth(from);
  return explained(
    day,
    step(`月額の料金は、${formatDateJa(from)}に始まる期間の初月に請求します。`, '第6条2項'),
  );
}

/** The same for annual fees, and for the difference of a change inside an annual period, which follows them (第6条2項, 第8条2項). */
export function annualBilledFrom(from: CivilDate, { annualLeadMonths }: BillingPolicy): Explained<CivilDate> {
  const day = addMonths(firstOfMonth(from), -annualLeadMonths);
  const when = annualLeadMonths === 0 ? '始まる月' : `始まる月の${annualLeadMonths}か月前`;
  return explained(
    day,
    step(`${formatDateJa(from)}からの年額の料金は、${when}以後の請求処理で請求します。`, '第6条2項'),
  );
}

/** The days of the billing runs in `[from, through]`: one a month on policy `billing.day`, but the months that were missed. */
export function runDays(
  from: CivilDate,
  through: CivilDate,
  { day }: BillingPolicy,
  missed: ReadonlySet<string>,
): CivilDate[] {
  const days: CivilDate[] = [];
  for (let month = firstOfMonth(from); compareDates(month, through) <= 0; month = addMonths(month, 1)) {
    const run = addDays(month, day - 1);
    const inside = compareDates(from, run) <= 0 && compareDates(run, through) <= 0;
    if (inside && !missed.has(month.slice(0, 7))) days.push(run);
  }
  return days;
}
