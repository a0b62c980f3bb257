import { feeVersionOn } from '../../../domain/billing/fee-versions.ts';
import { periodFee } from '../../../domain/billing/fees.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { PendingChange } from '../../../domain/ending/what-if.ts';
import type { Executor } from '../../client.ts';
import type { requests } from '../../schema/index.ts';
import { type Contracted, pricedItems } from '../catalogue/price.ts';
import { withChange } from '../contract/apply-change.ts';
import type { ContractRow } from '../contract/find.ts';
import { readFeeVersions } from '../fee-change/versions.ts';

type RequestRow = typeof requests.$inferSelect;

/**
 * The fee of a whole period today, and from each accepted change and each fee change that is still to come, yen without
 * tax (第6条1項・3項).
 */
export async function readContractFees(
  db: Executor,
  contract: ContractRow,
  changes: readonly RequestRow[],
  today: CivilDate,
): Promise<{ feePerPeriodYen: number; pendingChanges: PendingChange[] }> {
  const feeOf = async (contracted: Contracted) => periodFee((await pricedItems(db, contracted)).items).value;
  const versions = (await readFeeVersions(db, contract)).value;
  const requested = changes.flatMap((row) => (row.computedOn === null ? [] : [row]));
  const later = versions.flatMap(({ from }) => (from === null || from <= today ? [] : [from]));
  const days = [
    ...new Set([...requested.map(({ computedOn }) => computedOn as CivilDate), ...later]),
  ].toSorted();
  const pendingChanges: PendingChange[] = [];
  for (const effectiveOn of days) {
    const changed = requested
      .filter(({ computedOn }) => computedOn !== null && computedOn <= effectiveOn)
      .reduce<Contracted>((contracted, row) => withChange(contracted, row.requested ?? {}), contract);
    const catalogueVersion = feeVersionOn(versions, effectiveOn);
    // The kind stays: fees of years and of months are not compared within one question.
    const feePerPeriodYen = await feeOf({ ...changed, catalogueVersion, kind: contract.kind });
    pendingChanges.push({ effectiveOn, feePerPeriodYen });
  }
  const now = { ...contract, catalogueVersion: feeVersionOn(versions, today) };
  return { feePerPeriodYen: await feeOf(now), pendingChanges };
}
