import { compareTexts } from './price-list.ts';

/** What a new price list does to one contract: the fee of a whole period, yen without tax. */
export interface FeeEffect {
  planName: string;
  kind: 'annual' | 'monthly';
  oldFeeYen: number;
  newFeeYen: number;
  /** The contract ends before: the list never reaches it. */
  endsBefore: boolean;
}

export interface PlanEffect {
  planName: string;
  kind: 'annual' | 'monthly';
  contracts: number;
  dearer: number;
  cheaper: number;
  same: number;
  endsBefore: number;
  /** Sums of a period of each that is reached, yen without tax. */
  oldFeeYen: number;
  newFeeYen: number;
}

/** What a new price list does to contracts, by plan and kind (第6条3項). Each contract counts in one row, once. */
export function effectByPlan(effects: readonly FeeEffect[]): PlanEffect[] {
  const rows = new Map<string, PlanEffect>();
  for (const { planName, kind, oldFeeYen, newFeeYen, endsBefore } of effects) {
    const key = JSON.stringify([planName, kind]);
    const none = { contracts: 0, dearer: 0, cheaper: 0, same: 0, endsBefore: 0, oldFeeYen: 0, newFeeYen: 0 };
    const row = rows.get(key) ?? { planName, kind, ...none };
    row.contracts += 1;
    if (endsBefore) row.endsBefore += 1;
    else {
      if (newFeeYen > oldFeeYen) row.dearer += 1;
      else if (newFeeYen < oldFeeYen) row.cheaper += 1;
      else row.same += 1;
      row.oldFeeYen += oldFeeYen;
      row.newFeeYen += newFeeYen;
    }
    rows.set(key, row);
  }
  return [...rows.values()].sort(
    (a, b) => compareTexts(a.planName, b.planName) || compareTexts(a.kind, b.kind),
  );
}
