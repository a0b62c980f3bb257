import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { isLive } from '../../../domain/period/contract.ts';
import type { Database } from '../../client.ts';
import { contracts, deletions, personalKeys } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { eraseOwnRows } from './erase.ts';
import { deletionSubject } from './subject.ts';

/** A deletion that was repeated. */
export interface RepeatedDeletion {
  contractId: string;
  /** The contract still goes on in these rows: somebody has to end it once more. */
  running: boolean;
}

/**
 * Repeats deletions that were proven after a backup was made (第22条6項): the key is destroyed, and the rows are there again. They go
 * by the data map, and the deletion of a contract that has ended counts as done, whose workflow then ends by itself. A second run
 * finds nothing but running contracts. Applications that became no contract are left to the daily sweep, which finds their dues.
 */
export async function repeatDeletions(db: Database): Promise<RepeatedDeletion[]> {
  const found = await db
    .select({
      contractId: contracts.id,
      customerId: contracts.customerId,
      endsOn: contracts.endsOn,
      status: contracts.status,
      sandbox: contracts.sandbox,
      destroyedAt: personalKeys.destroyedAt,
    })
    .from(contracts)
    .innerJoin(personalKeys, eq(personalKeys.ownerId, contracts.applicationId))
    .leftJoin(deletions, eq(deletions.contractId, contracts.id))
    .where(and(isNotNull(personalKeys.destroyedAt), sql`${deletions.status} is distinct from 'done'`));
  const repeated: RepeatedDeletion[] = [];
  for (const row of found) {
    await repeatOne(db, row);
    repeated.push({ contractId: row.contractId, running: isLive(row.status) });
  }
  return repeated;
}

type Found = Pick<typeof contracts.$inferSelect, 'customerId' | 'endsOn' | 'status' | 'sandbox'> & {
  contractId: string;
  destroyedAt: Date | null;
};

async function repeatOne(db: Database, row: Found): Promise<void> {
  const { contractId, customerId, endsOn, status, sandbox, destroyedAt } = row;
  await db.transaction(async (tx) => {
    const subject = await deletionSubject(tx, contractId);
    if (subject === null) return;
    const [customer] = await tx
      .select({ ownerId: personalKeys.ownerId })
      .from(personalKeys)
      .where(and(eq(personalKeys.ownerId, customerId), isNotNull(personalKeys.destroyedAt)));
    // Another contract of the customer may have been concluded since.
    await eraseOwnRows(tx, { ...subject, customerId: customer === undefined ? null : subject.customerId });
    if (isLive(status) || endsOn === null || destroyedAt === null) return;
    const done = { status: 'done' as const, begunAt: destroyedAt, doneAt: destroyedAt, leftovers: [] };
    const [before] = await tx.select().from(deletions).where(eq(deletions.contractId, contractId));
    await tx
      .insert(deletions)
      .values({ contractId, endedOn: endsOn, dueOn: endsOn, sandbox, ...done })
      .onConflictDoUpdate({ target: deletions.contractId, set: done });
    await recordAudit(tx, {
      actor: 'system',
      action: 'deletion.done',
      subjectType: 'contract',
      subjectId: contractId,
      before: { status: before?.status ?? null },
      after: { status: 'done', repeatedAfterRestore: true },
      businessAt: destroyedAt,
    });
  });
}
