import type { PricedItem } from '../../../domain/billing/fees.ts';
import type { Contents } from '../../../domain/future/contents.ts';
import { pricedItems as itemsOf, type PlanPrice, planOf } from '../../../domain/future/prices.ts';
import type { Executor } from '../../client.ts';
import { readCatalogue } from '../read/catalogue.ts';

/** What is contracted, as it is priced. */
export interface Contracted extends Contents {
  catalogueVersion: number;
}

/** Plan, options and extra licences with their unit fees for one period, yen without tax (第6条1項). */
export async function pricedItems(
  db: Executor,
  contracted: Contracted,
): Promise<{ plan: PlanPrice; items: PricedItem[] }> {
  const list = await readCatalogue(db, contracted.catalogueVersion);
  return { plan: planOf(list, contracted.planCode), items: itemsOf(list, contracted) };
}
