import { and, count, eq, max, sql } from 'drizzle-orm';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import type { DocumentKind } from '../../schema/documents.ts';
import { contractFindings, documents, findings, retentionDues, screeningChecks } from '../../schema/index.ts';
import { type DeletionSubject, ownRows } from './subject.ts';

/** Storage keys of a contract's archived documents. */
export async function keptFiles(db: Executor, contractId: string): Promise<string[]> {
  const rows = await db
    .select({ key: documents.storageKey })
    .from(documents)
    .where(and(eq(documents.subjectType, 'contract'), eq(documents.subjectId, contractId)));
  return rows.map(({ key }) => key);
}

/** Message-IDs of mails that are not of this customer. */
export async function otherMessageIds(db: Executor, subject: DeletionSubject): Promise<string[]> {
  const own = ownRows('subject', subject) ?? sql`false`;
  const rows = await db.execute<{ message_id: string }>(sql`select message_id from mails where not ${own}`);
  return rows.map(({ message_id: id }) => id);
}

export interface KeptRecords {
  kind: DocumentKind | 'screening';
  count: number;
  /** The last day of the last of them. */
  keptThrough: string;
}

/** What of a contract's data is kept by law or policy, with the last day of each kind. */
export async function keptRecords(db: Executor, subject: DeletionSubject): Promise<KeptRecords[]> {
  const { contractId, applicationId } = subject;
  const archived = await db
    .select({ kind: documents.kind, count: count(), keptThrough: max(documents.keepThrough) })
    .from(documents)
    .where(and(eq(documents.subjectType, 'contract'), eq(documents.subjectId, contractId)))
    .groupBy(documents.kind)
    .orderBy(documents.kind);
  const kept: KeptRecords[] = archived.map((row) => ({ ...row, keptThrough: row.keptThrough ?? '' }));
  const [due] = await db
    .select({ dueOn: retentionDues.dueOn })
    .from(retentionDues)
    .where(and(eq(retentionDues.kind, 'screening'), eq(retentionDues.subjectId, contractId)));
  const counts = await Promise.all([
    db.$count(findings, eq(findings.applicationId, applicationId)),
    db.$count(contractFindings, eq(contractFindings.contractId, contractId)),
    db.$count(screeningChecks, ownRows('subject', subject) ?? sql`false`),
  ]);
  const evidence = counts.reduce((total, each) => total + each, 0);
  if (due !== undefined && evidence > 0) {
    kept.push({ kind: 'screening', count: evidence, keptThrough: addDays(due.dueOn, -1) });
  }
  return kept;
}

/** Names under which a contract's documents are archived: all that is known of the customer when the rest is gone. */
export async function keptNames(db: Executor, contractId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ name: documents.counterparty })
    .from(documents)
    .where(and(eq(documents.subjectType, 'contract'), eq(documents.subjectId, contractId)));
  return rows.map(({ name }) => name);
}
