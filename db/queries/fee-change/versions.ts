import { and, asc, gt, inArray } from 'drizzle-orm';
import {
  type FeeChangeEvidence,
  type InvoicedPeriod,
  invoicedByNotice,
} from '../../../domain/billing/fee-versions.ts';
import { type CivilDate, earlierOf } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { contractFeeChanges, feeChanges } from '../../schema/index.ts';
import { invoicedPeriodsOf } from '../billing/invoiced-periods.ts';
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

/** An approved fee change, as it is in its row. */
export type ApprovedFeeChange = Awaited<ReturnType<typeof approvedFeeChanges>>[number];

/** Those of the approved fee changes that could reach a contract, with the evidence of their notices and of its invoices (第6条4項). */
export async function feeEvidence(
  db: Executor,
  approved: readonly ApprovedFeeChange[],
  contract: { id: string; catalogueVersion: number },
  invoiced: readonly InvoicedPeriod[],
): Promise<FeeChangeEvidence[]> {
  return Promise.all(
    approved
      .filter(({ version }) => version > contract.catalogueVersion)
      .map(async ({ id, version, effectiveOn }) => {
        const noticed = await noticedOn(db, id, contract.id);
        const invoicedFrom = invoicedByNotice(invoiced, noticed);
        return { version, effectiveOn, noticedOn: noticed, invoicedFrom };
      }),
  );
}

/** The invoiced periods of contracts that decide from when on fee changes are paid; nothing is read where there are none. */
export async function invoicedForFeeChanges(
  db: Executor,
  approved: readonly Pick<ApprovedFeeChange, 'effectiveOn'>[],
  contractIds: readonly string[] | 'all',
): Promise<ReadonlyMap<string, InvoicedPeriod[]>> {
  const [first, ...more] = approved.map(({ effectiveOn }) => effectiveOn);
  if (first === undefined) return new Map();
  return invoicedPeriodsOf(db, { contractIds, since: more.reduce(earlierOf, first) });
}

/** The fee changes that have reached contracts and are on record: what is there stays, whatever becomes known later. */
export async function recordedFeeChanges(db: Executor, contractIds: readonly string[]) {
  return db
    .select()
    .from(contractFeeChanges)
    .where(inArray(contractFeeChanges.contractId, [...contractIds]))
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
