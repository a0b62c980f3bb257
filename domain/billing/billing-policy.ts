import type { TaxRounding } from '../base/money.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { DueHoliday } from './bank-days.ts';

/** When monthly fees are billed (policy `billing.monthlyFee`): in the month in which the period begins, or after it. */
export type MonthlyFee = 'advance' | 'arrears';

/** When prepaid charges are taxed (policy `prepaid.taxPoint`): with each use, or when they are bought. */
export type PrepaidTaxPoint = 'use' | 'topUp';

/** The settings that documents depend on. */
export interface BillingPolicy {
  /** Day of the month of the billing run (`billing.day`). */
  day: number;
  /** What begins before this day was billed elsewhere (`billing.since`). */
  since: CivilDate | null;
  /** How many months before an annual period begins its fee is billed (`billing.annualLeadMonths`). */
  annualLeadMonths: number;
  monthlyFee: MonthlyFee;
  dueHoliday: DueHoliday;
  taxRounding: TaxRounding;
  prepaidTaxPoint: PrepaidTaxPoint;
}

export const DEFAULT_BILLING_POLICY: BillingPolicy = {
  day: 10,
  since: null,
  annualLeadMonths: 1,
  monthlyFee: 'advance',
  dueHoliday: 'nextBusinessDay',
  taxRounding: 'floor',
  prepaidTaxPoint: 'use',
};

/** Bank days after the due date from which an invoice is overdue, reminded, … proposed for termination (`dunning.days`). */
export const DEFAULT_DUNNING_DAYS: readonly number[] = [1, 3, 10, 20, 30];
