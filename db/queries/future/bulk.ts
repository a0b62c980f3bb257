import { and, eq, gte, inArray, or, type SQL } from 'drizzle-orm';
import { type FeeChangeEvidence, invoicedByNotice } from '../../../domain/billing/fee-versions.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { contracts, requests } from '../../schema/index.ts';
import { approvedFeeChanges, invoicedForFeeChanges } from '../fee-change/versions.ts';
import { findNoticeByCause } from '../notice/find.ts';
import { noticeReach } from '../notice/reach.ts';
import type { SequenceRow } from './assemble.ts';

/**
 * Of many contracts those with changes yet to come, or with one that took effect since a day: all their requests that the sequence
 * is judged by.
 */
export async function sequenceRows(
  db: Executor,
  scope: SQL | undefined,
  doneSince: CivilDate | null = null,
): Promise<ReadonlyMap<string, SequenceRow[]>> {
  const pending = db
    .select({ id: requests.contractId })
    .from(requests)
    .innerJoin(contracts, eq(contracts.id, requests.contractId))
    .where(
      and(
        scope,
        or(
          and(eq(requests.kind, 'change'), eq(requests.outcome, 'accepted')),
          doneSince === null
            ? undefined
            : and(
                inArray(requests.kind, ['change', 'termination']),
                eq(requests.outcome, 'done'),
                gte(requests.computedOn, doneSince),
              ),
        ),
      ),
    );
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
  const approved = await approvedFeeChanges(db, 0);
  const invoiced = await invoicedForFeeChanges(db, approved, 'all');
  const changes = await Promise.all(
    approved.map(async ({ id, version, effectiveOn }) => {
      const notice = await findNoticeByCause(db, { type: 'feeChange', id });
      const rows = notice === null ? [] : await noticeReach(db, notice.id);
      const reachedOn = new Map(rows.map(({ contractId, reach }) => [contractId, reach?.on ?? null]));
      return { version, effectiveOn: effectiveOn, reachedOn };
    }),
  );
  return ({ id, catalogueVersion }) =>
    changes
      .filter(({ version }) => version > catalogueVersion)
      .map(({ reachedOn, ...change }) => {
        const noticedOn = reachedOn.get(id) ?? null;
        return { ...change, noticedOn, invoicedFrom: invoicedByNotice(invoiced.get(id) ?? [], noticedOn) };
      });
}
