import { and, asc, eq, gt, lt } from 'drizzle-orm';
import { type CivilDate, compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Transaction } from '../../client.ts';
import { contractFeeChanges, contracts, feeChanges } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { readFeeVersions } from '../future/read.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import { approvedFeeChanges, noticedOn } from './versions.ts';

/**
 * Records the fee changes that have reached a contract by a day: from when it pays by which version, with its audit entry
 * (第6条3項・4項). A repeat records nothing more. True when the contract moved to another version.
 */
export async function recordFeeVersions(
  tx: Transaction,
  input: { contractId: string; on: CivilDate; businessAt: Date },
): Promise<boolean> {
  const { contractId, on, businessAt } = input;
  const [contract] = await tx.select().from(contracts).where(eq(contracts.id, contractId)).for('update');
  if (contract === undefined) throw new Error(`contract ${contractId} does not exist`);
  const changes = await approvedFeeChanges(tx, contract.catalogueVersion);
  if (changes.length === 0) return false;
  const versions = (await readFeeVersions(tx, { contractId, today: on })).value;
  let before = contract.catalogueVersion;
  for (const { id, version } of changes) {
    const from = versions.find((each) => each.version === version)?.from ?? null;
    const noticed = await noticedOn(tx, id, contractId);
    if (from === null || noticed === null || compareDates(on, from) < 0) continue;
    await tx
      .insert(contractFeeChanges)
      .values({ contractId, feeChangeId: id, versionBefore: before, version, from, noticedOn: noticed });
    await recordAudit(tx, {
      actor: 'system',
      action: 'contract.feesChanged',
      subjectType: 'contract',
      subjectId: contractId,
      before: { catalogueVersion: before },
      after: { catalogueVersion: version, from, noticedOn: noticed, feeChangeId: id },
      businessAt,
    });
    before = version;
  }
  if (before === contract.catalogueVersion) return false;
  await tx
    .update(contracts)
    .set({ catalogueVersion: before, updatedAt: new Date() })
    .where(eq(contracts.id, contractId));
  return true;
}

/**
 * Moves one page of the live contracts that pay by an older version than a fee change brings, as far as it has reached
 * them. `waiting` counts those that it has not; `nextCursor` is null after the last page.
 */
export async function moveContracts(
  db: Database,
  input: { feeChangeId: string; cursor: string | null; limit: number; businessAt: Date },
): Promise<{ moved: number; waiting: number; nextCursor: string | null }> {
  const { feeChangeId, cursor, limit, businessAt } = input;
  const [change] = await db.select().from(feeChanges).where(eq(feeChanges.id, feeChangeId));
  if (change === undefined) throw new Error(`fee change ${feeChangeId} does not exist`);
  const rows = await db
    .select({ id: contracts.id, clockOffsetMs: contracts.clockOffsetMs })
    .from(contracts)
    .where(
      and(
        LIVE,
        lt(contracts.catalogueVersion, change.catalogueVersion),
        cursor === null ? undefined : gt(contracts.id, cursor),
      ),
    )
    .orderBy(asc(contracts.id))
    .limit(limit);
  let moved = 0;
  for (const { id, clockOffsetMs } of rows) {
    const on = jstDate(businessAt.getTime() + clockOffsetMs);
    const did = await db.transaction((tx) => recordFeeVersions(tx, { contractId: id, on, businessAt }));
    if (did) moved += 1;
  }
  const nextCursor = rows.length < limit ? null : (rows.at(-1)?.id ?? null);
  return { moved, waiting: rows.length - moved, nextCursor };
}
