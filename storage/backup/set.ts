import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { openSealed, requireIntact, wholeOf, writeSealed } from './sealed-file.ts';

const fileSchema = z.object({ file: z.string(), sha256: z.string(), bytes: z.number() });

const contentsSchema = z.object({
  tables: z.array(fileSchema.extend({ name: z.string(), columns: z.array(z.string()), rows: z.number() })),
  sequences: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })),
});
/** A database in a set: its tables with their files. */
export type Contents = z.infer<typeof contentsSchema>;

/** What a set holds and how to know that it is whole. */
const manifestSchema = contentsSchema.extend({
  format: z.literal(1),
  /** The release that made it. */
  version: z.string(),
  /** The instant of the rows and of Temporal's store. */
  madeAt: z.iso.datetime(),
  migrations: z.object({ count: z.number(), hash: z.string() }),
  /** An end of the audit chain that the rows hold. */
  auditHead: z.object({ position: z.number(), chainHash: z.string() }),
  /** The embedded Temporal server's store under its name; null where the server keeps it elsewhere. */
  temporal: fileSchema.extend({ name: z.enum(['temporal.db', 'temporal-cli.db']) }).nullable(),
  /** Temporal's databases where they are in Postgres: its store and visibility, with the version of their schema. */
  temporalDatabases: z.array(contentsSchema.extend({ name: z.string(), version: z.string() })),
  /** Digests of the documents that were stored. */
  documents: z.array(z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

const MANIFEST = 'manifest.age';
const SET = /^\d{8}T\d{6}Z$/;

/** The name of a set in its folder: its time. */
export const setName = (madeAt: Date): string => madeAt.toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** The last file of a set: without it there is none. */
export async function writeManifest(dir: string, manifest: Manifest, recipient: string): Promise<void> {
  await writeSealed(join(dir, MANIFEST), Readable.from([Buffer.from(JSON.stringify(manifest))]), recipient);
}

/** The manifest of a whole set: every file was compared with it. Throws a sentence otherwise. */
export async function readSet(dir: string, identity: string): Promise<Manifest> {
  const text = await opened(join(dir, MANIFEST), identity);
  const manifest = manifestSchema.parse(JSON.parse(text));
  for (const { file, ...expected } of [
    ...manifest.tables,
    ...(manifest.temporal ? [manifest.temporal] : []),
  ]) {
    await requireIntact(join(dir, file), expected);
  }
  return manifest;
}

async function opened(path: string, identity: string): Promise<string> {
  const stream = await openSealed(path, identity);
  try {
    return (await wholeOf(stream)).toString('utf8');
  } catch (error) {
    throw new Error(`${path} is damaged: its checksum does not fit. Nothing was restored.`, { cause: error });
  }
}

/** Sets in a folder, the oldest first. */
export async function setsIn(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter((name) => SET.test(name)).toSorted();
}

/** Removes sets that were made before an instant, never the newest. How many went. */
export async function removeSetsBefore(dir: string, before: Date): Promise<number> {
  const old = (await setsIn(dir)).slice(0, -1).filter((name) => name < setName(before));
  for (const name of old) await rm(join(dir, name), { recursive: true, force: true });
  return old.length;
}

/** The file as text, null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Writes a file whole or not at all, for its owner alone. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}
