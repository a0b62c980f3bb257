import { step } from '../base/explain.ts';
import { formatYen } from '../base/money.ts';
import { type CivilDate, compareDates, lastOfMonth } from '../calendar/civil-date.ts';
import type { BillingContract } from './billing-contract.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { documentOf, type PlannedDocument } from './documents.ts';
import { lineOf } from './fee-lines.ts';
import type { BillingLine } from './lines.ts';
import { partnerOn, routeOf } from './partners.ts';
import { paperTotals } from './tax-included.ts';

/** Use that was booked to the prepaid ledger in a month, by its first day; yen with tax. */
export interface BookedUse {
  month: CivilDate;
  yen: number;
}

/** What statements call prepaid use: paid from the balance, so nothing of it is owed. */
export const PREPAID_USE = 'prepaidUse';

/** Key of the use of a month that is booked to the ledger; a month may come on several statements, in parts. */
const useKey = (month: CivilDate): string => `${PREPAID_USE}:${month}`;

/**
 * The usage statements (利用明細書, 適格請求書) that a run makes (第6条5項): one for each month that was booked to the prepaid ledger and is on none
 * yet; what was booked late comes with the next run, under its own month. Its sum is what was booked, the tax within it computed once. Nothing is
 * to be paid. None where the top-up was taxed, nor for months that were billed elsewhere.
 */
export function planUsageStatements(
  contract: BillingContract,
  booked: readonly BookedUse[],
  /** Lines of statements so far, drafts among them. */
  stated: readonly Pick<BillingLine, 'key' | 'amount'>[],
  runOn: CivilDate,
  policy: BillingPolicy,
): PlannedDocument[] {
  if (policy.prepaidTaxPoint === 'topUp') return [];
  return booked
    .filter(({ month }) => policy.since === null || compareDates(month, policy.since) >= 0)
    .toSorted((a, b) => compareDates(a.month, b.month))
    .flatMap(({ month, yen }) => {
      const before = stated
        .filter(({ key }) => key === useKey(month))
        .reduce((sum, { amount }) => sum + Number(amount), 0);
      const rest = yen - before;
      return rest > 0 ? [statementOf(contract, { month, yen: rest }, runOn, policy)] : [];
    });
}

function statementOf(
  contract: BillingContract,
  { month, yen }: BookedUse,
  runOn: CivilDate,
  policy: BillingPolicy,
): PlannedDocument {
  const route = { ...routeOf(partnerOn(contract.payers, month)), type: 'usageStatement' as const };
  const text = `プリペイドチャージの残高から引いた利用額${formatYen(yen)}（税込）です。`;
  const line = lineOf(runOn, {
    ...{ key: useKey(month), item: PREPAID_USE, quantity: 1, unitPrice: yen },
    ...{ from: month, to: lastOfMonth(month), why: [step(text, '第6条5項')] },
  });
  const { document } = documentOf(route, [line], runOn, policy);
  const { netYen, taxYen, totalYen } = paperTotals([line], policy.taxRounding, true);
  return { ...document, dueOn: null, netYen, taxYen, totalYen, taxIncluded: true };
}
