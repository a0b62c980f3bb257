import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Decrypter, Encrypter } from 'age-encryption';

/** A file as it lies in the backup. */
export interface SealedFile {
  /** Hex digest of the encrypted bytes. */
  sha256: string;
  bytes: number;
}

/** Encrypts a stream to a public key (age1…) into a file, which appears when it is whole and on the disk. */
export async function writeSealed(path: string, source: Readable, recipient: string): Promise<SealedFile> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  await mkdir(dirname(path), { recursive: true });
  const sealed = await encrypter.encrypt(Readable.toWeb(source));
  const digest = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      digest.update(chunk);
      bytes += chunk.byteLength;
      done(null, chunk);
    },
  });
  const half = `${path}.new`;
  await pipeline(Readable.fromWeb(sealed), counted, createWriteStream(half, { mode: 0o600, flush: true }));
  await rename(half, path);
  return { sha256: digest.digest('hex'), bytes };
}

/** What is in a file, for whoever has the private key. Throws a sentence where it is another key's. */
export async function openSealed(path: string, identity: string): Promise<Readable> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return Readable.fromWeb(await decrypter.decrypt(Readable.toWeb(createReadStream(path))));
  } catch (error) {
    const other = error instanceof Error && error.message.startsWith('no identity matched');
    throw new Error(
      other
        ? 'This private key does not open the backup: it was made for another one.'
        : `${path} is damaged.`,
      { cause: error },
    );
  }
}

/** Throws a sentence where a file is not what the manifest says. */
export async function requireIntact(path: string, { sha256, bytes }: SealedFile): Promise<void> {
  const digest = createHash('sha256');
  let length = 0;
  try {
    for await (const chunk of createReadStream(path)) {
      digest.update(chunk);
      length += chunk.length;
    }
  } catch (error) {
    throw new Error(`${path} of the backup cannot be read.`, { cause: error });
  }
  if (length !== bytes || digest.digest('hex') !== sha256) {
    throw new Error(`${path} is damaged: its checksum is not that of the manifest. Nothing was restored.`);
  }
}

/** All of a stream. */
export async function wholeOf(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray());
}
