import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inApproval, inReview } from './cases.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

/** A name that no other test uses. */
const unique = () => `株式会社${Math.random().toString(36).slice(2)}`;

describe('the task queue', () => {
  test('holds only what I may decide, and counts it in the title', async () => {
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

  test('gives two people who press 次の案件 different cases', async () => {
    await inReview(web);
    await inReview(web);
    const [a, b] = [await signedIn(web, 'reviewer'), await signedIn(web, 'reviewer')];
    const [first, second] = await Promise.all(
      [a, b].map(({ browser, csrf }) => browser.post('/staff/tasks/next', { csrf })),
    );
    expect(first?.location).toMatch(/^\/staff\/applications\//);
    expect(second?.location).not.toBe(first?.location);
  });

  test('lets one claim, shows the others who has it, and takes it back', async () => {
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

  test('says how long is left or how late it is in words', async () => {
    const name = unique();
    await inReview(web, { companyName: name });
    const { browser } = await signedIn(web, 'reviewer');
    expect(await allPages(browser)).toMatch(/残り(47時間|2日|1日)/);
    web.clock.now = new Date(Date.now() + 3 * 86_400_000);
    const late = await signedIn(web, 'reviewer');
    expect(await allPages(late.browser, '&view=overdue')).toMatch(/超過\d+時間/);
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
