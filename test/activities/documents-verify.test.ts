import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verificationHash, verificationToken } from '../../activities/documents/verification.ts';
import { archiveDocument } from '../../db/queries/archive/add.ts';
import { storeCertificate } from '../../db/queries/certificate/records.ts';
import { createContract } from '../../db/queries/contract/create.ts';
import { openDeletion } from '../../db/queries/deletion/open.ts';
import { contracts, deletions } from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { defaultLimits, type WebDependencies, type WebEnv } from '../../web/dependencies.ts';
import { Problem } from '../../web/http/problem.ts';
import { verifyRoutes } from '../../web/public/verify-routes.tsx';
import { Routes } from '../../web/routes.ts';
import { storeApplication } from '../support/application.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
const COMPANY = '株式会社秘匿商事';
const secret = randomUUID();
let contractId: string;

const app = new Hono<WebEnv>();
app.onError((error, c) => (error instanceof Problem ? c.text(error.heading, error.status) : c.text('', 500)));

beforeAll(async () => {
  await addBaseData(db);
  const limits = { ...defaultLimits('production'), submitsPerClient: 7 };
  // The pages use the database, the limits and whom they count, and nothing else.
  const config = { SESSION_SECRET: secret, TRUSTED_PROXIES: '' };
  const deps = { db, limits, config } as WebDependencies;
  verifyRoutes(new Routes(app, deps), deps);
  const { applicationId } = await storeApplication(db, { companyName: COMPANY });
  contractId = randomUUID();
  const [concludedOn, firstDay] = [civilDate('2026-11-22'), civilDate('2026-12-01')];
  await createContract(db, { applicationId, contractId, concludedOn, firstDay, businessAt: new Date() });
});

afterAll(close);

const bytesOf = (revision: number, id = contractId) => Buffer.from(`%PDF-1.7 ${id} ${revision}`);
const tokenOf = (revision: number, id = contractId) => verificationToken(secret, id, `renewal/${revision}`);

async function issue(revision: number, id = contractId) {
  const bytes = bytesOf(revision, id);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return storeCertificate(
    db,
    {
      contractId: id,
      causeKind: 'renewal' as const,
      causeRef: `${revision}`,
      revision,
      number: `HS-${id.slice(0, 6)}-0${revision}`,
      issuedOn: civilDate('2026-11-24'),
      periodFrom: civilDate('2026-12-01'),
      periodTo: civilDate('2027-11-30'),
      storageKey: `sha256/${sha256.slice(0, 2)}/${sha256}`,
      sha256,
      bytes: bytes.length,
      payload: '{}',
      verificationHash: verificationHash(tokenOf(revision, id)),
    },
    new Date(),
  );
}

const page = async (path: string) => {
  const response = await app.request(path);
  return { status: response.status, text: await response.text(), headers: response.headers };
};

async function upload(contents: Uint8Array<ArrayBuffer> | null) {
  const body = new FormData();
  if (contents !== null) body.set('certificate', new File([contents], 'certificate.pdf'));
  const response = await app.request('/verify', { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

describe('the public verification page', () => {
  test('of a contract that is over says since when, and after the deletion nothing else', async () => {
    const { applicationId } = await storeApplication(db, { companyName: COMPANY });
    const over = randomUUID();
    const [concludedOn, firstDay] = [civilDate('2026-11-22'), civilDate('2026-12-01')];
    await createContract(db, {
      ...{ applicationId, contractId: over, concludedOn, firstDay, businessAt: new Date() },
    });
    const row = await issue(1, over);
    await db
      .update(contracts)
      .set({ status: 'ended', endsOn: civilDate('2027-03-31') })
      .where(eq(contracts.id, over));
    const path = `/verify/${tokenOf(1, over)}`;
    const ended = await page(path);
    expect(ended.text).toContain('契約終了');
    expect(ended.text).toContain('2027年3月31日');
    expect(ended.text).toContain(row.number.slice(-2));
    expect(ended.text).not.toContain('>有効<');
    await openDeletion(db, { contractId: over, businessAt: new Date() });
    await db
      .update(deletions)
      .set({ deletedOn: civilDate('2027-05-01') })
      .where(eq(deletions.contractId, over));
    const deleted = await page(path);
    expect(deleted.text).toContain('2027年3月31日');
    expect(deleted.text).not.toContain(row.number.slice(-2));
    expect(deleted.text).not.toContain('第1版');
    expect(deleted.text).not.toContain('発行日');
    expect((await upload(bytesOf(1, over))).text).toContain('2027年3月31日');
  });

  test('tells valid and superseded for the very revision, and nothing confidential', async () => {
    await issue(1);
    expect((await page(`/verify/${tokenOf(1)}`)).text).toContain('>有効<');
    const second = await issue(2);
    expect((await page(`/verify/${tokenOf(1)}`)).text).toContain('>失効（差替済み）<');
    const valid = await page(`/verify/${tokenOf(2)}`);
    expect(valid.text).toContain('>有効<');
    expect(valid.text).toContain('第2版');
    for (const confidential of [COMPANY, contractId, second.number, second.sha256]) {
      expect(valid.text).not.toContain(confidential);
    }
    expect(valid.headers.get('cache-control')).toBe('no-store');
    expect(valid.headers.get('x-robots-tag')).toBe('noindex');
  });

  test('tells a proof of deletion that is ours by its address and its file, without name and number', async () => {
    const bytes = Buffer.from(`%PDF-1.7 proof ${contractId}`);
    const token = verificationToken(secret, contractId, 'deletion');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const number = `D-${contractId}`;
    await db.transaction((tx) =>
      archiveDocument(tx, {
        kind: 'deletionProof',
        number,
        subjectType: 'contract',
        subjectId: contractId,
        documentOn: civilDate('2026-11-24'),
        amountYen: null,
        counterparty: COMPANY,
        storageKey: `sha256/${sha256.slice(0, 2)}/${sha256}`,
        sha256,
        bytes: bytes.length,
        verificationHash: verificationHash(token),
        sandbox: false,
      }),
    );
    const shown = await page(`/verify/${token}`);
    const uploaded = await upload(Uint8Array.from(bytes));
    for (const { status, text } of [shown, uploaded]) {
      expect(status).toBe(200);
      expect(text).toContain('このデータ削除証明書は、当社が発行したものです。');
      for (const confidential of [COMPANY, contractId, number]) expect(text).not.toContain(confidential);
    }
  });

  test('tells nothing to whoever guesses', async () => {
    for (const guess of ['x', `${tokenOf(1).slice(0, -1)}_`, verificationHash(tokenOf(1))]) {
      const { status, text } = await page(`/verify/${guess}`);
      expect(status).toBe(404);
      expect(text).toBe('書類を確認できません');
    }
  });

  test('tells a file that is ours byte for byte from one with a flipped bit, and limits how often one may ask', async () => {
    const flipped = bytesOf(1);
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    expect((await upload(Uint8Array.from(bytesOf(1)))).text).toContain('1バイトも違いません');
    expect((await upload(Uint8Array.from(flipped))).text).toContain('一致しません');
    expect((await upload(null)).status).toBe(422);
    // Which of those that come together is one too many, nobody promises.
    const more = await Promise.all(Array.from({ length: 3 }, () => upload(Uint8Array.from(bytesOf(1)))));
    expect(more.map(({ status }) => status).toSorted()).toEqual([200, 200, 429]);
  });
});
