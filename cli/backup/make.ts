import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import type { loadBackupConfig } from '../../config.ts';
import {
  documentKeys,
  type KeyPart,
  keyPartSchema,
  readPersonalKeys,
  requireSameInstallation,
} from '../../db/backup/key-part.ts';
import { readSnapshot, type SeenDatabase } from '../../db/backup/snapshot.ts';
import { type HeldDatabase, holdDatabase } from '../../db/backup/temporal-database.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { auditHead } from '../../db/queries/audit/seal.ts';
import { referencedFiles } from '../../db/queries/deletion/files.ts';
import { DAY_MS } from '../../domain/calendar/civil-date.ts';
import { backedUpDocuments } from '../../storage/backup/documents.ts';
import { writeSealed } from '../../storage/backup/sealed-file.ts';
import {
  type Contents,
  type Manifest,
  readIfThere,
  removeSetsBefore,
  replaceFile,
  setName,
  writeManifest,
} from '../../storage/backup/set.ts';
import { copyOfStore, temporalStoreIn } from '../../storage/backup/temporal-store.ts';
import { digestOf, keyOfDigest } from '../../storage/key.ts';
import { openStorage } from '../../storage/open.ts';

export type BackupConfig = ReturnType<typeof loadBackupConfig>;

export interface BackupOrder {
  config: BackupConfig;
  /** The folder of the backups. */
  to: string;
  /** The public key, age1… */
  recipient: string;
  /** Where `npm start` keeps everything: the embedded Temporal server's store is looked for there. */
  stateDir: string;
  /** Temporal's databases (store, visibility) where they are in Postgres; else none. */
  temporalUrls: readonly string[];
  version: string;
  now: Date;
  /** Sets older than so many days go afterwards; null: none. */
  keepDays: number | null;
}

export interface BackupDone {
  set: string;
  rows: number;
  documents: number;
  /** Documents that rows name and the storage has lost; the backup still has them. */
  lost: number;
  /** Documents whose keys went because nothing names them any more. */
  forgotten: number;
  removedSets: number;
  temporal: boolean;
}

/** The part with the keys, in the folder of the backups. */
export const KEY_PART = 'keys.json';

/**
 * Makes one consistent set of all rows, the embedded Temporal server's store and the documents, encrypted to a public key, and writes
 * the part with the keys anew. A set that was not finished is not there.
 */
export async function makeBackup(order: BackupOrder): Promise<BackupDone> {
  const { config, to, recipient, now } = order;
  const { db, close } = openDatabase(config, 2);
  const name = setName(now);
  const half = join(to, `${name}.new`);
  try {
    const earlier = await readKeyPart(to);
    if (earlier !== null) requireSameInstallation(earlier, await readPersonalKeys(db));
    await mkdir(half, { recursive: true, mode: 0o700 });
    const part = await writeRows(order, db, half);
    const documents = await writeDocuments(order, db, earlier?.documents ?? {});
    await writeManifest(half, { ...part, documents: documents.stored }, recipient);
    await rename(half, join(to, name));
    // Read after the rows: whoever is deleted meanwhile is not in it.
    const keys: KeyPart = {
      format: 1,
      writtenAt: new Date().toISOString(),
      personal: await readPersonalKeys(db),
      documents: documents.keys,
    };
    await replaceFile(join(to, KEY_PART), JSON.stringify(keys));
    for (const sha256 of documents.forgotten) await backedUpDocuments(to).remove(sha256);
    const keepMs = (order.keepDays ?? 0) * DAY_MS;
    return {
      set: join(to, name),
      rows: part.tables.reduce((sum, { rows }) => sum + rows, 0),
      documents: documents.stored.length,
      lost: documents.lost,
      forgotten: documents.forgotten.length,
      removedSets: order.keepDays === null ? 0 : await removeSetsBefore(to, new Date(now.getTime() - keepMs)),
      temporal: part.temporal !== null || part.temporalDatabases.length > 0,
    };
  } finally {
    await rm(half, { recursive: true, force: true });
    await close();
  }
}

/** The keys as the last backup wrote them; null before the first. */
export async function readKeyPart(dir: string): Promise<KeyPart | null> {
  const text = await readIfThere(join(dir, KEY_PART));
  return text === null ? null : keyPartSchema.parse(JSON.parse(text));
}

async function writeRows(
  { config, recipient, stateDir, temporalUrls, version, now }: BackupOrder,
  db: Database,
  dir: string,
): Promise<Omit<Manifest, 'documents'>> {
  // The chain only grows: the rows hold this end of it.
  const { position, chainHash } = await auditHead(db);
  const store = temporalStoreIn(stateDir);
  return readSnapshot(
    config.DATABASE_URL,
    () => holdTemporal(store, temporalUrls),
    async (snapshot, temporal) => {
      try {
        const own = await writeDatabase(snapshot, dir, '', recipient);
        const temporalDatabases: Manifest['temporalDatabases'] = [];
        for (const [index, held] of temporal.databases.entries()) {
          const name = new URL(temporalUrls[index] ?? '').pathname.slice(1);
          const contents = await writeDatabase(held, dir, `${name}/`, recipient);
          temporalDatabases.push({ name, version: held.version, ...contents });
        }
        const { migrations } = snapshot;
        return {
          ...{
            format: 1,
            version,
            madeAt: now.toISOString(),
            migrations,
            auditHead: { position, chainHash },
          },
          ...{ ...own, temporalDatabases, temporal: await writeStore(temporal.store, dir, recipient) },
        };
      } finally {
        await temporal.release();
      }
    },
  );
}

/** The embedded server's store is copied, databases are held as they are: within the moment in which nobody writes rows. */
async function holdTemporal(store: ReturnType<typeof temporalStoreIn>, urls: readonly string[]) {
  const copied = store === null ? null : { name: store.name, copy: await copyOfStore(store.path) };
  const databases: HeldDatabase[] = [];
  const release = async () => {
    copied?.copy.done();
    for (const held of databases) await held.release();
  };
  try {
    for (const url of urls) databases.push(await holdDatabase(url));
  } catch (error) {
    await release();
    throw error;
  }
  return { store: copied, databases, release };
}

async function writeDatabase(
  seen: SeenDatabase,
  dir: string,
  under: string,
  recipient: string,
): Promise<Contents> {
  const tables: Contents['tables'] = [];
  for (const table of seen.tables) {
    const file = `${under}${table.name}.age`;
    const counter = new LineCounter();
    const sealed = await writeSealed(join(dir, file), (await seen.rows(table)).pipe(counter), recipient);
    tables.push({ ...table, file, ...sealed, rows: counter.lines });
  }
  return { tables, sequences: [...seen.sequences] };
}

async function writeStore(
  store: Awaited<ReturnType<typeof holdTemporal>>['store'],
  dir: string,
  recipient: string,
): Promise<Manifest['temporal']> {
  if (store === null) return null;
  const file = `${store.name}.age`;
  return {
    ...{ name: store.name, file },
    ...(await writeSealed(join(dir, file), createReadStream(store.copy.path), recipient)),
  };
}

/** Counts rows on their way: Postgres' text format has a line for each. */
class LineCounter extends Transform {
  lines = 0;

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.lines += 1;
    done(null, chunk);
  }
}

interface WrittenDocuments {
  stored: string[];
  keys: KeyPart['documents'];
  lost: number;
  forgotten: string[];
}

/** Adds the documents that the folder has not, and finds those that nothing names any more. */
async function writeDocuments(
  { config, to, recipient }: BackupOrder,
  db: Database,
  earlier: KeyPart['documents'],
): Promise<WrittenDocuments> {
  const storage = openStorage(config);
  const folder = backedUpDocuments(to);
  const wrapping = documentKeys(config.PERSONAL_DATA_KEY);
  const keys: KeyPart['documents'] = {};
  for await (const { key } of storage.keys()) {
    const sha256 = digestOf(key);
    const known = earlier[sha256];
    const wrapped = known ?? wrapping.make(sha256);
    if (known === undefined || !(await folder.has(sha256))) {
      await folder.write(sha256, await storage.get(key), wrapping.open(sha256, wrapped), recipient);
    }
    keys[sha256] = wrapped;
  }
  const stored = Object.keys(keys);
  // What the storage lost and a row still names stays: a backup is for that.
  const gone = Object.keys(earlier).filter((sha256) => keys[sha256] === undefined);
  const named = await referencedFiles(db, gone.map(keyOfDigest));
  const lost = gone.filter((sha256) => named.has(keyOfDigest(sha256)));
  for (const sha256 of lost) keys[sha256] = earlier[sha256] ?? '';
  return {
    ...{ stored: [...stored, ...lost], keys, lost: lost.length },
    forgotten: gone.filter((sha256) => !named.has(keyOfDigest(sha256))),
  };
}
