import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findContract } from '../../db/queries/contract/find.ts';
import { addMonths, firstOfNextMonth, jstDate, lastOfMonth } from '../../domain/calendar/civil-date.ts';
import type { StaffRole } from '../../domain/desk/roles.ts';
import { storedContract } from '../support/stored-contract.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let stored: Awaited<ReturnType<typeof storedContract>>;
let contractNumber: string;
beforeAll(async () => {
  web = await startWeb();
  stored = await storedContract(web);
  contractNumber = (await findContract(web.db, stored.contractId))?.contract.contractNumber ?? '';
  expect(contractNumber).not.toBe('');
});
afterAll(() => web.close());

const ROLES: readonly StaffRole[] = [
  'reviewer',
  'approver',
  'operations',
  'billing',
  'legal',
  'support',
  'admin',
];

describe('what a role is refused on its own page it sees nowhere else', () => {
  test.each(ROLES)('%s: the registered contact', async (role) => {
    const { browser } = await signedIn(web, role);
    const may = (await browser.get(`${stored.path}/contact`)).status === 200;
    const { html } = await browser.get(stored.path);
    const { contactName, contactEmail, contactPhone } = stored.input;
    for (const text of [contactName, contactEmail, contactPhone]) expect(html.includes(text), text).toBe(may);
  });

  test.each(ROLES)(
    '%s: the contract number, in certificates, the archive and the plan of a discontinuation',
    async (role) => {
      const { browser, csrf, id } = await signedIn(web, role);
      const may = (await browser.post(`${stored.path}/numbers`, { csrf })).status === 200;
      expect((await browser.get(stored.path)).html).not.toContain(contractNumber);
      const closed = [
        `${stored.path}/certificate-preview`,
        `${stored.path}/certificates/${randomUUID()}`,
        `${stored.path}/compare?from=1&to=2`,
        `/staff/archive/${randomUUID()}/file`,
      ];
      for (const path of may ? [] : closed) expect((await browser.get(path)).status, path).toBe(403);
      const lastDay = lastOfMonth(addMonths(firstOfNextMonth(jstDate(Date.now())), 2));
      const plan = new URLSearchParams({ scope: 'service', environment: 'sandbox', lastDay });
      const csv = await browser.get(`/staff/discontinuations/plan.csv?${plan}`);
      if (csv.status === 200) expect(csv.html.includes(contractNumber)).toBe(may);
      else expect(csv.status).toBe(403);
      const looks = await web.db.query.dataViews.findMany({ where: (t) => eq(t.staffId, id) });
      const noted = looks.filter(({ page }) => page === 'discontinuationPlan').length;
      expect(noted).toBe(csv.status === 200 ? 1 : 0);
    },
  );
});

test('the sample admin has the rights of an admin only', async () => {
  const { default: people } = await import('../../samples/staff.json', { with: { type: 'json' } });
  expect(people.map(({ role, roles }) => [role, roles])).toEqual(people.map(({ role }) => [role, [role]]));
});

test('what is searched for stands in no address, and the page that it leads to finds it again', async () => {
  const { browser, csrf } = await signedIn(web, 'operations');
  const form = await browser.get('/staff/contracts');
  expect(form.html).toMatch(/<form[^>]*method="post"[^>]*action="\/staff\/contracts\/search"/);
  const { contactEmail, companyName } = stored.input;
  for (const q of [contactEmail, companyName, contractNumber]) {
    const { location } = await browser.post('/staff/contracts/search', { csrf, q, status: 'active' });
    expect(decodeURIComponent(location ?? '')).not.toContain(q);
    const found = await browser.get(location ?? '');
    expect(found.html).toContain(`href="${stored.path}"`);
    expect(found.html.match(/href="[^"]*"/g)?.filter((href) => decodeURIComponent(href).includes(q))).toEqual(
      [],
    );
  }
  expect((await browser.get('/staff/contracts?s=forged')).status).toBe(200);
  expect((await browser.post('/staff/contracts/search', { csrf: '', q: 'a' })).status).toBe(403);
});
