import { inArray, sql } from 'drizzle-orm';
import { reasonLines } from '../../../domain/base/explain.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Database } from '../../client.ts';
import { auditEntries, auditSeals } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { readLiabilityCap } from '../billing/liability.ts';
import { type DeletionSubject, ownRows } from '../deletion/subject.ts';
import { FILE_COLUMNS, ROW_TABLES } from '../deletion/tables.ts';

/** A table's rows of one contract, every column as text. */
export interface EvidenceTable {
  name: string;
  title: string;
  columns: string[];
  rows: string[][];
}

/** A stored file that one of the rows names. */
export interface EvidenceFile {
  /** `requests`, `mails`, … */
  table: string;
  storageKey: string;
}

/** What is of no use in court: the inside of the search, and of a deletion that is under way. */
const LEFT_OUT = ['search_index', 'deletion_needles', 'deletion_objects'];

/** Everything about a contract (第25条): the rows of every table of the data map that has some, and the files they name. */
export async function gatherEvidence(
  db: Database,
  subject: DeletionSubject,
): Promise<{ tables: EvidenceTable[]; files: EvidenceFile[] }> {
  const tables: EvidenceTable[] = [];
  const files = new Map<string, EvidenceFile>();
  for (const { name, entry, columns } of ROW_TABLES) {
    const own = ownRows(entry.of, subject);
    if (own === null || LEFT_OUT.includes(name)) continue;
    const rows = await db.execute<Record<string, unknown>>(
      sql`select * from ${sql.identifier(name)} where ${own}`,
    );
    if (rows.length === 0) continue;
    const names = [...columns.keys()];
    tables.push({
      name,
      title: entry.title,
      columns: names,
      rows: rows.map((row) => names.map((column) => textOf(row[column]))),
    });
    for (const { column } of FILE_COLUMNS.filter(({ table }) => table === name)) {
      for (const row of rows) {
        const storageKey = textOf(row[column]);
        if (storageKey !== '') files.set(`${name}/${storageKey}`, { table: name, storageKey });
      }
    }
  }
  tables.push(await auditTable(db, subject));
  return { tables, files: [...files.values()] };
}

/** Audit entries with their own hash and their place in the chain (docs/decisions/006). */
async function auditTable(db: Database, subject: DeletionSubject): Promise<EvidenceTable> {
  const ids = [subject.contractId, subject.applicationId];
  const rows = await db
    .select({ entry: auditEntries, seal: auditSeals })
    .from(auditEntries)
    .leftJoin(auditSeals, sql`${auditSeals.sequence} = ${auditEntries.sequence}`)
    .where(inArray(auditEntries.subjectId, ids))
    .orderBy(auditEntries.sequence);
  const columns = Object.keys(rows[0]?.entry ?? {});
  return {
    name: 'audit_entries',
    title: '監査記録（連鎖の証明つき）',
    columns: [...columns, 'sealPosition', 'sealChainHash', 'sealedAt'],
    rows: rows.map(({ entry, seal }) => [
      ...columns.map((column) => textOf(Reflect.get(entry, column))),
      textOf(seal?.position),
      textOf(seal?.chainHash),
      textOf(seal?.sealedAt),
    ]),
  };
}

/** The limit of liability for an incident on a day, fee by fee from the contract's papers, and how it comes about (第23条3項). */
export async function liabilityTable(
  db: Database,
  contractId: string,
  incidentOn: CivilDate,
): Promise<EvidenceTable> {
  const question = { contractId, incidentOn, today: jstDate(Date.now()) };
  const { value, steps } = await readLiabilityCap(db, question);
  const { fees, windowFrom, windowTo, capYen } = value;
  return {
    name: 'liability_cap',
    title: '責任の上限の計算（第23条3項）',
    columns: ['what', 'from', 'to', 'yen', 'basis'],
    rows: [
      ...fees.map(({ from, to, feeYen, basis }) => ['fee', from, to, String(feeYen), basis]),
      ['cap', windowFrom, windowTo, String(capYen), reasonLines(steps).join(' ')],
    ],
  };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Notes who took all evidence of a contract out, and the digest of what was taken (第12条2項, 第25条). */
export async function recordEvidenceExport(
  db: Database,
  input: { contractId: string; actor: string; files: number; rows: number; indexSha256: string },
): Promise<void> {
  const { contractId, actor, ...after } = input;
  await recordAudit(db, {
    actor,
    action: 'evidence.exported',
    subjectType: 'contract',
    subjectId: contractId,
    after,
  });
}
