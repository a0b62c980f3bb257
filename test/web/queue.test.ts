import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tasks } from '../../db/schema/index.ts';
import { addHit, inApproval, inReview } from './cases.ts';
import { Browser, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

/** A name that no other test uses. */
const unique = () => `株式会社${Math.random().toString(36).slice(2)}`;

describe('the task queue', () => {
  test('1: holds only what I may decide, and counts it in the title', async () => {
    const [mine, entered] = [unique(), unique()];
    const both = await signedIn(web, 'reviewer', 'approver');
    await inReview(web, { companyName: mine });
    await inReview(web, { companyName: entered }, both.id);
    const reviewed = await inApproval(web, both.id);
    const page = await both.browser.get('/staff');
    expect(page.title).toMatch(/担当タスク（\d+件）/);
    const all = await allPages(both.browser);
    expect(all).toContain(mine);
    expect(all).not.toContain(entered);
    expect(all).not.toContain(reviewed.applicationId);
    const approver = await signedIn(web, 'approver');
    const theirs = await allPages(approver.browser);
    expect(theirs).not.toContain(mine);
    expect(theirs).toContain(reviewed.applicationId);
    const support = await signedIn(web, 'support');
    expect((await support.browser.get('/staff')).title).toContain('（0件）');
  });

  test('5: gives two people who press 次の案件 different cases', async () => {
    await inReview(web);
    await inReview(web);
    const [a, b] = [await signedIn(web, 'reviewer'), await signedIn(web, 'reviewer')];
    const [first, second] = await Promise.all(
      [a, b].map(({ browser, csrf }) => browser.post('/staff/tasks/next', { csrf })),
    );
    expect(first?.location).toMatch(/^\/staff\/applications\//);
    expect(second?.location).not.toBe(first?.location);
  });

  test('5: lets one claim, shows the others who has it, and takes it back', async () => {
    const name = unique();
    const found = await inReview(web, { companyName: name });
    const [a, b] = [await signedIn(web, 'reviewer'), await signedIn(web, 'reviewer')];
    const claim = `/staff/tasks/${found.taskId}/claim`;
    const release = `/staff/tasks/${found.taskId}/release`;
    expect((await a.browser.post(claim, { csrf: 'wrong' })).status).toBe(403);
    expect((await a.browser.post(claim, { csrf: a.csrf })).location).toBe(found.path);
    expect((await a.browser.get('/staff?view=mine')).html).toContain(name);
    expect((await b.browser.post(claim, { csrf: b.csrf })).status).toBe(409);
    expect((await b.browser.get(found.path)).html).toContain('さんが担当中です');
    expect((await b.browser.post(release, { csrf: b.csrf })).status).toBe(409);
    expect((await a.browser.post(release, { csrf: a.csrf })).location).toBe('/staff?done=released');
    expect((await b.browser.post(claim, { csrf: b.csrf })).status).toBe(303);
    const approver = await signedIn(web, 'approver');
    expect((await approver.browser.post(claim, { csrf: approver.csrf })).status).toBe(409);
  });

  test('4: tells on a Friday at 17:55 that what is due on Monday has one business day left, and how late the rest is', async () => {
    const [soon, late] = [unique(), unique()];
    const { browser } = await signedIn(web, 'reviewer');
    for (const [name, dueAt] of [
      [soon, new Date('2036-11-10T23:59:59+09:00')],
      [late, new Date('2036-11-05T23:59:59+09:00')],
    ] as const) {
      const { taskId } = await inReview(web, { companyName: name });
      await web.db.update(tasks).set({ dueAt }).where(eq(tasks.id, taskId));
    }
    web.clock.now = new Date('2036-11-07T17:55:00+09:00');
    const later = await signedIn(web, 'reviewer');
    const html = await allPages(later.browser);
    web.clock.now = null;
    expect(rowOf(html, soon)).toContain('残り9時間');
    expect(rowOf(html, soon)).toContain('11月10日（月） 23:59 まで');
    expect(rowOf(html, late)).toContain('超過');
    expect(html.indexOf(late)).toBeLessThan(html.indexOf(soon));
    expect((await browser.get('/staff')).status).toBe(200);
  });

  test('2: keeps view, kind and order in the address, and offers only kinds that have work, with their numbers', async () => {
    const name = unique();
    const { browser, id } = await signedIn(web, 'reviewer');
    const { taskId } = await inReview(web, { companyName: name });
    await web.db.update(tasks).set({ claimedBy: id }).where(eq(tasks.id, taskId));
    const newest = await browser.get('/staff?view=mine&kind=review&sort=newest');
    expect(newest.html).toContain(name);
    expect(newest.html).toMatch(
      /aria-sort="descending"><a href="\/staff\?view=mine&amp;kind=review&amp;sort=oldest"/,
    );
    expect(newest.html).toMatch(/申込の審査 1件/);
    expect(newest.html).not.toMatch(/申込の承認 \d+件/);
  });

  test('3: a view is there again after a new sign-in, and its address says which', async () => {
    const first = await signedIn(web, 'reviewer');
    await first.browser.get('/staff?view=today&sort=oldest');
    const again = new Browser(web.app);
    const form = await again.get('/staff/sign-in');
    await again.post('/staff/sign-in', {
      ...{ formToken: fieldValue(form, 'formToken'), email: first.email, password: first.password },
    });
    const found = await again.get('/staff');
    expect(found.location).toBe('/staff?view=today&sort=oldest');
    const page = await again.get(found.location ?? '');
    expect(page.html).toMatch(/aria-current="true">本日期限 \d+</);
    await again.get('/staff?view=all');
    expect((await again.get('/staff')).status).toBe(200);
  });

  test('each row says what was found, who did the last step and whose turn it is', async () => {
    const name = unique();
    const enterer = await signedIn(web, 'operations');
    const found = await inReview(web, { companyName: name }, enterer.id);
    await addHit(web, found.applicationId);
    const reviewer = await signedIn(web, 'reviewer');
    const row = rowOf(await allPages(reviewer.browser), name);
    expect(row).toContain('一致 1件');
    expect(row).toContain('operations 太郎（入力） → <b>審査担当</b>');
    await reviewer.browser.post(`/staff/tasks/${found.taskId}/claim`, { csrf: reviewer.csrf });
    expect(rowOf(await allPages(reviewer.browser), name)).toContain('→ <b>reviewer 太郎</b>');
  });

  test('24: who keeps the system going sees in one line whether procedures do what the records say; nobody else does', async () => {
    const admin = await signedIn(web, 'admin');
    const { html } = await admin.browser.get('/staff');
    expect(html).toMatch(/手続きに異常はありません|記録と違う状態の手続きが\d+件|応答のない操作が\d+件/);
    expect(html).toMatch(/href="\/staff\/reconciliation">(記録の照合を見る|対象と原因を見る)/);
    const reviewer = await signedIn(web, 'reviewer');
    expect((await reviewer.browser.get('/staff')).html).not.toContain('/staff/reconciliation');
  });

  test('the refresh of an open page neither keeps an idle session alive nor leads to the sign-in page', async () => {
    const { browser, id } = await signedIn(web, 'reviewer');
    const seen = async () =>
      (await web.db.query.sessions.findFirst({ where: (t, { eq }) => eq(t.staffId, id) }))?.lastSeenAt;
    const before = await seen();
    browser.headers['x-refresh'] = '1';
    web.clock.now = new Date(Date.now() + 20 * 60_000);
    expect((await browser.get('/staff?view=all')).status).toBe(200);
    expect(await seen()).toEqual(before);
    web.clock.now = new Date(Date.now() + 31 * 60_000);
    expect((await browser.get('/staff?view=all')).status).toBe(401);
    web.clock.now = null;
  });
});

describe('the list of applications', () => {
  test('finds by number, name, kana, 法人番号 and mail in any width, and by nothing else', async () => {
    const name = `株式会社髙﨑${Math.random()}`;
    // Distinct, and with a hiragana for each katakana.
    const kana = `タカハシ${Array.from(String(Math.random()).slice(2, 10), (digit) => 'アカサタナハマヤラワ'.charAt(Number(digit))).join('')}`;
    const email = `find-${Math.random()}@aoba.example`;
    const { applicationId } = await inReview(web, {
      companyName: name,
      companyKana: kana,
      contactEmail: email,
    });
    const row = await web.db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, applicationId) });
    const { browser, csrf } = await signedIn(web, 'reviewer');
    const find = async (q: string) => {
      const { location } = await browser.post('/staff/applications/search', { csrf, q });
      expect(decodeURIComponent(location ?? '')).not.toContain(q);
      return (await browser.get(location ?? '')).html.includes(applicationId);
    };
    const hiragana = Array.from(kana, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) - 0x60)).join('');
    for (const q of [
      row?.receiptNumber ?? '',
      name,
      email.toUpperCase(),
      kana,
      hiragana,
      row?.corporateNumber ?? '',
    ]) {
      expect(await find(q), q).toBe(true);
    }
    expect(await find(`Ｔ－${row?.receiptNumber.slice(2)}`.normalize('NFKC'))).toBe(true);
    expect(await find(`${name}x`)).toBe(false);
    expect(await find('%_%')).toBe(false);
    expect(await find("' or 1=1 --")).toBe(false);
  });

  test('filters by status from the address, and takes any nonsense there', async () => {
    const { applicationId } = await inReview(web);
    const { browser } = await signedIn(web, 'reviewer');
    expect((await browser.get('/staff/applications?status=review')).html).toContain(applicationId);
    expect((await browser.get('/staff/applications?status=lapsed')).html).not.toContain(applicationId);
    for (const query of [
      'status=x',
      'page=-1',
      'page=1e9',
      'page=99999',
      'q=%00',
      'q=%ED%A0%80',
      'view=x&kind=y',
    ]) {
      expect((await browser.get(`/staff/applications?${query}`)).status, query).toBe(200);
      expect((await browser.get(`/staff?${query}`)).status, query).toBe(200);
    }
  });
});

/** The table row in which a text stands. */
function rowOf(html: string, text: string): string {
  return html.split('<tr').find((row) => row.includes(text)) ?? '';
}

async function allPages(
  browser: Awaited<ReturnType<typeof signedIn>>['browser'],
  query = '',
): Promise<string> {
  let html = '';
  for (let page = 1; ; page += 1) {
    const next = await browser.get(`/staff?page=${page}${query}`);
    html += next.html;
    if (!next.html.includes('rel="next"')) return html;
  }
}
