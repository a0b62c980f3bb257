import { InvalidValueError } from '../../domain/base/invalid-value.ts';
import { formatYen } from '../../domain/base/money.ts';
import { type PricedItem, periodFee } from '../../domain/billing/fees.ts';
import type { Contents } from '../../domain/future/contents.ts';
import { type PriceList, pricedItems } from '../../domain/future/prices.ts';

/** What one period costs, without tax, and of what it is made up (第6条1項). */
export function PeriodPrice({ kind, items }: { kind: Contents['kind']; items: readonly PricedItem[] }) {
  return (
    <>
      <b>
        {kind === 'annual' ? '年額' : '月額'} {formatYen(periodFee(items).value)}（税抜）
      </b>
      {items.map(({ name, unitYen, quantity }) => (
        <small class="under">
          {name}：{formatYen(unitYen)} × {quantity}
        </small>
      ))}
    </>
  );
}

/** What was chosen at the prices of a list; null where the list lacks something of it, as a faulty application may. */
export function itemsChosen(list: PriceList, contents: Contents): PricedItem[] | null {
  try {
    const items = pricedItems(list, contents);
    periodFee(items);
    return items;
  } catch (error) {
    if (error instanceof InvalidValueError) return null;
    throw error;
  }
}
