import { type Explained, explained, step } from '../base/explain.ts';
import { formatYen, requireYen, TAX_PERCENT } from '../base/money.ts';
import { type CivilDate, formatDateJa } from '../calendar/civil-date.ts';
import { type BillingContract, endKnown, isAfterEnd } from './billing-contract.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { documentOf, type PlannedDocument } from './documents.ts';
import { lineOf } from './fee-lines.ts';
import { partnerOn, routeOf } from './partners.ts';

/** An order of prepaid charge, in yen without tax. `key` is its own. */
export interface TopUpOrder {
  key: string;
  on: CivilDate;
  amountYen: number;
}

/**
 * The bill of a top-up (第6条5項): its own document on the day of the order, none after the contract's end, none of 0 yen. Taxed only
 * where policy `prepaid.taxPoint` says so; the ledger is credited once it is paid.
 */
export function planTopUp(
  contract: BillingContract,
  { key, on, amountYen }: TopUpOrder,
  policy: BillingPolicy,
): Explained<PlannedDocument | null> {
  requireYen(amountYen, 'チャージの金額');
  const { end } = endKnown(contract, on);
  if (isAfterEnd(on, end)) {
    return explained(null, step(`契約の終了後（${formatDateJa(on)}）のチャージはできません。`, '第10条3項'));
  }
  if (amountYen === 0) return explained(null, step('チャージの金額が0円のため、請求書はありません。'));
  const taxed = policy.prepaidTaxPoint === 'topUp';
  const why = [
    step(
      `${formatDateJa(on)}のチャージ${formatYen(amountYen)}は${taxed ? '、チャージの時に課税されます' : '対価の前払いのため、消費税の対象外です'}。`,
      '第6条5項',
    ),
  ];
  const line = lineOf(on, {
    key: `topUp:${key}`,
    item: 'topUp',
    quantity: 1,
    unitPrice: amountYen,
    from: on,
    to: on,
    why,
  });
  const route = { ...routeOf(partnerOn(contract.payers, on)), type: 'topUp' as const };
  const taxPercent = taxed ? TAX_PERCENT : 0;
  const { document, steps } = documentOf(route, [{ ...line, taxPercent }], on, policy);
  return explained(document, ...why, ...steps);
}

/** Nobody charges more at once; a slip of the finger does. */
const MAX_TOP_UP_YEN = 10_000_000;

/** What was typed as an order, checked: a whole amount, while the contract lasts (第6条5項, 第10条3項). */
export function checkTopUpOrder(
  amountYen: number | null,
  { today, endsOn }: { today: CivilDate; endsOn: CivilDate | null },
): { amountYen: number } | { message: string } {
  if (isAfterEnd(today, endsOn)) return { message: '契約の終了後のチャージはできません（第10条3項）。' };
  if (amountYen === null || amountYen < 1 || amountYen > MAX_TOP_UP_YEN) {
    return { message: `チャージの額は、1円から${formatYen(MAX_TOP_UP_YEN)}までの整数で入力してください。` };
  }
  return { amountYen };
}
