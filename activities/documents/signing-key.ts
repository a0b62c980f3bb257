import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import forge from 'node-forge';
import { readSigningKey, type SigningKey } from '../../templates/pdf/signature-cms.ts';

/** Not a secret: what it protects has no effect. */
const DEVELOPMENT_PASSPHRASE = 'development';
const DEVELOPMENT_NAME = 'Hasso 開発用の自己署名証明書（効力なし）';
const YEARS = 10;

export interface SigningSettings {
  DOCUMENTS_DIR: string;
  /** Always there in production (config.ts). */
  SIGNING_P12?: string | undefined;
  SIGNING_P12_PASSPHRASE: string;
}

/** The key by setting, read once when it is first asked for: the operator's, or in development a self-made one. */
export function signingKeyOf(settings: SigningSettings): () => Promise<SigningKey> {
  const { DOCUMENTS_DIR: dir, SIGNING_P12: path, SIGNING_P12_PASSPHRASE: passphrase } = settings;
  let key: Promise<SigningKey> | undefined;
  return () => {
    key ??=
      path === undefined
        ? developmentSigningKey(join(dir, 'signing', 'development.p12'), new Date())
        : loadSigningKey(path, passphrase);
    return key;
  };
}

/** The operator's key from a PKCS#12 file. Throws a sentence that names the file, never the passphrase. */
export async function loadSigningKey(path: string, passphrase: string): Promise<SigningKey> {
  try {
    return readSigningKey(await readFile(path), passphrase);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'EACCES'
        ? `user ${process.getuid?.()} may not read it (chown ${process.getuid?.()}, chmod 400)`
        : messageOf(error);
    throw new Error(`The signing key in ${path} cannot be used: ${why}`, { cause: error });
  }
}

/**
 * The self-made key of a development stack, whose subject says that it has no effect. Made at the first call; processes that start
 * together end up with the same one.
 */
export async function developmentSigningKey(path: string, now: Date): Promise<SigningKey> {
  const existing = await readFile(path).catch(() => null);
  if (existing === null) {
    await mkdir(dirname(path), { recursive: true });
    const own = `${path}.${randomUUID()}`;
    await writeFile(own, selfSigned(now), { mode: 0o600 });
    // The first one stays: a link fails where the name is taken.
    await link(own, path).catch(ignoreExisting);
    await rm(own);
  }
  return loadSigningKey(path, DEVELOPMENT_PASSPHRASE);
}

function selfSigned(now: Date): Buffer {
  const { pki } = forge;
  // node:crypto makes the key: in JavaScript alone it takes seconds.
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const privateKey = pki.privateKeyFromPem(pair.privateKey);
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(pair.publicKey);
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(15))}`;
  certificate.validity.notBefore = now;
  certificate.validity.notAfter = new Date(now.getTime() + YEARS * 365 * 86_400_000);
  // The type declarations take the string's type for a class of ASN.1.
  const utf8 = forge.asn1.Type.UTF8 as number as forge.asn1.Class;
  const subject = [{ name: 'commonName', value: DEVELOPMENT_NAME, valueTagClass: utf8 }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, nonRepudiation: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(privateKey, forge.md.sha256.create());
  const store = forge.pkcs12.toPkcs12Asn1(privateKey, certificate, DEVELOPMENT_PASSPHRASE, {
    algorithm: 'aes256',
  });
  return Buffer.from(forge.asn1.toDer(store).getBytes(), 'latin1');
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
