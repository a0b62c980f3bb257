import { and, eq, isNull, sql } from 'drizzle-orm';
import type { DueKind } from '../../../domain/data/deletion.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { destroyKey } from '../../personal/destroy-key.ts';
import { evidenceOwner } from '../../personal/owner.ts';
import {
  certificates,
  deletionObjects,
  deletions,
  documentCorrections,
  documents,
  retentionDues,
} from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { stoppingHolds } from '../deletion/open.ts';
import { applicationSubject, deletionSubject, ownRows } from '../deletion/subject.ts';
import { MAPPED_TABLES } from '../deletion/tables.ts';
import { eraseApplication } from './application.ts';

type Due = typeof retentionDues.$inferSelect;

export interface NextDue {
  dueId: string;
  kind: DueKind;
  subjectId: string;
}

/**
 * What is due by now and not held, oldest first: live contracts by the day in Japan, sandbox contracts by their own test
 * clocks. One range of an index, however many contracts have ended.
 */
export async function nextDues(db: Executor, input: { now: Date; limit: number }): Promise<NextDue[]> {
  const { now, limit } = input;
  const today = (offset: ReturnType<typeof sql>) =>
    sql`((${now.toISOString()}::timestamptz + ${offset}) at time zone 'Asia/Tokyo')::date`;
  const held = sql`exists (select 1 from legal_holds h where h.contract_id = d.contract_id
    and h.status in ('proposed', 'active', 'liftProposed'))`;
  const rows = await db.execute<{ id: string; kind: DueKind; subject_id: string }>(sql`
    (select d.id, d.due_on, d.kind, d.subject_id from retention_dues d
      where d.fired_at is null and not d.sandbox and d.due_on <= ${today(sql`interval '0'`)} and not ${held}
      order by d.due_on, d.id limit ${limit})
    union all
    (select d.id, d.due_on, d.kind, d.subject_id from retention_dues d left join contracts c on c.id = d.contract_id
      where d.fired_at is null and d.sandbox
        and d.due_on <= ${today(sql`coalesce(c.clock_offset_ms, 0) * interval '1 millisecond'`)} and not ${held}
      order by d.due_on, d.id limit ${limit})
    order by 2, 1 limit ${limit}`);
  return rows.map(({ id: dueId, kind, subject_id: subjectId }) => ({ dueId, kind, subjectId }));
}

/** Carries out one due, once. False when it was done or is held. */
export async function fireDue(db: Database, input: { dueId: string; now: Date }): Promise<boolean> {
  const { dueId, now } = input;
  return db.transaction(async (tx) => {
    const [due] = await tx
      .select()
      .from(retentionDues)
      .where(and(eq(retentionDues.id, dueId), isNull(retentionDues.firedAt)))
      .for('update', { skipLocked: true });
    if (due === undefined) return false;
    const { contractId } = due;
    if (contractId !== null && (await stoppingHolds(tx, contractId)).length > 0) return false;
    const removed = await carryOut(tx, due);
    await tx.update(retentionDues).set({ firedAt: now }).where(eq(retentionDues.id, dueId));
    await recordAudit(tx, {
      actor: 'system',
      action: ACTIONS[due.kind],
      subjectType: contractId === null ? 'application' : 'contract',
      subjectId: contractId ?? due.subjectId,
      after: { dueOn: due.dueOn, subjectId: due.subjectId, removed },
    });
    return true;
  });
}

const ACTIONS = {
  document: 'due.document',
  screening: 'due.screening',
  secrecy: 'due.secrecy',
  application: 'due.application',
} as const satisfies Record<DueKind, AuditAction>;

async function carryOut(tx: Transaction, due: Due): Promise<Record<string, number>> {
  switch (due.kind) {
    case 'document':
      return removeDocument(tx, due);
    case 'screening':
      return removeEvidence(tx, due);
    case 'application':
      return eraseApplication(tx, due.subjectId);
    case 'secrecy':
      return {};
  }
}

/** The law no longer asks for a document: row, corrections, certificate and file go. */
async function removeDocument(tx: Transaction, due: Due): Promise<Record<string, number>> {
  const [document] = await tx.select().from(documents).where(eq(documents.id, due.subjectId)).for('update');
  if (document === undefined) return {};
  const { contractId } = due;
  if (contractId === null) throw new Error(`document ${document.id} is no contract's`);
  await tx.delete(documentCorrections).where(eq(documentCorrections.documentId, document.id));
  const revisions = await tx
    .delete(certificates)
    .where(and(eq(certificates.contractId, contractId), eq(certificates.sha256, document.sha256)))
    .returning({ id: certificates.id });
  await tx.delete(documents).where(eq(documents.id, document.id));
  await tx
    .insert(deletionObjects)
    .values({ contractId, kind: 'file', name: document.storageKey })
    .onConflictDoNothing();
  return { documents: 1, certificates: revisions.length };
}

/** The days for which screening evidence is kept are over (第4条4項). Decisions go before the findings that they name. */
async function removeEvidence(tx: Transaction, due: Due): Promise<Record<string, number>> {
  const subject =
    due.contractId === null ? applicationSubject(due.subjectId) : await deletionSubject(tx, due.contractId);
  if (subject === null) return {};
  const removed: Record<string, number> = {};
  const evidence = MAPPED_TABLES.filter(({ entry }) => entry.retention === 'screening');
  const later = (of: string) => (of.startsWith('via:') ? 0 : 1);
  for (const { name, entry } of evidence.toSorted((a, b) => later(a.entry.of) - later(b.entry.of))) {
    const own = ownRows(entry.of, subject);
    if (own === null) continue;
    const gone = await tx.execute(sql`delete from ${sql.identifier(name)} where ${own} returning 1`);
    if (gone.length > 0) removed[name] = gone.length;
  }
  await destroyKey(tx, evidenceOwner(subject.applicationId), new Date());
  return removed;
}

/** Contracts whose deletion is done and which have files left to go. */
export async function contractsWithPendingFiles(db: Executor, limit: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ contractId: deletionObjects.contractId })
    .from(deletionObjects)
    .innerJoin(deletions, eq(deletions.contractId, deletionObjects.contractId))
    .where(eq(deletions.status, 'done'))
    .limit(limit);
  return rows.map(({ contractId }) => contractId);
}
