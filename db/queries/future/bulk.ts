import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { FeeChangeEvidence } from '../../../domain/billing/fee-versions.ts';
import type { Executor } from '../../client.ts';
import { contracts, requests } from '../../schema/index.ts';
import { approvedFeeChanges } from '../fee-change/versions.ts';
import { findNoticeByCause } from '../notice/find.ts';
import { noticeReach } from '../notice/reach.ts';
import type { SequenceRow } from './assemble.ts';

/** Of many contracts those with changes yet to come: all their requests that the sequence is judged by. */
export async function sequenceRows(
  db: Executor,
  scope: SQL | undefined,
): Promise<ReadonlyMap<string, SequenceRow[]>> {
  const pending = db
    .select({ id: requests.contractId })
    .from(requests)
    .innerJoin(contracts, eq(contracts.id, requests.contractId))
    .where(and(scope, eq(requests.kind, 'change'), eq(requests.outcome, 'accepted')));
  const rows = await db
    .select()
    .from(requests)
    .where(and(inArray(requests.contractId, pending), inArray(requests.outcome, ['accepted', 'done'])));
  const found = new Map<string, SequenceRow[]>();
  for (const row of rows) found.set(row.contractId, [...(found.get(row.contractId) ?? []), row]);
  return found;
}

/** What is known of the approved fee changes for any contract: its evidence, by contract and the version that it pays by. */
export type FeeEvidenceOf = (contract: { id: string; catalogueVersion: number }) => FeeChangeEvidence[];

/** The evidence of all approved fee changes, read once for many contracts (第6条4項). */
export async function feeEvidenceForAll(db: Executor): Promise<FeeEvidenceOf> {
  const changes = await Promise.all(
    (await approvedFeeChanges(db, 0)).map(async ({ id, version, effectiveOn }) => {
      const notice = await findNoticeByCause(db, { type: 'feeChange', id });
      const rows = notice === null ? [] : await noticeReach(db, notice.id);
      const reachedOn = new Map(rows.map(({ contractId, reach }) => [contractId, reach?.on ?? null]));
      return { version, effectiveOn: effectiveOn, reachedOn };
    }),
  );
  return ({ id, catalogueVersion }) =>
    changes
      .filter(({ version }) => version > catalogueVersion)
      .map(({ reachedOn, ...change }) => ({ ...change, noticedOn: reachedOn.get(id) ?? null }));
}
