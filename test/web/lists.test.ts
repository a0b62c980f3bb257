import { randomUUID } from 'node:crypto';
import Encoding from 'encoding-japanese';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importList } from '../../dev/import-list.ts';
import { type Browser, type Page, signedIn, startWeb, type WebTest } from './support.ts';

/** The stack is shared: nobody else imports into this list at the same time. */
const PATH = '/staff/lists/internal';
let web: WebTest;
let legal: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  legal = await signedIn(web, 'legal');
  await importList(web.db, {
    list: 'internal',
    entries: [
      { id: 'L-1', kind: 'company', name: '株式会社変更前' },
      { id: 'L-2', kind: 'company', name: '株式会社削除' },
      { id: 'L-3', kind: 'person', name: '同 じ' },
    ],
    importedBy: legal.id,
  });
});
afterAll(() => web.close());

function upload(bytes: Uint8Array<ArrayBuffer>, name = '社内リスト.csv'): FormData {
  const form = new FormData();
  form.append('csrf', legal.csrf);
  form.append('listFile', new File([bytes], name));
  return form;
}

/** Follows redirects and the pages that ask again by themselves. */
async function follow(browser: Browser, page: Page): Promise<Page & { path: string; refreshed: number }> {
  let [path, next, refreshed] = [page.location ?? '', page, 0];
  for (;;) {
    next = await browser.get(path);
    if (next.location !== null) path = next.location;
    else if (next.headers.get('refresh') !== null && next.title.includes('読み込んでいます')) refreshed += 1;
    else return { ...next, path, refreshed };
  }
}

const CSV = [
  '管理番号,種別,名称,備考',
  'L-1,法人,株式会社変更後,',
  'L-3,個人,同 じ,',
  'L-4,法人,株式会社追加,',
  'L-5,団体員,株式会社不正,',
  'L-6,法人,株式会社番号,1234 5678 9018',
].join('\r\n');

test('a Shift_JIS file is previewed, taken as a new version and its re-screening started, with who and when', async () => {
  const bytes = Uint8Array.from(
    Encoding.convert(Encoding.stringToCode(CSV), { to: 'SJIS', from: 'UNICODE' }),
  );
  const preview = await follow(legal.browser, await legal.browser.post(`${PATH}/import`, upload(bytes)));
  expect(preview.html).toContain('Shift_JIS');
  for (const [label, count] of [
    ['追加', 1],
    ['変更', 1],
    ['削除', 1],
    ['変更なし', 1],
    ['取り込めない行', 2],
  ]) {
    expect(preview.html).toMatch(new RegExp(`<dt>${label}</dt><dd>${count}件</dd>`));
  }
  expect(preview.html).toMatch(/5行目.*種別は/);
  expect(preview.html).toMatch(/6行目.*個人番号/);
  expect(preview.html).not.toContain('9018');
  expect(preview.html).toContain('株式会社変更前');
  const taken = await legal.browser.post(`${preview.path}/take`, { csrf: legal.csrf });
  expect(taken.location).toBe(`${PATH}/rescreening`);
  const { version } = web.screening.started.at(-1) ?? {};
  expect(web.screening.started.at(-1)).toMatchObject({ list: 'internal', startedBy: legal.id });
  const page = await legal.browser.get(PATH);
  expect(page.html).toMatch(new RegExp(`第${version}版 <span class="badge badge-good">現在の版`));
  expect(page.html).toContain('legal 太郎');
  expect(page.html).toContain('追加 1・変更 1・削除 1・取り込めない行 2');
  expect((await legal.browser.get(preview.path)).html).toContain('取り込み済み');
});

test('going back to an earlier version needs a reason, which stays in the record', async () => {
  const page = await legal.browser.get(PATH);
  const path = new RegExp(`${PATH}/versions/\\d+/rollback`).exec(page.html)?.[0] ?? '';
  const without = await legal.browser.post(path, { csrf: legal.csrf, reason: ' ' });
  expect(without.status).toBe(422);
  expect(without.title).toMatch(/^エラー：/);
  const reason = `取り違え ${randomUUID()}`;
  const back = await legal.browser.post(path, { csrf: legal.csrf, reason });
  expect(back.location).toBe(`${PATH}/rescreening`);
  expect((await legal.browser.get(PATH)).html).toContain(reason);
  expect(String(web.screening.started.at(-1)?.version)).toBe(/\d+/.exec(path)?.[0]);
});

test.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
  ['no list at all', Uint8Array.from(Buffer.from('a,b\n1,2')), /見出しに/],
  [
    'a picture',
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255]),
    /文字コード|見出し/,
  ],
])('%s is told in words and changes nothing', async (_, bytes, message) => {
  const page = await follow(legal.browser, await legal.browser.post(`${PATH}/import`, upload(bytes)));
  expect(page.status).toBe(422);
  expect(page.html).toMatch(message);
});

test('100,000 rows are read in the background, the page shows how far, and all of it takes under 30 seconds', async () => {
  const rows = Array.from({ length: 100_000 }, (_, row) => `N-${row},法人,株式会社第${row}号`);
  const bytes = Uint8Array.from(Buffer.from(['id,種別,名称', ...rows].join('\n')));
  const begunMs = performance.now();
  const preview = await follow(legal.browser, await legal.browser.post(`${PATH}/import`, upload(bytes)));
  expect(preview.refreshed).toBeGreaterThan(0);
  expect(preview.html).toContain('100,000件を取り込む');
  expect(performance.now() - begunMs).toBeLessThan(30_000);
});

test('only legal and admin see the lists', async () => {
  const reviewer = await signedIn(web, 'reviewer');
  expect((await reviewer.browser.get('/staff')).html).not.toContain('/staff/lists');
  for (const path of ['/staff/lists', PATH, `${PATH}/rescreening`]) {
    expect((await reviewer.browser.get(path)).status).toBe(403);
  }
  const form = upload(Uint8Array.from(Buffer.from(CSV)));
  form.set('csrf', reviewer.csrf);
  expect((await reviewer.browser.post(`${PATH}/import`, form)).status).toBe(403);
});
