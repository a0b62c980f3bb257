import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSealed, wholeOf, writeSealed } from './sealed-file.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Documents beside the sets, each once: encrypted under a key of its own, which lies in the key part and goes with it, and then to
 * the public key like everything else.
 */
export function backedUpDocuments(dir: string) {
  const pathOf = (sha256: string) => join(dir, 'documents', sha256.slice(0, 2), `${sha256}.age`);
  return {
    has: (sha256: string): Promise<boolean> =>
      stat(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    async write(sha256: string, bytes: Uint8Array, key: KeyObject, recipient: string): Promise<void> {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
      const sealed = Buffer.concat([iv, cipher.getAuthTag(), body]);
      await writeSealed(pathOf(sha256), Readable.from([sealed]), recipient);
    },
    /** Throws a sentence where it is not there, or damaged. */
    async read(sha256: string, key: KeyObject, identity: string): Promise<Uint8Array> {
      const path = pathOf(sha256);
      const stream = await openSealed(path, identity);
      try {
        const sealed = await wholeOf(stream);
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
        decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      } catch (error) {
        throw new Error(`${path} is damaged: its checksum does not fit.`, { cause: error });
      }
    },
    remove: (sha256: string): Promise<void> => rm(pathOf(sha256), { force: true }),
  };
}
