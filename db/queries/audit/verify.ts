import { asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { auditEntries, auditSeals } from '../../schema/index.ts';
import { CHAIN_START, chainHash, entryHash, type HashedEntry } from './hash.ts';
import type { AuditHead } from './seal.ts';

const BATCH = 2_000;

/** One thing that is wrong, and where: the number of the entry, the position in the chain, or both. */
export type AuditProblem =
  /** The entry's fields are no longer what was written. */
  | { kind: 'altered'; sequence: number; position: number | null }
  /** The chain has the entry, the log has not. */
  | { kind: 'missing'; sequence: number; position: number }
  /** The entry stands where another one was written; `other` is the number where it was. */
  | { kind: 'reordered'; sequence: number; position: number; other: number }
  /** The seal does not follow from the one before it. */
  | { kind: 'brokenSeal'; sequence: number; position: number }
  /** Positions of the chain that are gone, both included. */
  | { kind: 'missingSeals'; from: number; to: number }
  /** The chain does not hold the end that was noted earlier: it was cut off or written anew. */
  | { kind: 'headLost'; position: number };

export interface AuditVerification {
  entries: number;
  head: AuditHead;
  /** Entries that no seal links yet. */
  unsealed: number;
  problems: AuditProblem[];
}

const fields = {
  sequence: auditEntries.sequence,
  entryHash: auditEntries.entryHash,
  at: auditEntries.at,
  businessAt: auditEntries.businessAt,
  actor: auditEntries.actor,
  action: auditEntries.action,
  subjectType: auditEntries.subjectType,
  subjectId: auditEntries.subjectId,
  clause: auditEntries.clause,
  before: sql<string | null>`${auditEntries.before}::text`,
  after: sql<string | null>`${auditEntries.after}::text`,
  reasonCode: auditEntries.reasonCode,
  commandId: auditEntries.commandId,
};

/**
 * Reads the whole audit log in one snapshot and compares it with its chain. `expected` is an end of the chain that was
 * noted outside of the database.
 */
export async function verifyAudit(db: Executor, expected?: AuditHead): Promise<AuditVerification> {
  return db.transaction(async (tx) => check(tx, expected), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

async function check(tx: Executor, expected: AuditHead | undefined): Promise<AuditVerification> {
  const found: Found[] = [];
  let head: AuditHead = { position: 0, chainHash: CHAIN_START };
  let expectedSeen = expected === undefined || expected.position === 0;
  let entries = 0;
  for (;;) {
    const rows = await sealedEntries(tx, head.position);
    for (const { seal, entry } of rows) {
      found.push(...checkSeal(head, seal), ...checkEntry(seal, entry));
      head = { position: seal.position, chainHash: seal.chainHash };
      if (expected?.position === seal.position) expectedSeen = expected.chainHash === seal.chainHash;
      if (entry !== null) entries += 1;
    }
    if (rows.length < BATCH) break;
  }
  const tail = await unsealedEntries(tx);
  for (const entry of tail) {
    if (entryHash(entry) === entry.entryHash) continue;
    found.push({ kind: 'altered', sequence: entry.sequence, position: null });
  }
  const problems = await namePlaces(tx, found);
  if (expected !== undefined && !expectedSeen) {
    problems.push({ kind: 'headLost', position: expected.position });
  }
  return { entries: entries + tail.length, head, unsealed: tail.length, problems };
}

type Seal = typeof auditSeals.$inferSelect;
type Entry = HashedEntry & { sequence: number; entryHash: string };
/** A problem; with the hash that an entry's fields have now, for finding where they come from. */
type Found = AuditProblem & { actual?: string };

function sealedEntries(tx: Executor, after: number): Promise<{ seal: Seal; entry: Entry | null }[]> {
  return tx
    .select({ seal: auditSeals, entry: fields })
    .from(auditSeals)
    .leftJoin(auditEntries, eq(auditEntries.sequence, auditSeals.sequence))
    .where(gt(auditSeals.position, after))
    .orderBy(asc(auditSeals.position))
    .limit(BATCH);
}

function unsealedEntries(tx: Executor): Promise<Entry[]> {
  return tx
    .select(fields)
    .from(auditEntries)
    .leftJoin(auditSeals, eq(auditSeals.sequence, auditEntries.sequence))
    .where(isNull(auditSeals.sequence))
    .orderBy(asc(auditEntries.sequence));
}

function checkSeal(previous: AuditHead, seal: Seal): Found[] {
  const { position, sequence } = seal;
  if (position !== previous.position + 1) {
    return [{ kind: 'missingSeals', from: previous.position + 1, to: position - 1 }];
  }
  return seal.chainHash === chainHash(previous.chainHash, seal)
    ? []
    : [{ kind: 'brokenSeal', sequence, position }];
}

function checkEntry(seal: Seal, entry: Entry | null): Found[] {
  const { position, sequence } = seal;
  if (entry === null) return [{ kind: 'missing', sequence, position }];
  const actual = entryHash(entry);
  if (actual === seal.entryHash && entry.entryHash === seal.entryHash) return [];
  return [{ kind: 'altered', sequence, position, actual }];
}

/** An entry whose fields are those of another place was moved, not altered. */
async function namePlaces(tx: Executor, found: readonly Found[]): Promise<AuditProblem[]> {
  const hashes = found.flatMap(({ actual }) => actual ?? []);
  const origins = new Map<string, number>();
  for (let start = 0; start < hashes.length; start += BATCH) {
    const rows = await tx
      .select({ entryHash: auditSeals.entryHash, sequence: auditSeals.sequence })
      .from(auditSeals)
      .where(inArray(auditSeals.entryHash, hashes.slice(start, start + BATCH)));
    for (const row of rows) origins.set(row.entryHash, row.sequence);
  }
  return found.map(({ actual, ...problem }) => {
    const other = actual === undefined ? undefined : origins.get(actual);
    if (problem.kind !== 'altered' || problem.position === null) return problem;
    if (other === undefined || other === problem.sequence) return problem;
    return { kind: 'reordered', sequence: problem.sequence, position: problem.position, other };
  });
}
