import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { FeeChangeEvidence } from '../../../domain/billing/fee-versions.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { contractFeeChanges, feeChanges } from '../../schema/index.ts';
import { findNoticeByCause } from '../notice/find.ts';
import { noticeReach } from '../notice/reach.ts';

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

/** Fee changes that could reach a contract, with the evidence of their notices (第6条4項). */
export async function feeEvidence(
  db: Executor,
  contract: { id: string; catalogueVersion: number },
): Promise<FeeChangeEvidence[]> {
  const changes = await approvedFeeChanges(db, contract.catalogueVersion);
  return Promise.all(
    changes.map(async ({ id, version, effectiveOn }) => ({
      version,
      effectiveOn: effectiveOn,
      noticedOn: await noticedOn(db, id, contract.id),
    })),
  );
}

/** The fee changes that have reached a contract and are on record: what is there stays, whatever becomes known later. */
export async function recordedFeeChanges(db: Executor, contractId: string) {
  return db
    .select()
    .from(contractFeeChanges)
    .where(eq(contractFeeChanges.contractId, contractId))
    .orderBy(asc(contractFeeChanges.version));
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
