import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, type CivilDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { advanceAfterEnd } from '../../gateway/clock.ts';
import { endings } from '../support/ended-contract.ts';
import { offBoardingDriver } from '../support/off-boarding-driver.ts';
import { type ContractWeb, startContractWeb } from './contract-support.ts';

let web: ContractWeb;
beforeAll(async () => {
  web = await startContractWeb();
});
afterAll(() => web.close());

const ROLES = ['admin', 'legal', 'operations', 'reviewer', 'approver'] as const;

/** Addresses of the console that a page links to, without those that hand out a file. */
const linksOf = (html: string) =>
  [...html.matchAll(/<a [^>]*href="(\/staff[^"#]*)"[^>]*>(.*?)<\/a>/gs)].map(([, href = '', text = '']) => ({
    href: href.replaceAll('&amp;', '&'),
    text: text.replace(/<[^>]+>/g, '').trim(),
  }));

test('pages of a deleted customer say that it was deleted and when; no field asks to be mended, no link is without words', async () => {
  const { db, client } = web;
  const life = endings(db, client);
  const contractId = await life.ended();
  const row = await life.contractRow(contractId);
  await offBoardingDriver(db, client).decide(contractId, 'accountsClosed', 'complete');
  await advanceAfterEnd(client, {
    contractId,
    targetMs: jstInstant(addDays(row.endsOn as CivilDate, 40)),
  });
  await life.over(contractId);

  const person = await web.signedIn(...ROLES);
  const application = await person.browser.get(`/staff/applications/${row.applicationId}`);
  expect(application.html).toContain('申込のデータは');
  expect(application.html).not.toContain('要修正');
  expect(application.title).toContain('（削除済みの申込者）');
  for (const list of ['/staff/contracts', '/staff/applications']) {
    const { html } = await person.browser.get(list);
    const id = list.endsWith('contracts') ? contractId : row.applicationId;
    const own = html.split('<tr').find((part) => part.includes(`${list}/${id}`));
    expect(own).toContain('（削除済み');
    expect(own).toMatch(/年\d+月\d+日 データ削除/);
  }

  const contract = await person.browser.get(`/staff/contracts/${contractId}`);
  expect(contract.title).toContain('（削除済みのお客様）');
  const pages = new Set(
    linksOf(contract.html)
      .map(({ href }) => href)
      .filter((href) => href.includes(contractId) && !/\/certificates\/|preview|\/original/.test(href)),
  );
  expect(pages.size).toBeGreaterThan(3);
  for (const href of pages) {
    const page = await person.browser.get(href);
    expect([href, page.status]).toEqual([href, expect.toSatisfy((status: number) => status < 500)]);
    expect([href, linksOf(page.html).filter(({ text }) => text === '')]).toEqual([href, []]);
    expect([href, page.title]).toEqual([href, expect.not.stringMatching(/（）|^の/)]);
  }
});
