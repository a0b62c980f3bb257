import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocumentActivities, type DocumentPorts } from '../../activities/documents/index.ts';
import { signingKeyOf } from '../../activities/documents/signing-key.ts';
import { verificationHash } from '../../activities/documents/verification.ts';
import { searchDocuments } from '../../db/queries/archive/search.ts';
import { compareRevisions } from '../../db/queries/certificate/compare.ts';
import { findCertificate } from '../../db/queries/certificate/records.ts';
import { findByContents, findByVerification } from '../../db/queries/certificate/verify.ts';
import { createContract } from '../../db/queries/contract/create.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { CertificateCause } from '../../domain/period/certificate-cause.ts';
import { createFileStorage, type DocumentStorage } from '../../storage/file-storage.ts';
import { storeApplication } from '../support/application.ts';
import { openTestDatabase } from '../support/workers.ts';
import { pdfText, runOnPdf, withoutSpace } from '../templates/pdf/read-pdf.ts';

const { db, close } = openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'hasso-documents-'));
const storage = createFileStorage(join(folder, 'documents'));
let ports: DocumentPorts;

beforeAll(async () => {
  await addBaseData(db);
  ports = {
    db,
    storage,
    settings: {
      operator: { name: '株式会社インターコム', address: '東京都千代田区外神田一丁目1番1号' },
      support: { channel: 'Eメール', hours: '平日 9:00〜18:00' },
    },
    signingKey: signingKeyOf({
      DOCUMENTS_DIR: folder,
      SIGNING_P12_PASSPHRASE: '',
    }),
    verification: { secret: 'a secret of the test, 32 characters', webUrl: 'https://hasso.example' },
  };
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

async function newContract(companyName = '株式会社髙﨑商事'): Promise<string> {
  const { applicationId } = await storeApplication(db, { companyName });
  const contractId = randomUUID();
  const concludedOn = civilDate('2026-11-22');
  const firstDay = civilDate('2026-12-01');
  await createContract(db, { applicationId, contractId, concludedOn, firstDay, businessAt: new Date() });
  return contractId;
}

const inputOf = (contractId: string, cause: CertificateCause | string = { kind: 'initial', ref: '' }) => ({
  contractId,
  cause,
  issuedOn: civilDate('2026-11-24'),
  period: { index: 1, from: civilDate('2026-12-01'), to: civilDate('2027-11-30') },
  cancelBy: '2027-10-20',
  businessMs: Date.UTC(2026, 10, 24, 1, 2, 3),
});

const filesIn = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

async function issued(contractId: string, cause?: CertificateCause) {
  const { certificateId } = await createDocumentActivities(ports).issueCertificate(
    inputOf(contractId, cause),
  );
  const row = await findCertificate(db, certificateId);
  if (row === null) throw new Error('no certificate');
  return { row, pdf: await storage.get(row.storageKey) };
}

/** The token as a reader of the document finds it. */
function printedToken(pdf: Uint8Array): string {
  return /hasso\.example\/verify\/([0-9a-f]{32})/.exec(withoutSpace(pdfText(pdf)))?.[1] ?? '';
}

describe('issuing a certificate', () => {
  test('the document is validly signed, and prints an address that leads to its verification', async () => {
    const { row, pdf } = await issued(await newContract());
    expect(runOnPdf(pdf, 'pdfsig', (file) => ['-nocert', file])).toContain('Signature is Valid');
    expect(await findByVerification(db, verificationHash(printedToken(pdf)))).toEqual({
      kind: 'certificate',
      status: 'current',
      number: row.number,
      revision: 1,
      issuedOn: civilDate('2026-11-24'),
      sandbox: true,
      endedOn: null,
    });
  });

  test('a worker that dies between file and record leaves no second document: the retry makes the same bytes', async () => {
    const contractId = await newContract();
    const dir = join(folder, 'dying');
    const kept = createFileStorage(dir);
    const dying: DocumentStorage = {
      ...kept,
      put: async (bytes) => {
        await kept.put(bytes);
        throw new Error('killed');
      },
    };
    const attempt = createDocumentActivities({ ...ports, storage: dying }).issueCertificate(
      inputOf(contractId),
    );
    await expect(attempt).rejects.toThrow('killed');
    const retry = await createDocumentActivities({ ...ports, storage: kept }).issueCertificate(
      inputOf(contractId),
    );
    expect(retry.revision).toBe(1);
    expect(filesIn(dir)).toBe(1);
  });

  test('attempts at the same time give one certificate, one archived document, one file', async () => {
    const contractId = await newContract('株式会社同時並行');
    const dir = join(folder, 'at-once');
    const activities = createDocumentActivities({ ...ports, storage: createFileStorage(dir) });
    const results = await Promise.all(
      Array.from({ length: 4 }, () => activities.issueCertificate(inputOf(contractId))),
    );
    expect(new Set(results.map(({ certificateId }) => certificateId)).size).toBe(1);
    expect(filesIn(dir)).toBe(1);
    const { rows } = await searchDocuments(db, { sandbox: true, counterparty: '同時並行' }, { size: 10 });
    expect(rows.map(({ number, keepThrough }) => ({ number: number.slice(-3), keepThrough }))).toEqual([
      { number: '-01', keepThrough: civilDate('2037-05-31') },
    ]);
  });

  test('a run of an earlier release that names the cause in one text gets the certificate that was issued', async () => {
    const contractId = await newContract();
    await issued(contractId);
    const { row } = await issued(contractId, { kind: 'renewal', ref: '2' });
    const activities = createDocumentActivities(ports);
    const again = await activities.issueCertificate(inputOf(contractId, 'renewal/2'));
    expect(again).toEqual({ certificateId: row.id, revision: 2 });
    await expect(activities.issueCertificate(inputOf(contractId, 'wish/2'))).rejects.toThrow('cause');
  });

  test('without a public address the certificate prints none', async () => {
    const { verification: _, ...plain } = ports;
    const contractId = await newContract();
    const { certificateId } = await createDocumentActivities(plain).issueCertificate(inputOf(contractId));
    const row = await findCertificate(db, certificateId);
    expect(row?.verificationHash).toBeNull();
    const pdf = await storage.get(row?.storageKey ?? '');
    expect(pdfText(pdf)).not.toContain('有効性');
  });
});

describe('verifying a certificate', () => {
  test('an earlier revision is superseded, and a stranger’s token is nothing', async () => {
    const contractId = await newContract();
    const first = await issued(contractId);
    const second = await issued(contractId, { kind: 'renewal', ref: '2' });
    const statusOf = async (pdf: Uint8Array) =>
      (await findByVerification(db, verificationHash(printedToken(pdf))))?.status;
    expect(await statusOf(first.pdf)).toBe('superseded');
    expect(await statusOf(second.pdf)).toBe('current');
    expect(await findByVerification(db, verificationHash(printedToken(first.pdf).toUpperCase()))).toBeNull();
  });

  test('a file is ours byte for byte, and with one bit flipped it is not', async () => {
    const { pdf, row } = await issued(await newContract());
    const { sha256 } = await storage.put(pdf);
    expect(await findByContents(db, sha256)).toMatchObject({ number: row.number, status: 'current' });
    const flipped = Buffer.from(pdf);
    flipped[100] = (flipped[100] ?? 0) ^ 1;
    expect(await findByContents(db, (await storage.put(flipped)).sha256)).toBeNull();
  });

  test('two revisions are compared by what each stated when it was issued', async () => {
    const contractId = await newContract();
    await issued(contractId);
    const later = { ...ports.settings, support: { channel: '電話', hours: ports.settings.support.hours } };
    const period = { index: 2, from: civilDate('2027-12-01'), to: civilDate('2028-11-30') };
    await createDocumentActivities({ ...ports, settings: later }).issueCertificate({
      ...inputOf(contractId, { kind: 'renewal', ref: '2' }),
      period,
    });
    expect(await compareRevisions(db, { contractId, from: 1, to: 2 })).toEqual([
      { field: 'period.from', before: civilDate('2026-12-01'), after: civilDate('2027-12-01') },
      { field: 'period.to', before: '2027-11-30', after: '2028-11-30' },
      { field: 'support.channel', before: 'Eメール', after: '電話' },
    ]);
    expect(await compareRevisions(db, { contractId, from: 1, to: 9 })).toBeNull();
  });
});
