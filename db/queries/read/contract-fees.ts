import type { CivilDate } from '../../../domain/civil-date.ts';
import { periodFee } from '../../../domain/fees.ts';
import type { PendingChange } from '../../../domain/what-if.ts';
import type { Executor } from '../../client.ts';
import type { requests } from '../../schema/index.ts';
import { type Contracted, pricedItems } from '../catalogue/price.ts';
import { withChange } from '../contract/apply-change.ts';

type RequestRow = typeof requests.$inferSelect;

/** The fee of a whole period now and from each accepted change on, yen without tax (第6条1項). */
export async function readContractFees(
  db: Executor,
  contract: Contracted,
  changes: readonly RequestRow[],
): Promise<{ feePerPeriodYen: number; pendingChanges: PendingChange[] }> {
  const feeOf = async (contracted: Contracted) => periodFee((await pricedItems(db, contracted)).items).value;
  const pendingChanges: PendingChange[] = [];
  let contracted = contract;
  for (const { requested, computedOn } of changes) {
    if (computedOn === null) continue;
    // The kind stays: fees of years and of months are not compared within one question.
    contracted = { ...withChange(contracted, requested ?? {}), kind: contract.kind };
    pendingChanges.push({
      effectiveOn: computedOn as CivilDate,
      feePerPeriodYen: await feeOf(contracted),
    });
  }
  return { feePerPeriodYen: await feeOf(contract), pendingChanges };
}
