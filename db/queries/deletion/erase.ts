import { createHash, randomUUID } from 'node:crypto';
import { eq, type SQL, sql } from 'drizzle-orm';
import { addDays, type CivilDate } from '../../../domain/calendar/civil-date.ts';
import { dueAfter } from '../../../domain/data/deletion.ts';
import { needlesOf, searchedColumns } from '../../../domain/data/needles.ts';
import type { DataKind } from '../../../domain/data-map/index.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { contacts, deletionNeedles, deletions, documents, mails, retentionDues } from '../../schema/index.ts';
import { findContract } from '../contract/find.ts';
import { loadPolicies } from '../policy/load.ts';
import { addStep, noteObjects } from './record.ts';
import { type DeletionSubject, deletionSubject, ownRows, type RowSubject } from './subject.ts';
import { blanks, fileColumnsToGo, MAPPED_TABLES, ROW_TABLES } from './tables.ts';

/** What the last steps need when the rows are gone: held encrypted for as long as the deletion runs. */
export interface KeptForSearch {
  /** Folded texts (domain/data/needles.ts). */
  needles: string[];
  /** Where the proof goes, and to whom it is made out. */
  recipient: {
    companyName: string;
    corporateNumber: string;
    personName: string;
    email: string;
    reachable: boolean;
  };
}

/**
 * Deletes and empties a customer's rows by the data map, in one transaction with everything that the later steps need: what to
 * search for, which files and mails go, on which days the kept rows follow. Runs again without harm.
 */
export async function eraseRows(
  db: Database,
  input: { contractId: string; businessAt: Date; businessDay: CivilDate },
): Promise<void> {
  const { contractId, businessAt, businessDay } = input;
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(deletions).where(eq(deletions.contractId, contractId)).for('update');
    const subject = await deletionSubject(tx, contractId);
    if (row === undefined || row.begunAt === null || subject === null) {
      throw new Error(`the deletion of ${contractId} has not begun`);
    }
    if (row.deletedOn === null) await keepForSearch(tx, subject);
    await noteOwnObjects(tx, subject);
    await noteDues(tx, subject, row.endedOn);
    const removed = await eraseOwnRows(tx, subject);
    if (row.deletedOn === null) {
      await tx.update(deletions).set({ deletedOn: businessDay }).where(eq(deletions.contractId, contractId));
    }
    await addStep(tx, { contractId, step: 'rows', removed, businessAt });
  });
}

/** Deletes and empties the rows of a subject by the data map; how many of which table. */
export async function eraseOwnRows(tx: Transaction, subject: RowSubject): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  // What stays lets go of what is erased first.
  const reducedFirst = ROW_TABLES.toSorted(
    (a, b) => Number(a.entry.atDeletion === 'erase') - Number(b.entry.atDeletion === 'erase'),
  );
  for (const table of reducedFirst) {
    const own = ownRows(table.entry.of, subject);
    if (own === null) continue;
    const name = sql.identifier(table.name);
    const action = table.entry.atDeletion;
    if (action === 'erase') removed[table.name] = await counted(tx, sql`delete from ${name} where ${own}`);
    if (action !== 'reduce') continue;
    const cleared = blanks(table).map(({ name: column, blank }) => ({
      column: sql.identifier(column),
      blank,
    }));
    const sets = cleared.map(({ column, blank }) => sql`${column} = ${blank}`);
    const full = cleared.map(({ column, blank }) => sql`${column} is distinct from ${blank}`);
    removed[table.name] = await counted(
      tx,
      sql`update ${name} set ${sql.join(sets, sql`, `)} where ${own} and (${sql.join(full, sql` or `)})`,
    );
  }
  return removed;
}

async function counted(tx: Transaction, change: SQL): Promise<number> {
  const rows = await tx.execute<{ n: string }>(
    sql`with changed as (${change} returning 1) select count(*) as n from changed`,
  );
  return Number(rows[0]?.n ?? 0);
}

/** Gathers what to search for from the rows that are about to go. */
async function keepForSearch(tx: Transaction, subject: DeletionSubject): Promise<void> {
  const { contractId } = subject;
  const needles = new Set<string>();
  for (const { name, entry } of MAPPED_TABLES) {
    const own = ownRows(entry.of, subject);
    const columns = searchedColumns(name);
    if (own === null || columns.length === 0) continue;
    const list = sql.join(
      columns.map((column) => sql.identifier(column.name)),
      sql`, `,
    );
    const rows = await tx.execute<Record<string, unknown>>(
      sql`select ${list} from ${sql.identifier(name)} where ${own}`,
    );
    for (const row of rows) {
      for (const { name: column, kind } of columns) addNeedles(needles, kind, row[column]);
    }
  }
  const value: KeptForSearch = { needles: [...needles], recipient: await recipientOf(tx, contractId) };
  const keyId = randomUUID();
  await tx
    .insert(deletionNeedles)
    .values(sealRow(deletionNeedles, keyId, { contractId, keyId, needles: JSON.stringify(value) }))
    .onConflictDoNothing();
}

function addNeedles(needles: Set<string>, kind: DataKind, value: unknown): void {
  const texts = typeof value === 'string' && /^\[.*\]$/s.test(value) ? listOf(value) : [value].flat();
  for (const text of texts) {
    if (typeof text === 'string') for (const needle of needlesOf(kind, text)) needles.add(needle);
  }
}

/** The entries of an encrypted list; of any other text the text itself. */
function listOf(text: string): unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [text];
  } catch {
    return [text];
  }
}

/** The last registered contact; `reachable` unless the last mail to it was refused or came back (第12条2項). */
async function recipientOf(tx: Transaction, contractId: string): Promise<KeptForSearch['recipient']> {
  const facts = await findContract(tx, contractId);
  const [contact] = await tx
    .select()
    .from(contacts)
    .where(eq(contacts.contractId, contractId))
    .orderBy(sql`${contacts.createdAt} desc`)
    .limit(1);
  const [lastMail] = await tx
    .select({ status: mails.status })
    .from(mails)
    .where(sql`subject_type = 'contract' and subject_id = ${contractId}::uuid and kind <> 'staffReminder'`)
    .orderBy(sql`${mails.createdAt} desc`)
    .limit(1);
  return {
    companyName: facts?.customer.name ?? '',
    corporateNumber: facts?.customer.corporateNumber ?? '',
    personName: contact?.name ?? '',
    email: contact?.email ?? '',
    reachable: contact !== undefined && lastMail?.status !== 'bounced' && lastMail?.status !== 'refused',
  };
}

/** Notes the files and caught mails that only these rows know of. */
async function noteOwnObjects(tx: Transaction, subject: DeletionSubject): Promise<void> {
  const { files, outboxMails } = await ownObjects(tx, subject);
  await noteObjects(tx, subject.contractId, { kind: 'file', names: files });
  await noteObjects(tx, subject.contractId, { kind: 'outboxMail', names: outboxMails });
}

/** Keys of the stored files, and names of the caught mails, that rows which go name. */
export async function ownObjects(
  db: Executor,
  subject: RowSubject,
): Promise<{ files: string[]; outboxMails: string[] }> {
  const files = new Set<string>();
  for (const table of MAPPED_TABLES) {
    const own = ownRows(table.entry.of, subject);
    if (own === null) continue;
    for (const column of fileColumnsToGo(table)) {
      const key = sql.identifier(column);
      const rows = await db.execute<{ key: string }>(
        sql`select distinct ${key} as key from ${sql.identifier(table.name)} where ${own} and ${key} <> ''`,
      );
      for (const row of rows) files.add(row.key);
    }
  }
  const own = ownRows('subject', subject);
  const sent = await db.execute<{ message_id: string }>(sql`select message_id from mails where ${own}`);
  return { files: [...files], outboxMails: sent.map(({ message_id: id }) => outboxName(id)) };
}

/** What the names of a mail's files in the development outbox end with, before `.eml` and `.json`. */
export const outboxName = (messageId: string): string =>
  createHash('sha256').update(messageId).digest('hex').slice(0, 32);

/** Days on which what is kept now goes: each document by its own, the screening evidence by policy. */
async function noteDues(tx: Transaction, subject: DeletionSubject, endedOn: CivilDate): Promise<void> {
  const { contractId, sandbox } = subject;
  const policies = await loadPolicies(tx);
  const kept = await tx
    .select({ id: documents.id, keepThrough: documents.keepThrough })
    .from(documents)
    .where(sql`subject_type = 'contract' and subject_id = ${contractId}::uuid`);
  const dues: (typeof retentionDues.$inferInsert)[] = kept.map(({ id: subjectId, keepThrough }) => ({
    contractId,
    kind: 'document',
    subjectId,
    dueOn: addDays(keepThrough, 1),
    sandbox,
  }));
  const dueOn = dueAfter(endedOn, policies['retention.screeningDays']);
  dues.push({ contractId, kind: 'screening', subjectId: contractId, dueOn, sandbox });
  await tx.insert(retentionDues).values(dues).onConflictDoNothing();
}
