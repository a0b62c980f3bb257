import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { developmentSigningKey } from '../../activities/documents/signing-key.ts';
import {
  certificatePayload,
  deletionProofPayload,
  invoicePayload,
  LONG_CUSTOMER,
  manyItems,
  phoneNumbers,
  receiptPayload,
} from '../../dev/specimens.ts';
import { ensureVeraPdf, FLAVOURS, type Flavour, validatePdfs } from '../../dev/verapdf.ts';
import { renderCertificate } from '../../templates/certificate.ts';
import { renderDeletionProof } from '../../templates/deletion-proof.ts';
import { renderInvoice } from '../../templates/invoice.ts';
import { signDocument } from '../../templates/pdf/signature.ts';
import { renderReceipt } from '../../templates/receipt.ts';

const seal = new URL('../data/seal.png', import.meta.url).pathname;
const plain = certificatePayload();
const operator = { ...plain.operator, sealImagePath: seal };

/** One of each sort. */
const SPECIMENS: Record<string, () => Promise<Uint8Array>> = {
  certificate: () => renderCertificate(plain),
  'certificate, signed': () => signed(renderCertificate(plain)),
  'certificate with a seal and a long name': () =>
    signed(renderCertificate(certificatePayload({ operator, customer: LONG_CUSTOMER }))),
  'certificate with 50 numbers': () =>
    signed(renderCertificate(certificatePayload({ phoneNumbers: phoneNumbers(50) }))),
  'certificate over many pages': () =>
    signed(renderCertificate(certificatePayload({ phoneNumbers: phoneNumbers(300) }))),
  'certificate of the test environment': () =>
    signed(renderCertificate(certificatePayload({ sandbox: true }))),
  'certificate as a sample': () => renderCertificate(certificatePayload({ sample: true })),
  'certificate with variants and a second font': () =>
    signed(renderCertificate(certificatePayload({ plan: '葛\u{E0100}飾プラン 简体' }))),
  'proof of deletion, signed': () => signed(renderDeletionProof(deletionProofPayload())),
  'proof of deletion that keeps nothing, of the test environment': () =>
    renderDeletionProof(deletionProofPayload({ kept: [], sandbox: true })),
  'invoice, signed, with a seal': () => {
    const payload = invoicePayload();
    return signed(renderInvoice({ ...payload, operator: { ...payload.operator, sealImagePath: seal } }));
  },
  'receipt, signed, with a seal': () => {
    const payload = receiptPayload();
    return signed(renderReceipt({ ...payload, operator: { ...payload.operator, sealImagePath: seal } }));
  },
  'receipt that is issued again, of the test environment': () =>
    renderReceipt(
      receiptPayload({
        ...{ replaces: 'RCP-2026-000003', sandbox: true },
        recipient: { name: LONG_CUSTOMER.name, address: LONG_CUSTOMER.address },
      }),
    ),
  'correcting invoice of 100 items of the test environment': () =>
    renderInvoice(
      invoicePayload({
        items: manyItems(100),
        corrects: { invoiceNumber: 'INV-2026-001200', issuedOn: '2026-11-01' },
        sandbox: true,
      }),
    ),
};

const folder = mkdtempSync(join(tmpdir(), 'hasso-verapdf-'));
const fileOf = (index: number) => join(folder, `${index}.pdf`);
const said: Record<Flavour, Record<string, string>> = { '2a': {}, ua1: {} };

async function signed(pdf: Promise<Uint8Array>): Promise<Uint8Array> {
  const key = await developmentSigningKey(join(folder, 'development.p12'), new Date());
  return signDocument(await pdf, key, { signedAtMs: Date.UTC(2026, 10, 24), reason: '発行' });
}

beforeAll(async () => {
  const jar = await ensureVeraPdf();
  const specimens = Object.values(SPECIMENS);
  const broken = fileOf(specimens.length);
  for (const [index, draw] of specimens.entries()) writeFileSync(fileOf(index), await draw());
  const whole = Buffer.from(await renderCertificate(plain));
  writeFileSync(
    broken,
    Buffer.from(whole.toString('latin1').replace('/Marked true', '/Marked null'), 'latin1'),
  );
  for (const flavour of FLAVOURS) {
    said[flavour] = await validatePdfs(jar, flavour, [...specimens.map((_, index) => fileOf(index)), broken]);
  }
}, 900_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(FLAVOURS)('veraPDF finds nothing against PDF/%s in the', (flavour) => {
  test.each(Object.keys(SPECIMENS).map((name, index) => [name, index] as const))('%s', (_, index) => {
    expect(said[flavour][fileOf(index)]).toBe('');
  });

  test('and does find what is wrong with a file that is not tagged', () => {
    expect(said[flavour][fileOf(Object.keys(SPECIMENS).length)]).toContain('FAIL');
  });
});
