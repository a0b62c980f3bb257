import { and, count, eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { contracts, type ListName, type RescreeningStatus, rescreenings } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { LIVE } from './live-contracts.ts';

/** Writes the row of a run once; how many contracts it will look at. */
export async function beginRescreening(
  db: Database,
  input: {
    rescreeningId: string;
    cause: { kind: 'list'; list: ListName; version: number } | { kind: 'contract'; contractId: string };
    startedBy: string;
  },
): Promise<{ contracts: number }> {
  const { rescreeningId: id, cause, startedBy } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ contracts: count() })
      .from(contracts)
      .where(and(LIVE, cause.kind === 'contract' ? eq(contracts.id, cause.contractId) : undefined));
    const total = row?.contracts ?? 0;
    const scope =
      cause.kind === 'list' ? { list: cause.list, version: cause.version } : { contractId: cause.contractId };
    const written = await tx
      .insert(rescreenings)
      .values({ id, ...scope, startedBy, contracts: total })
      .onConflictDoNothing()
      .returning({ id: rescreenings.id });
    if (written.length > 0) {
      await recordAudit(tx, {
        actor: startedBy,
        action: 'rescreening.started',
        ...(cause.kind === 'list'
          ? { subjectType: 'list', subjectId: cause.list }
          : { subjectType: 'contract', subjectId: cause.contractId }),
        after: { rescreeningId: id, contracts: total, ...scope },
      });
    }
    return { contracts: total };
  });
}

/** Writes how far a run is; the numbers are absolute, so a repeat changes nothing. */
export async function recordRescreening(
  db: Database,
  input: { rescreeningId: string; status: RescreeningStatus; done: number; found: number },
): Promise<void> {
  const { rescreeningId, status, done, found } = input;
  await db
    .update(rescreenings)
    .set({ status, done, found, finishedAt: status === 'running' ? null : new Date() })
    .where(eq(rescreenings.id, rescreeningId));
}
