import { afterAll, beforeAll, expect, test } from 'vitest';
import { inReview } from './cases.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

test('23: one box finds an application by name, number and phone, and nothing typed stands in the address', async () => {
  const name = `株式会社検索${Math.random().toString(36).slice(2)}`;
  const { applicationId } = await inReview(web, { companyName: name });
  const row = await web.db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, applicationId) });
  const { browser, csrf } = await signedIn(web, 'reviewer');
  for (const q of [name, row?.receiptNumber ?? '', (row?.receiptNumber ?? '').replaceAll('-', '')]) {
    const { location } = await browser.post('/staff/search', { csrf, q });
    expect(decodeURIComponent(location ?? '')).not.toContain(q);
    const page = await browser.get(location ?? '');
    expect(page.html, q).toContain(`/staff/applications/${applicationId}`);
    expect(page.html).toContain(`value="${q}"`);
  }
});

test('says what may be typed, and what to try when nothing was found', async () => {
  const { browser, csrf } = await signedIn(web, 'reviewer');
  expect((await browser.get('/staff/search')).html).toContain('のどれかを入力してください');
  const { location } = await browser.post('/staff/search', { csrf, q: `無い会社${Math.random()}` });
  expect((await browser.get(location ?? '')).html).toContain('見つかりませんでした');
  expect((await browser.post('/staff/search', { csrf: 'wrong', q: 'x' })).status).toBe(403);
});

test('who may not see applications and documents is not shown any', async () => {
  const name = `株式会社検索${Math.random().toString(36).slice(2)}`;
  const { applicationId } = await inReview(web, { companyName: name });
  const { browser, csrf } = await signedIn(web, 'billing');
  const { location } = await browser.post('/staff/search', { csrf, q: name });
  expect((await browser.get(location ?? '')).html).not.toContain(applicationId);
});
