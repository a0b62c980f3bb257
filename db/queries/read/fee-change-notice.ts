import { lt, max } from 'drizzle-orm';
import type { FeeNotice } from '../../../templates/notice/fee-change.ts';
import type { Executor } from '../../client.ts';
import { plans } from '../../schema/index.ts';
import { type CatalogueFile, parseCatalogue } from '../catalogue/import.ts';
import type { FeeChange } from '../fee-change/enter.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';

/** The price list that a fee change replaces: the last version before its own that has plans. */
export async function readCatalogueBefore(db: Executor, change: FeeChange): Promise<Catalogue> {
  const [before] = await db
    .select({ version: max(plans.catalogueVersion) })
    .from(plans)
    .where(lt(plans.catalogueVersion, change.catalogueVersion));
  const version = before?.version ?? null;
  return version === null ? { version: 0, plans: [], options: [] } : readCatalogue(db, version);
}

export interface PriceChange {
  name: string;
  before: { annualFeeYen: number; monthlyFeeYen: number } | null;
  after: { annualFeeYen: number; monthlyFeeYen: number };
}

/** What is new in a price list or has another price, extra licences included. */
export function priceChanges(before: Catalogue, after: CatalogueFile): PriceChange[] {
  type Plan = CatalogueFile['plans'][number];
  const licences = (plan: Plan) => ({
    annualFeeYen: plan.extraLicenceAnnualYen,
    monthlyFeeYen: plan.extraLicenceMonthlyYen,
  });
  const pairs = [
    ...after.plans.flatMap((plan): PriceChange[] => {
      const old = before.plans.find(({ code }) => code === plan.code) ?? null;
      const extra = { before: old === null ? null : licences(old), after: licences(plan) };
      const { name } = plan;
      return [
        { name, before: old, after: plan },
        { name: `${name}の追加ユーザーライセンス`, ...extra },
      ];
    }),
    ...after.options.map((option) => ({
      name: option.name,
      before: before.options.find(({ code }) => code === option.code) ?? null,
      after: option,
    })),
  ];
  return pairs.filter(
    ({ before: old, after: next }) =>
      old?.annualFeeYen !== next.annualFeeYen || old.monthlyFeeYen !== next.monthlyFeeYen,
  );
}

/** What the notice of a fee change states for everyone. */
export async function readFeeNotice(db: Executor, change: FeeChange): Promise<FeeNotice> {
  const before = await readCatalogueBefore(db, change);
  const prices = priceChanges(before, parseCatalogue(change.catalogue));
  return { effectiveOn: change.effectiveOn, reason: change.reason, prices };
}
