import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../db/client.ts';
import { outboxName } from '../db/queries/deletion/erase.ts';
import { referencedFiles } from '../db/queries/deletion/files.ts';
import { keptFiles, otherMessageIds } from '../db/queries/deletion/kept.ts';
import { planDeletion } from '../db/queries/deletion/plan.ts';
import { objectsOfOthers, pendingObjects } from '../db/queries/deletion/record.ts';
import { remainingRows, searchTables } from '../db/queries/deletion/search.ts';
import type { DeletionSubject } from '../db/queries/deletion/subject.ts';
import type { Leftover } from '../domain/data/deletion.ts';
import { needleSearch } from '../domain/data/needles.ts';
import type { DocumentStorage } from '../storage/file-storage.ts';
import { textsOfFile } from '../storage/file-texts.ts';
import type { Executions } from './temporal-executions.ts';

export interface SearchPorts {
  db: Database;
  storage: DocumentStorage;
  executions: Executions;
  /** The development outbox. */
  outboxDir?: string | undefined;
  /** Where the processes' log files are, if the system keeps them. */
  logDir?: string | undefined;
}

export interface SearchResult {
  /** What should not be there, by store. */
  left: Leftover[];
  /** What the data map keeps for now. */
  kept: Leftover[];
  /** Places where another customer's or the operator's own record says the same: not looked at further. */
  others: Leftover[];
}

const PAGE = 500;
/** How long a row may take after its file. */
const LOOKS = 20;
const LOOK_EVERY_MS = 500;

/**
 * Searches every store for a customer's texts (第22条6項): each text column of each table, stored files that no row names, the
 * outbox, histories and visibility of Temporal, log files. What rows or deletions of other customers name is theirs and is not
 * opened: only what nobody owns counts as left (docs/decisions/011).
 */
export async function searchEverywhere(
  ports: SearchPorts,
  subject: DeletionSubject,
  needles: readonly string[],
  deletionWorkflowId: string,
): Promise<SearchResult> {
  const matches = needleSearch(needles);
  const result: SearchResult = { left: [], kept: [], others: [] };
  const tables = [
    ...(await searchTables(ports.db, subject, matches)),
    ...(await remainingRows(ports.db, subject, planDeletion)),
  ];
  for (const { store, verdict, count } of tables) {
    const list = verdict === 'left' ? result.left : verdict === 'kept' ? result.kept : result.others;
    list.push({ store, count });
  }
  const add = (list: Leftover[], store: string, count: number) => {
    if (count > 0) list.push({ store, count });
  };
  add(result.left, 'storage', await orphans(ports, subject, matches));
  add(result.kept, 'storage', (await keptFiles(ports.db, subject.contractId)).length);
  add(result.left, 'outbox', await inOutbox(ports, subject, matches));
  add(result.left, 'workflow', (await ports.executions.closed(subject)).length);
  const own = await ports.executions.textOf(deletionWorkflowId);
  add(result.left, 'workflow:deletion', matches(own) ? 1 : 0);
  add(result.left, 'logs', await inLogs(ports, matches));
  return result;
}

/** Stored files that still wait for their deletion, and files that nobody owns and that speak of the customer. */
async function orphans(
  { db, storage }: SearchPorts,
  { contractId }: DeletionSubject,
  matches: (text: string) => boolean,
): Promise<number> {
  const waiting = new Set(await pendingObjects(db, contractId, 'file'));
  const unowned = async (keys: readonly string[]): Promise<string[]> => {
    const [named, others] = [await referencedFiles(db, keys), await objectsOfOthers(db, contractId, 'file')];
    return keys.filter((key) => !named.has(key) && !waiting.has(key) && !others.has(key));
  };
  const speaks = async (key: string): Promise<boolean> => {
    // One that was removed meanwhile says nothing.
    const bytes = await storage.get(key).catch(() => null);
    return bytes !== null && (await textsOfFile(bytes)).some(matches);
  };
  let found: string[] = [];
  let page: string[] = [];
  const look = async () => {
    for (const key of await unowned(page)) if (await speaks(key)) found.push(key);
    page = [];
  };
  for await (const { key } of storage.keys()) {
    page.push(key);
    if (page.length >= PAGE) await look();
  }
  await look();
  // A file is stored a moment before the row that names it.
  for (let looks = 0; found.length > 0 && looks < LOOKS; looks += 1) {
    await pause(LOOK_EVERY_MS);
    found = await unowned(found);
  }
  return waiting.size + found.length;
}

async function inOutbox(
  { db, outboxDir }: SearchPorts,
  subject: DeletionSubject,
  matches: (text: string) => boolean,
): Promise<number> {
  if (outboxDir === undefined) return 0;
  // The files before the rows: a mail has its row before it is sent.
  const names = await readdir(outboxDir);
  const sent = (await otherMessageIds(db, subject)).map(outboxName);
  const going = await objectsOfOthers(db, subject.contractId, 'outboxMail');
  const others = new Set([...sent, ...going]);
  const goingFiles = await objectsOfOthers(db, subject.contractId, 'outboxFile');
  let found = 0;
  for (const name of names) {
    const [, id = ''] = /-([0-9a-f]{32})\.(?:eml|json)$/.exec(name) ?? [];
    if (others.has(id) || goingFiles.has(name)) continue;
    const bytes = await readFile(join(outboxDir, name)).catch(() => null);
    if (bytes !== null && (await textsOfFile(bytes)).some(matches)) found += 1;
  }
  return found;
}

/** Lines of log files. */
async function inLogs({ logDir }: SearchPorts, matches: (text: string) => boolean): Promise<number> {
  if (logDir === undefined) return 0;
  let found = 0;
  for (const name of await readdir(logDir)) {
    const lines = createInterface({ input: createReadStream(join(logDir, name)), crlfDelay: Infinity });
    for await (const line of lines) if (matches(line)) found += 1;
  }
  return found;
}
