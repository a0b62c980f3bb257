import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { type Explained, explained } from '../../../domain/base/explain.ts';
import { type FeeVersion, feeVersionOn, feeVersions } from '../../../domain/billing/fee-versions.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { PeriodBasis } from '../../../domain/period/contract-schedule.ts';
import { recordedBasis } from '../../../domain/period/recorded-basis.ts';
import type { Executor } from '../../client.ts';
import { contractFeeChanges, feeChanges } from '../../schema/index.ts';
import { type ContractRow, contractPeriodRows } from '../contract/find.ts';
import { findNoticeByCause } from '../notice/find.ts';
import { noticeReach } from '../notice/reach.ts';

type FeeContract = Pick<ContractRow, 'id' | 'kind' | 'firstDay' | 'catalogueVersion'>;

/** Fee changes that two people have approved and that are newer than a version, the oldest first. */
export async function approvedFeeChanges(db: Executor, newerThan: number) {
  return db
    .select({ id: feeChanges.id, version: feeChanges.catalogueVersion, effectiveOn: feeChanges.effectiveOn })
    .from(feeChanges)
    .where(
      and(inArray(feeChanges.status, ['approved', 'effective']), gt(feeChanges.catalogueVersion, newerThan)),
    )
    .orderBy(asc(feeChanges.catalogueVersion));
}

/**
 * By which versions of the price list a contract pays, and from when (第6条3項・4項). Fees, what-if, certificates and the
 * record of a move all ask this one function. What is on record stays, whatever becomes known of the notice later.
 */
export async function readFeeVersions(db: Executor, contract: FeeContract): Promise<Explained<FeeVersion[]>> {
  const [changes, recorded] = await Promise.all([
    approvedFeeChanges(db, contract.catalogueVersion),
    db
      .select()
      .from(contractFeeChanges)
      .where(eq(contractFeeChanges.contractId, contract.id))
      .orderBy(asc(contractFeeChanges.version)),
  ]);
  const sold = {
    version: recorded[0]?.versionBefore ?? contract.catalogueVersion,
    recorded: recorded.map(({ version, from }) => ({ version, from: from as CivilDate })),
  };
  if (changes.length === 0) return explained([{ version: sold.version, from: null }, ...sold.recorded]);
  const evidence = await Promise.all(
    changes.map(async ({ id, version, effectiveOn }) => ({
      version,
      effectiveOn: effectiveOn as CivilDate,
      noticedOn: await noticedOn(db, id, contract.id),
    })),
  );
  return feeVersions(await basisOf(db, contract), sold, evidence);
}

/** The version of the price list by which a contract pays on a day; of a period, its first day. */
export async function catalogueVersionOn(
  db: Executor,
  contract: FeeContract,
  day: CivilDate,
): Promise<number> {
  return feeVersionOn((await readFeeVersions(db, contract)).value, day);
}

/** The day on which the notice of a fee change reached the customer of a contract; null while it has not. */
export async function noticedOn(
  db: Executor,
  feeChangeId: string,
  contractId: string,
): Promise<CivilDate | null> {
  const notice = await findNoticeByCause(db, { type: 'feeChange', id: feeChangeId });
  if (notice === null) return null;
  const [row] = await noticeReach(db, notice.id, { contractId });
  return row?.reach?.on ?? null;
}

async function basisOf(db: Executor, contract: FeeContract): Promise<PeriodBasis> {
  const rows = await contractPeriodRows(db, contract.id);
  return recordedBasis(
    { kind: contract.kind, firstDay: contract.firstDay as CivilDate },
    rows.map(({ index, from, to }) => ({ index, from: from as CivilDate, to: to as CivilDate })),
  );
}
