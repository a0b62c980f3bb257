import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archiveDocument } from '../../db/queries/archive/add.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { StaffRole } from '../../domain/desk/roles.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import type { WebDependencies, WebEnv } from '../../web/dependencies.ts';
import { Problem } from '../../web/http/problem.ts';
import { Routes } from '../../web/routes.ts';
import { archiveRoutes } from '../../web/staff/archive/routes.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'hasso-archive-pages-'));
const storage = createFileStorage(folder);
const COMPANY = '株式会社検索太郎';
const number = `P-${randomUUID()}`;
let documentId: string;

beforeAll(async () => {
  const stored = await storage.put(Buffer.from('%PDF-1.7 pages'));
  await db.transaction((tx) =>
    archiveDocument(tx, {
      kind: 'invoice',
      number,
      subjectType: 'contract',
      subjectId: randomUUID(),
      documentOn: civilDate('2033-04-01'),
      amountYen: 1_234_567,
      counterparty: COMPANY,
      storageKey: stored.key,
      sha256: stored.sha256,
      bytes: stored.bytes,
      sandbox: false,
    }),
  );
  const row = await db.query.documents.findFirst({ where: (t, { eq }) => eq(t.number, number) });
  documentId = row?.id ?? '';
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

/** The pages as a person with these roles sees them. */
function consoleOf(...roles: StaffRole[]) {
  const app = new Hono<WebEnv>();
  app.onError((error, c) => c.text(error.message, error instanceof Problem ? error.status : 500));
  app.use(async (c, next) => {
    const staff = { id: randomUUID(), name: '請求 太郎', email: 'a@hasso.example', roles, sample: true };
    c.set('signedIn', {
      staff,
      preferences: {},
      csrfToken: 'token',
      tokenHash: '',
      idleUntil: new Date(0),
      idleSeconds: 0,
      mustEnrol: false,
    });
    await next();
  });
  const config = { SESSION_SECRET: 'a secret of this test alone' };
  const deps = { db, documents: storage, config, now: () => new Date() } as WebDependencies;
  archiveRoutes(new Routes(app, deps), deps);
  return {
    get: async (path: string) => {
      const response = await app.request(path);
      return { status: response.status, text: await response.text() };
    },
    post: async (path: string, form: Record<string, string>) => {
      const response = await app.request(path, { method: 'POST', body: new URLSearchParams(form) });
      const location = response.headers.get('location') ?? '';
      return { status: response.status, text: await response.text(), location };
    },
  };
}

/** A posted search and the page that it leads to; nothing that was typed stands in its address. */
async function search(role: StaffRole, query: string) {
  const { get, post } = consoleOf(role);
  const typed = Object.fromEntries(new URLSearchParams(query));
  const { location } = await post('/staff/archive/search', { csrf: 'token', ...typed });
  for (const value of Object.values(typed)) expect(decodeURIComponent(location)).not.toContain(value);
  return get(location);
}

describe('the archive in the console', () => {
  test('finds a document by any two of date, amount and counterparty, the number masked', async () => {
    for (const query of [
      'from=2033-04-01&to=2033-04-01&counterparty=検索',
      'amountFrom=1,234,567&amountTo=１２３４５６７円&counterparty=検索太郎',
      'from=2033-01-01&amountFrom=1000000',
    ]) {
      const { status, text } = await search('billing', query);
      expect(status).toBe(200);
      expect(text).toContain(COMPANY);
      expect(text).toContain('1,234,567円');
      expect(text).not.toContain(number);
    }
    const { text } = await search('billing', 'to=2033-03-31&counterparty=検索');
    expect(text).toContain('該当するものはありません');
  });

  test('says what is wrong with a search instead of finding something else', async () => {
    const { status, text } = await search('billing', 'from=2033-02-30&amountFrom=abc');
    expect(status).toBe(422);
    expect(text).toContain('金額は0以上の整数');
    expect(text).toContain('入力内容に2件の誤りがあります');
    expect(text).not.toContain(COMPANY);
  });

  test('is closed to roles without need', async () => {
    expect((await consoleOf('support').get('/staff/archive')).status).toBe(403);
    expect((await consoleOf('support').get(`/staff/archive/${documentId}/file`)).status).toBe(403);
    expect((await consoleOf('legal').post(`/staff/archive/${documentId}`, { csrf: 'token' })).status).toBe(
      403,
    );
    expect((await consoleOf('legal').get(`/staff/archive/${documentId}`)).text).not.toContain('訂正する');
  });

  test('corrects with a reason only, and shows what stood there before', async () => {
    const { get, post } = consoleOf('billing');
    const path = `/staff/archive/${documentId}`;
    const typed = { csrf: 'token', documentOn: '2033-04-02', amountYen: '1,234,567', counterparty: COMPANY };
    expect((await post(path, { ...typed, csrf: 'other', reason: 'x' })).status).toBe(403);
    const refused = await post(path, { ...typed, reason: '' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('訂正の理由を入力してください');
    expect((await post(path, { ...typed, reason: '日付の転記誤り' })).status).toBe(303);
    const { text } = await get(path);
    for (const shown of ['2033年4月2日', '2033-04-01', '日付の転記誤り']) expect(text).toContain(shown);
  });

  test('hands the file out and records the look', async () => {
    expect((await consoleOf('billing').get(`/staff/archive/${documentId}/file`)).text).toBe('%PDF-1.7 pages');
    const looks = await db.query.auditEntries.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, documentId), eq(t.action, 'document.opened')),
    });
    expect(looks).toHaveLength(1);
    expect((await consoleOf('billing').get(`/staff/archive/${randomUUID()}`)).status).toBe(404);
  });
});
