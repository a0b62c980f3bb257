import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentSigningKey, loadSigningKey } from '../../../activities/documents/signing-key.ts';
import { certificatePayload } from '../../../dev/specimens.ts';
import { renderCertificate } from '../../../templates/certificate.ts';
import { signDocument } from '../../../templates/pdf/signature.ts';
import type { SigningKey } from '../../../templates/pdf/signature-cms.ts';
import { pdfInfo, pdfText, runOnPdf } from './read-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasso-signing-'));
const path = join(folder, 'signing', 'development.p12');
const details = { signedAtMs: Date.UTC(2026, 10, 24, 1, 2, 3), reason: 'Hasso 契約証書の発行' };
let key: SigningKey;
let unsigned: Uint8Array;
let signed: Uint8Array;

beforeAll(async () => {
  key = await developmentSigningKey(path, new Date());
  unsigned = await renderCertificate(certificatePayload());
  signed = await signDocument(unsigned, key, details);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** `-nocert`: whether the signer is somebody's trusted one is a matter of that reader. */
const verdict = (pdf: Uint8Array) => runOnPdf(pdf, 'pdfsig', (file) => ['-nocert', file]);

describe('the signature of a document', () => {
  it('is a valid PAdES signature over the whole file in the eyes of another program', () => {
    const said = verdict(signed);
    expect(said).toContain('Signature is Valid');
    expect(said).toContain('ETSI.CAdES.detached');
    expect(said).toContain('SHA-256');
    expect(said).toContain('Total document signed');
  });

  it('tells a single flipped bit, wherever it is', () => {
    for (const place of [
      2_000,
      Math.floor(unsigned.length / 2),
      unsigned.length - 500,
      signed.length - 300,
    ]) {
      const flipped = Buffer.from(signed);
      flipped[place] = (flipped[place] ?? 0) ^ 1;
      expect(verdict(flipped), `byte ${place}`).not.toContain('Signature is Valid');
    }
  });

  it('leaves the unsigned bytes, the text and the metadata as they were, and the file sound', () => {
    expect(Buffer.from(signed.subarray(0, unsigned.length)).equals(Buffer.from(unsigned))).toBe(true);
    expect(pdfText(signed)).toBe(pdfText(unsigned));
    expect(pdfInfo(signed).get('Title')).toBe(pdfInfo(unsigned).get('Title'));
    expect(pdfInfo(signed).get('Tagged')).toBe('yes');
    const check = runOnPdf(signed, 'qpdf', (file) => ['--check', file]);
    expect(check).toContain('No syntax or stream encoding errors');
  });

  it('is the same, byte for byte, when a retry signs the same document again', async () => {
    const again = await signDocument(await renderCertificate(certificatePayload()), key, details);
    expect(Buffer.from(again).equals(Buffer.from(signed))).toBe(true);
  });

  it('says in its subject that a self-made key has no effect, and is made once however many ask', async () => {
    expect(verdict(signed)).toContain('開発用の自己署名証明書（効力なし）');
    const another = join(folder, 'at-once', 'development.p12');
    const keys = await Promise.all(
      Array.from({ length: 3 }, () => developmentSigningKey(another, new Date())),
    );
    const certificates = keys.map(({ certificates: [own] }) => Buffer.from(own ?? []).toString('hex'));
    expect(new Set(certificates).size).toBe(1);
  });

  it('takes an operator’s PKCS#12 as OpenSSL makes it, with the certificates of its issuers', async () => {
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    const request = ['req', '-newkey', 'rsa:2048', '-nodes'];
    openssl(...request, '-x509', '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test CA');
    openssl(...request, '-keyout', 'own.key', '-out', 'own.csr', '-subj', '/CN=Operator/O=Test');
    openssl(
      'x509',
      '-req',
      '-in',
      'own.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      'own.pem',
    );
    const parts = ['-inkey', 'own.key', '-in', 'own.pem', '-certfile', 'ca.pem', '-passout', 'pass:secret'];
    openssl('pkcs12', '-export', ...parts, '-out', 'own.p12');
    const own = await loadSigningKey(join(folder, 'own.p12'), 'secret');
    expect(own.commonName).toBe('Operator');
    expect(own.certificates).toHaveLength(2);
    expect(verdict(await signDocument(unsigned, own, details))).toContain('Signature is Valid');
    const failed = loadSigningKey(join(folder, 'own.p12'), 'wrong');
    await expect(failed).rejects.toThrow(/own\.p12 cannot be used/);
    await expect(failed).rejects.not.toThrow(/wrong/);
  });

  it('is refused for a file that it cannot read or that is signed already', async () => {
    await expect(signDocument(signed, key, details)).rejects.toThrow('cannot be signed');
    await expect(signDocument(Buffer.from('no document'), key, details)).rejects.toThrow('cannot be signed');
  });

  it('keeps the key’s file to its owner', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
