import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNotice } from '../../db/queries/notice/create.ts';
import { notices } from '../../db/schema/index.ts';
import { Browser, startWeb, type WebTest } from './support.ts';

let development: WebTest;
let production: WebTest;
beforeAll(async () => {
  development = await startWeb();
  production = await startWeb({ config: { HASSO_MODE: 'production' } });
});
afterAll(async () => {
  await development.close();
  await production.close();
});

async function notice(changes: { sandbox?: boolean; postedAt?: Date | null; postOnWeb?: boolean } = {}) {
  const { sandbox = false, postedAt = new Date(), postOnWeb = true } = changes;
  const { db } = development;
  const word = randomUUID().slice(0, 8);
  const id = await createNotice(db, {
    creationKey: randomUUID(),
    title: `お知らせ${word}`,
    noticeClass: 'contractual',
    subjectLine: '件名',
    body: `{{会社名}} 様 内緒${word}`,
    postingText: `本文${word} <b>&`,
    audience: 'contracts',
    planCode: null,
    byMail: true,
    postOnWeb,
    sandbox,
    createdBy: randomUUID(),
  });
  await db.update(notices).set({ postedAt }).where(eq(notices.id, id));
  return { id, word };
}

const read = (web: WebTest, path: string) => new Browser(web.app).get(path);

test('a posted notice has a permanent address with its time and its own text, never what a mail says', async () => {
  const { id, word } = await notice({ postedAt: new Date('2026-11-22T03:04:05Z') });
  const page = await read(production, `/notices/${id}`);
  expect(page.status).toBe(200);
  expect(page.html).toContain(`本文${word} &lt;b&gt;&amp;`);
  expect(page.html).toContain('2026年11月22日 12:04');
  expect(page.html).not.toContain('内緒');
});

test('what is not posted, or by mail alone, is not public', async () => {
  for (const { id, word } of [await notice({ postedAt: null }), await notice({ postOnWeb: false })]) {
    expect((await read(production, `/notices/${id}`)).status).toBe(404);
    expect((await read(production, '/notices')).html).not.toContain(word);
  }
  expect((await read(production, '/notices/none')).status).toBe(404);
});

test('a sandbox notice is never public in production; in development it is marked', async () => {
  const { id, word } = await notice({ sandbox: true });
  expect((await read(production, `/notices/${id}`)).status).toBe(404);
  expect((await read(production, '/notices')).html).not.toContain(word);
  expect((await read(production, '/notices/feed.xml')).html).not.toContain(word);
  const page = await read(development, `/notices/${id}`);
  expect(page.html).toContain('テスト環境');
  expect((await read(development, '/notices')).html).toContain('テスト環境');
});

test('the feed is Atom that a parser reads, with permanent ids, the newest first', async () => {
  const older = await notice({ postedAt: new Date(Date.now() + 3_600_000) });
  const newer = await notice({ postedAt: new Date(Date.now() + 7_200_000) });
  const page = await read(production, '/notices/feed.xml');
  expect(page.headers.get('content-type')).toMatch(/^application\/atom\+xml/);
  const { feed } = new XMLParser({ ignoreAttributes: false }).parse(page.html) as {
    feed: { id: string; entry: { id: string; title: { '#text': string }; summary: { '#text': string } }[] };
  };
  const at = ({ id }: { id: string }) => feed.entry.findIndex((entry) => entry.id.endsWith(id));
  expect(at(newer)).toBeGreaterThanOrEqual(0);
  expect(at(newer)).toBeLessThan(at(older));
  expect(JSON.stringify(feed.entry[at(newer)])).toContain(`本文${newer.word} <b>&`);
  expect((await read(production, '/notices')).html).toContain('type="application/atom+xml"');
});

test('many notices are paged', async () => {
  for (let index = 0; index < 21; index += 1) await notice();
  expect((await read(production, '/notices')).html).toContain('次のページ');
  expect((await read(production, '/notices?page=2')).html).toContain('前のページ');
});
