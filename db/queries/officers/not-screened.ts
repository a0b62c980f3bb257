import { and, eq, gte, lt, notExists, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, officerChanges, rescreenings } from '../../schema/index.ts';
import { LIVE } from '../rescreening/live-contracts.ts';

/** Live contracts whose officers changed before `before` and that were not screened since: Temporal was away then. */
export async function changesNotScreened(
  db: Executor,
  before: Date,
): Promise<{ contractId: string; startedBy: string }[]> {
  return db
    .select({ contractId: officerChanges.contractId, startedBy: officerChanges.enteredBy })
    .from(officerChanges)
    .innerJoin(contracts, eq(contracts.id, officerChanges.contractId))
    .where(
      and(
        LIVE,
        lt(officerChanges.createdAt, before),
        notExists(
          db
            .select({ one: sql`1` })
            .from(rescreenings)
            .where(
              and(
                eq(rescreenings.contractId, officerChanges.contractId),
                gte(rescreenings.createdAt, officerChanges.createdAt),
              ),
            ),
        ),
      ),
    );
}
