import type { CivilDate } from '../../../domain/civil-date.ts';
import type { FeeNotice } from '../../../templates/notice/fee-change.ts';
import type { Executor } from '../../client.ts';
import { parseCatalogue } from '../catalogue/import.ts';
import type { FeeChange } from '../fee-change/enter.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';

/** The price list that a fee change replaces: the version before its own. */
export async function readCatalogueBefore(db: Executor, change: FeeChange): Promise<Catalogue> {
  for (let version = change.catalogueVersion - 1; version > 0; version -= 1) {
    const list = await readCatalogue(db, version);
    if (list.plans.length > 0) return list;
  }
  return { version: 0, plans: [], options: [] };
}

/** What the notice of a fee change states for everyone: what is new, and what has another price. */
export async function readFeeNotice(db: Executor, change: FeeChange): Promise<FeeNotice> {
  const before = await readCatalogueBefore(db, change);
  const after = parseCatalogue(change.catalogue);
  const pairs = [
    ...after.plans.map((plan) => ({
      after: plan,
      before: before.plans.find(({ code }) => code === plan.code),
    })),
    ...after.options.map((option) => ({
      after: option,
      before: before.options.find(({ code }) => code === option.code),
    })),
  ];
  const prices = pairs.flatMap(({ after: next, before: old }) => {
    const same = old?.annualFeeYen === next.annualFeeYen && old.monthlyFeeYen === next.monthlyFeeYen;
    return same ? [] : [{ name: next.name, before: old ?? null, after: next }];
  });
  return { effectiveOn: change.effectiveOn as CivilDate, reason: change.reason, prices };
}
