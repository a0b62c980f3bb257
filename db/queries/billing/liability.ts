import { type Explained, explained, step } from '../../../domain/base/explain.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { type AccruedFee, accruedFees } from '../../../domain/liability/accrued-fees.ts';
import { type LiabilityCap, liabilityCap } from '../../../domain/liability/liability.ts';
import type { Executor } from '../../client.ts';
import { readContractFuture } from '../future/read.ts';
import { standingPapers } from './standing.ts';

export interface ContractLiability extends LiabilityCap {
  fees: AccruedFee[];
}

/** The limit of liability to a contract's customer for an incident on a day, from its issued papers (第23条3項). */
export async function readLiabilityCap(
  db: Executor,
  { contractId, incidentOn, today }: { contractId: string; incidentOn: CivilDate; today: CivilDate },
): Promise<Explained<ContractLiability>> {
  const [{ standing, withoutDocument }, { future }] = await Promise.all([
    standingPapers(db, contractId),
    readContractFuture(db, { contractId, today }),
  ]);
  const billed = standing.filter(({ document: { of } }) => of === null);
  const lines = [...billed.flatMap(({ document }) => document.lines), ...withoutDocument];
  const fees = accruedFees(lines, future, incidentOn);
  const { value, steps } = liabilityCap(fees, incidentOn);
  const unbilled = fees.filter(({ basis }) => basis === 'prices').length;
  return explained(
    { ...value, fees },
    ...(unbilled === 0
      ? []
      : [
          step(
            `${unbilled}件の利用料金は、本システムで請求していない期間のため、料金表から計算しています。`,
            '第23条3項',
          ),
        ]),
    ...steps,
  );
}
