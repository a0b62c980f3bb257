import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { moveContract } from '../../db/queries/partner/move.ts';
import { registerPartner } from '../../db/queries/partner/register.ts';
import { keysOf } from '../../domain/base/keys.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { ROLE_LABELS } from '../../domain/desk/roles.ts';
import { corporateNumber } from '../support/application.ts';
import { moneyPages } from '../support/money-pages.ts';
import { applicants } from '../support/people.ts';
import { recordPages } from '../support/record-pages.ts';
import { type Site, startSite } from '../support/site.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let site: Site;
let page: Page;
let paths: Record<string, string>;
beforeAll(async () => {
  site = await startSite({ javaScriptEnabled: true });
  const { db } = site;
  const people = applicants(db, site.client);
  const contractId = await people.conclude();
  const edition = await db.query.termsEditions.findFirst({ where: (t, { eq }) => eq(t.number, 11) });
  const { applicationId } = await people.submit({
    companyName: '株式会社黒鉄興業',
    companyKana: 'クロガネコウギョウ',
  });
  await people.waitFor(applicationId, 'review');
  page = await site.signIn(...keysOf(ROLE_LABELS));
  paths = {
    form: '/apply',
    queue: '/staff',
    'state of the team': '/staff/overview',
    'keys and looks': '/staff/preferences',
    search: '/staff/search',
    applications: '/staff/applications',
    'application with a match': `/staff/applications/${applicationId}`,
    'staff entry': '/staff/applications/new',
    contracts: '/staff/contracts',
    contract: `/staff/contracts/${contractId}`,
    'data overview': '/staff/data',
    statistics: '/staff/statistics?of=sandbox',
    consents: `/staff/contracts/${contractId}/consents`,
    disclosures: `/staff/disclosures?contract=${contractId}`,
    'disclosure form': `/staff/disclosures/new?contract=${contractId}`,
    'data requests': `/staff/data-requests?contract=${contractId}`,
    'data request form': `/staff/data-requests/new?contract=${contractId}`,
    'incoming mails': '/staff/incoming-mails',
    outbox: '/staff/outbox',
    terms: '/terms',
    'public notices': '/notices',
    'editions of the terms': '/staff/terms',
    'upload of an edition': '/staff/terms/new',
    'an edition': `/staff/terms/${edition?.id}`,
    'whom an edition binds': `/staff/terms/${edition?.id}/contracts`,
    'fee changes': '/staff/fee-changes',
    'entry of a fee change': '/staff/fee-changes/new',
    lists: '/staff/lists',
    accounts: '/staff/accounts',
    invitation: '/staff/accounts/new',
    'own account': '/staff/account',
    'second factor': '/staff/account/second-factor',
    list: '/staff/lists/antisocial',
    'going back to a version': '/staff/lists/antisocial/versions/1/rollback',
    're-screening': '/staff/lists/antisocial/rescreening',
    'matches of a contract': `/staff/contracts/${contractId}/findings`,
    'registered contact': `/staff/contracts/${contractId}/contact`,
    officers: `/staff/contracts/${contractId}/officers`,
    'trying a price list': '/staff/fee-changes/preview',
    ...(await billingPages(contractId)),
    'mail that came back': `/staff/mail-problems/${await bouncedTask(contractId)}`,
    ...(await recordPages(db, site.client, contractId)),
    ...(await moneyPages(db)),
  };
});
afterAll(() => site.stop());

/** Billing: runs, invoices, a payer, and a partner with a contract of its own. */
async function billingPages(contractId: string): Promise<Record<string, string>> {
  const { db } = site;
  const enteredBy = randomUUID();
  const number = corporateNumber();
  const partner = await registerPartner(db, {
    ...{ commandId: randomUUID(), corporateNumber: number, enteredBy, at: new Date() },
    values: {
      ...{ name: '株式会社取次サービス', postalCode: '100-0001', address: '東京都千代田区千代田1-1' },
      ...{ registrationNumber: `T${number}`, registryState: 'notFound' },
    },
    terms: { from: civilDate('2020-01-01'), mode: 'agent', ratePercent: null },
  });
  const partnerId = partner?.partnerId ?? '';
  const by = { enteredBy, confirmedBy: randomUUID(), at: new Date() };
  await db.transaction((tx) =>
    moveContract(tx, { contractId, partnerId, from: civilDate('2020-01-01') }, by),
  );
  const contract = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
  return {
    billing: '/staff/billing',
    invoices: '/staff/invoices',
    partners: '/staff/partners',
    'registration of a partner': '/staff/partners/new',
    partner: `/staff/partners/${partnerId}`,
    'contacts of a partner': `/staff/partners/${partnerId}/billing-contacts`,
    'who pays a contract': `/staff/contracts/${contractId}/partner`,
    'contacts for invoices': `/staff/contracts/${contractId}/billing-contacts`,
    'a customer as payer': `/staff/payers/${contract?.customerId}`,
    'a partner as payer': `/staff/payers/${partnerId}`,
  };
}

/** A task about a mail to the applicant that came back. */
async function bouncedTask(contractId: string): Promise<string> {
  const { db } = site;
  const contract = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
  const applicationId = contract?.applicationId ?? '';
  const mail = await db.query.mails.findFirst({ where: (t, { eq }) => eq(t.subjectId, applicationId) });
  await recordBounce(db, { messageId: mail?.messageId ?? '', status: '5.1.1', answer: '' }, new Date());
  const task = await db.query.tasks.findFirst({
    where: (t, { and, eq }) => and(eq(t.subjectId, applicationId), eq(t.kind, 'mailProblem')),
  });
  return task?.id ?? '';
}

/** What axe finds, as `rule: elements`. The page's own policy forbids scripts from elsewhere, so axe is evaluated. */
async function violations(): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async () => {
    const axe = Reflect.get(globalThis, 'axe') as {
      run(): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }>;
    };
    const { violations: found } = await axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
  });
}

describe.each([
  { size: 'a small laptop', width: 1280, height: 720, colorScheme: 'light' as const },
  { size: 'a small laptop of an evening, dark,', width: 1280, height: 720, colorScheme: 'dark' as const },
  { size: '400 % zoom', width: 320, height: 640, colorScheme: 'light' as const },
])('25: at $size', ({ width, height, colorScheme }) => {
  test('every page is clean to axe, does not scroll sideways and is smaller than 150 KB', async () => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(`${site.url}${path}`);
      expect.soft((await page.content()).length, name).toBeLessThan(150 * 1024);
      expect.soft(await violations(), name).toEqual([]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect.soft(overflow, name).toBeLessThanOrEqual(0);
    }
  });
});
