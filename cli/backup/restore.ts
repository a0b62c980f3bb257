import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { documentKeys, type KeyPart, loadPersonalKeys, requireMasterKey } from '../../db/backup/key-part.ts';
import { loadRows, migrateTo, requireEmpty } from '../../db/backup/load.ts';
import { loadDatabase, requireFresh } from '../../db/backup/temporal-database.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { verifyAudit } from '../../db/queries/audit/verify.ts';
import { type RepeatedDeletion, repeatDeletions } from '../../db/queries/deletion/repeat.ts';
import { rebuildSearchIndex } from '../../db/queries/search/rebuild.ts';
import { backedUpDocuments } from '../../storage/backup/documents.ts';
import { openSealed } from '../../storage/backup/sealed-file.ts';
import { type Contents, type Manifest, readSet } from '../../storage/backup/set.ts';
import { temporalStoreIn } from '../../storage/backup/temporal-store.ts';
import { openStorage } from '../../storage/open.ts';
import { type BackupConfig, readKeyPart } from './make.ts';

export interface RestoreOrder {
  config: BackupConfig;
  /** The owner of the tables that are to be. */
  ownerUrl: string;
  /** The folder of one set, beside the key part and the documents. */
  set: string;
  /** The private key, AGE-SECRET-KEY-1… */
  identity: string;
  /** Where `npm start` keeps everything: the embedded Temporal server's store is put there. */
  stateDir: string;
  /** Temporal's databases (store, visibility), made by its own tool, where they are in Postgres. */
  temporalUrls: readonly string[];
}

export interface RestoreDone {
  madeAt: string;
  rows: number;
  documents: number;
  /** Documents of the set that were deleted since. */
  forgotten: number;
  /** Owners whose keys were destroyed since: what they encrypted stays unreadable. */
  destroyedSince: number;
  repeated: RepeatedDeletion[];
  auditEntries: number;
  /** Whether the set had Temporal's store, which is back too. */
  temporal: boolean;
}

/**
 * Brings a set back into an empty installation, before anything of it is started. Everything is looked at before the first byte is
 * written; the rows come in one transaction, and deletions that were proven since are repeated. Throws a sentence where it must not.
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoreDone> {
  const { config, ownerUrl, set, identity } = order;
  const folder = dirname(set);
  const manifest = await readSet(set, identity);
  const keys = await readKeyPart(folder);
  if (keys === null)
    throw new Error(`${join(folder, 'keys.json')} is missing: without it no personal data can be read.`);
  requireMasterKey(config.PERSONAL_DATA_KEY, keys);
  await requireNoTemporal(order, manifest);
  await requireEmpty(ownerUrl);
  const documents = await restoreDocuments(order, manifest, keys.documents);
  const role = new URL(config.DATABASE_URL).username;
  await migrateTo(ownerUrl, role, manifest.migrations);
  await loadRows(ownerUrl, {
    ...manifest,
    rows: rowsOf(manifest, order),
    also: (tx) => loadPersonalKeys(tx, keys.personal),
  });
  await migrateDatabase(ownerUrl, role);
  const { db, close } = openDatabase(config, 2);
  try {
    const auditEntries = await requireAudit(db, manifest);
    const repeated = await repeatDeletions(db);
    await rebuildSearchIndex(db);
    return {
      madeAt: manifest.madeAt,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      ...documents,
      destroyedSince: destroyedSince(keys, manifest.madeAt),
      repeated,
      auditEntries,
      // Last: whoever finds the store knows that the rows are there.
      temporal: await restoreTemporal(order, manifest),
    };
  } finally {
    await close();
  }
}

const destroyedSince = ({ personal }: KeyPart, madeAt: string): number =>
  Object.values(personal).filter(({ destroyedAt }) => destroyedAt !== null && destroyedAt > madeAt).length;

async function requireAudit(db: Database, { auditHead }: Manifest): Promise<number> {
  const { problems, entries } = await verifyAudit(db, auditHead);
  if (problems.length > 0) {
    throw new Error(
      `The audit log of the backup is not whole (${problems.length} places): hasso audit verify names them. Do not start anything on it.`,
    );
  }
  return entries;
}

async function restoreDocuments(
  { config, set, identity }: RestoreOrder,
  manifest: Manifest,
  keys: KeyPart['documents'],
): Promise<{ documents: number; forgotten: number }> {
  const storage = openStorage(config);
  const folder = backedUpDocuments(dirname(set));
  const { open } = documentKeys(config.PERSONAL_DATA_KEY);
  let documents = 0;
  let forgotten = 0;
  for (const sha256 of manifest.documents) {
    const wrapped = keys[sha256];
    if (wrapped === undefined) {
      forgotten += 1;
      continue;
    }
    const stored = await storage.put(await folder.read(sha256, open(sha256, wrapped), identity));
    if (stored.sha256 !== sha256) throw new Error(`The document ${sha256} of the backup is damaged.`);
    documents += 1;
  }
  return { documents, forgotten };
}

/** The rows of a table of the set. */
const rowsOf =
  ({ tables }: Contents, { set, identity }: RestoreOrder) =>
  ({ name }: { name: string }): Promise<Readable> => {
    const file = tables.find((table) => table.name === name)?.file ?? '';
    return openSealed(join(set, file), identity);
  };

/** Throws a sentence where Temporal has something already, or the set has databases of which we were not told where they go. */
async function requireNoTemporal(
  { stateDir, temporalUrls }: RestoreOrder,
  manifest: Manifest,
): Promise<void> {
  const present = temporalStoreIn(stateDir);
  if (manifest.temporal !== null && present !== null) {
    throw new Error(
      `There is a store of Temporal already (${present.path}): a restore needs an empty installation.`,
    );
  }
  for (const { name, version } of manifest.temporalDatabases) {
    await requireFresh(urlOf(temporalUrls, name), version);
  }
}

function urlOf(urls: readonly string[], name: string): string {
  const url = urls.find((each) => new URL(each).pathname === `/${name}`);
  if (url !== undefined) return url;
  throw new Error(
    `The backup has Temporal's database ${name}: say where it goes (TEMPORAL_DATABASE_URL, TEMPORAL_VISIBILITY_DATABASE_URL).`,
  );
}

async function restoreTemporal(order: RestoreOrder, manifest: Manifest): Promise<boolean> {
  const { set, identity, stateDir, temporalUrls } = order;
  const { temporal, temporalDatabases } = manifest;
  for (const database of temporalDatabases) {
    const rows = rowsOf(database, order);
    await loadDatabase(urlOf(temporalUrls, database.name), { ...database, rows });
  }
  if (temporal === null) return temporalDatabases.length > 0;
  const path = join(stateDir, 'temporal', temporal.name);
  mkdirSync(dirname(path), { recursive: true });
  const source = await openSealed(join(set, temporal.file), identity);
  await pipeline(source, createWriteStream(path, { mode: 0o600, flush: true }));
  return true;
}
