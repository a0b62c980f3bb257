import type { CivilDate } from '../calendar/civil-date.ts';

/** What a change would make of the contract, against what is contracted once the earlier pending changes took effect. */
export interface ChangeFacts {
  newKind: 'annual' | 'monthly' | null;
  fromRank: number;
  toRank: number;
  licences: number;
  accountsInUse: number;
  /** Fees of one period before and after, yen without tax. */
  oldFeeYen: number;
  newFeeYen: number;
  /** Where the change names another plan: its code. */
  newPlanCode?: string;
  /** Last day of the plan that the change leads to, where its discontinuation was announced (第16条). */
  newPlanEndsOn?: CivilDate | null;
}
