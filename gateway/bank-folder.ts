import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { recordRefusedFile } from '../db/queries/payment/refused-file.ts';
import { MAX_STATEMENT_BYTES } from '../storage/bank-file.ts';
import { type PaymentPorts, takeBankFile } from './payment.ts';

/** A file that was changed a moment ago is still being written. */
const STILL_MS = 10_000;

/** Where files go that were taken, and those that were not. */
const TAKEN = 'taken';
const REFUSED = 'refused';

/**
 * Takes every file that lies in a folder (第6条2項): read whole, kept byte for byte, matched, moved to `taken`.
 * One that is refused goes to `refused`, with a task for billing. What fails for another reason stays, and is tried again. Two workers at
 * once do no harm: a file counts once by its contents.
 */
export async function takeBankFolder(
  ports: PaymentPorts,
  { folder, sandbox, now }: { folder: string; sandbox: boolean; now: Date },
): Promise<{ taken: number; refused: number }> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  const done = { taken: 0, refused: 0 };
  for (const { name } of names.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, name);
    const found = await stat(path).catch(nullWhereGone);
    if (found === null || now.getTime() - found.mtimeMs < STILL_MS) continue;
    const outcome = await takeOne(ports, { path, name, size: found.size, sandbox, now });
    if (outcome === null) continue;
    await moveTo(join(folder, outcome), path, name, now);
    done[outcome] += 1;
  }
  return done;
}

async function takeOne(
  ports: PaymentPorts,
  found: { path: string; name: string; size: number; sandbox: boolean; now: Date },
): Promise<typeof TAKEN | typeof REFUSED | null> {
  const { db, storage } = ports;
  const { path, name, size, sandbox, now } = found;
  const fileName = name.normalize('NFC');
  if (size > MAX_STATEMENT_BYTES) {
    const reason = `明細のファイルは${MAX_STATEMENT_BYTES / 1024 / 1024}MBまでです。何も取り込んでいません。`;
    await recordRefusedFile(db, {
      fileName,
      reason,
      storageKey: null,
      sha256: null,
      bytes: size,
      sandbox,
      now,
    });
    return REFUSED;
  }
  const read = await readFile(path).catch(nullWhereGone);
  if (read === null) return null;
  const bytes = new Uint8Array(read);
  const answer = await takeBankFile(ports, { bytes, fileName, sandbox, now }, 'folder');
  if (answer.ok) return TAKEN;
  const { key: storageKey, sha256 } = await storage.put(bytes);
  const reason = answer.message;
  await recordRefusedFile(db, {
    fileName,
    reason,
    storageKey,
    sha256,
    bytes: bytes.byteLength,
    sandbox,
    now,
  });
  return REFUSED;
}

/** Under a name that no other file has. */
async function moveTo(folder: string, path: string, name: string, now: Date): Promise<void> {
  await mkdir(folder, { recursive: true });
  const mark = createHash('sha256').update(`${now.toISOString()}/${name}`).digest('hex').slice(0, 8);
  const target = join(folder, `${now.toISOString().slice(0, 10)}_${mark}_${name}`);
  await rename(path, target).catch(nullWhereGone);
}

/** Another worker was faster. */
function nullWhereGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
