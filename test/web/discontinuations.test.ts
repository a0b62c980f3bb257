import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setBankAccount } from '../../db/queries/bank-account/set.ts';
import {
  addDays,
  addMonths,
  firstOfNextMonth,
  jstDate,
  jstInstant,
  lastOfMonth,
} from '../../domain/calendar/civil-date.ts';
import { cleanApplication } from '../support/application.ts';
import { discontinuationDriver } from '../support/discontinuations.ts';
import { startOwnStack } from '../support/own-stack.ts';
import { eventually } from '../support/people.ts';
import { type ContractWeb, hiddenFields, type Person, startContractWeb } from './contract-support.ts';
import { Browser, fieldValue, type Page } from './support.ts';

const PATH = '/staff/discontinuations';
/** Less than six months ahead: everybody is told late, and annual contracts get money back. */
const LAST_DAY = lastOfMonth(addMonths(firstOfNextMonth(jstDate(Date.now())), 2));

let stack: Awaited<ReturnType<typeof startOwnStack>>;
let web: ContractWeb;
let drive: ReturnType<typeof discontinuationDriver>;
let operations: Person;
let legal: Person;
let approver: Person;
let billing: Person;
beforeAll(async () => {
  stack = await startOwnStack();
  web = await startContractWeb(stack.env);
  drive = discontinuationDriver(web.db, web.client);
  // Roles overlap: that two people are different people is looked at, not only what they are.
  operations = await web.signedIn('operations', 'legal');
  legal = await web.signedIn('legal', 'approver');
  approver = await web.signedIn('approver');
  billing = await web.signedIn('billing', 'approver');
  await web.concluded({ planCode: 'premium' });
});
afterAll(async () => {
  await web.close();
  await stack.stop();
});

const rows = async () => (await web.db.query.discontinuations.findMany()).length;
const idOf = ({ location }: Page) => location?.split('/').at(-1) ?? '';
const CONDITIONS = { scope: 'plan:premium', environment: 'sandbox', lastDay: LAST_DAY };
const address = (conditions: Record<string, string>) => `${PATH}/new?${new URLSearchParams(conditions)}`;

/** The plan page and what its proposal sends. */
async function planned(person: Person, conditions: Record<string, string> = CONDITIONS) {
  const page = await person.browser.get(address(conditions));
  return { page, fields: { ...hiddenFields(page), reason: '利用が少ないため。' } as Record<string, string> };
}

function formTo(page: Page, id: string, action: string): Record<string, string> {
  const from = page.html.indexOf(`action="${PATH}/${id}/${action}"`);
  if (from < 0) throw new Error(`no form for ${action}: ${page.title} (${page.status})`);
  return hiddenFields({
    ...page,
    html: `<form ${page.html.slice(from, page.html.indexOf('</form>', from))}`,
  });
}

/** A form of the record's page as one person sees it, filled in. */
async function formOf(person: Person, id: string, action: string, fields: Record<string, string>) {
  const page = await person.browser.get(`${PATH}/${id}`);
  return { ...formTo(page, id, action), ...fields };
}
const post = (person: Person, id: string, action: string, fields: Record<string, string>) =>
  person.browser.post(`${PATH}/${id}/${action}`, { ...fields, csrf: person.csrf });

async function decided(person: Person, id: string, kind: string, verdict: string): Promise<Page> {
  await drive.taskOf(id, kind);
  const fields = await formOf(person, id, 'decide', { verdict, reason: '数字と対象を確かめました。' });
  return post(person, id, 'decide', fields);
}

/** Fills in the public form for a plan and sends it. */
async function apply(planCode: string): Promise<{ form: Page; sent: Page | null }> {
  const browser = new Browser(web.app);
  const form = await browser.get('/apply');
  if (form.status !== 200) return { form, sent: null };
  const { options: _, usedInJapanOnly: __, licences, ...texts } = cleanApplication({ planCode });
  const fields = {
    ...{ ...texts, licences: String(licences), usedInJapanOnly: 'yes', agree: 'yes' },
    formToken: fieldValue(form, 'formToken'),
    termsEdition: fieldValue(form, 'termsEdition'),
  };
  return { form, sent: await browser.post('/apply/confirm', fields) };
}

describe('the proposal', () => {
  test('names everything that is wrong with the conditions, and stores nothing', async () => {
    const page = await operations.browser.get(
      address({ scope: 'plan:none', environment: 'elsewhere', lastDay: '2020-02-30', noticeOn: 'いつか' }),
    );
    expect(page.status).toBe(422);
    for (const field of ['scope', 'environment', 'lastDay', 'noticeOn']) {
      expect(page.html, field).toContain(`href="#${field}"`);
    }
    const past = await operations.browser.get(address({ ...CONDITIONS, lastDay: '2020-01-31' }));
    expect(past.status).toBe(422);
    expect(past.html).toContain('value="2020-01-31"');
    expect(await rows()).toBe(0);
  });

  test('without a reason comes back with its plan and command, and its links carry the conditions only', async () => {
    const { fields } = await planned(operations);
    const page = await operations.browser.post(PATH, { ...fields, reason: ' ' });
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    expect(page.html).toContain('href="#reason"');
    expect(hiddenFields(page)).toMatchObject({ commandId: fields.commandId, ...CONDITIONS });
    const links = [...page.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
    expect(links.filter((href) => href.includes(fields.csrf ?? '') || href.includes('commandId'))).toEqual(
      [],
    );
    expect(await rows()).toBe(0);
  });

  test('whose last day is over meanwhile keeps the reason that was typed', async () => {
    const { fields } = await planned(operations);
    const page = await operations.browser.post(PATH, { ...fields, lastDay: '2020-01-31' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('利用が少ないため。');
    expect(await rows()).toBe(0);
  });

  test('is for operations, with the token of the session; others see the plan only', async () => {
    const { fields } = await planned(operations);
    expect((await planned(billing)).page.html).not.toContain('廃止を提案する');
    expect((await billing.browser.post(PATH, { ...fields, csrf: billing.csrf })).status).toBe(403);
    expect((await operations.browser.post(PATH, { ...fields, csrf: billing.csrf })).status).toBe(403);
    const support = await web.signedIn('support');
    expect((await support.browser.get(address(CONDITIONS))).status).toBe(403);
    expect(await rows()).toBe(0);
  });
});

test('of a plan: two other people decide on the figures that they saw, the form closes for it, it is recomputed, and called off', async () => {
  const { fields } = await planned(operations);
  const [first, second] = await Promise.all([
    operations.browser.post(PATH, fields),
    operations.browser.post(PATH, fields),
  ]);
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.location).toBe(first.location);
  const id = idOf(first);
  const overlapping = await planned(operations, { ...CONDITIONS, scope: 'service' });
  const refused = await operations.browser.post(PATH, overlapping.fields);
  expect(refused.status).toBe(409);
  expect(refused.html).toContain(`href="${PATH}/${id}"`);
  expect(await rows()).toBe(1);

  // The first person: not the proposer, not another role, not on figures of yesterday.
  await drive.taskOf(id, 'discontinuationReview');
  const review = await formOf(legal, id, 'decide', { verdict: 'agree', reason: '数字を確かめました。' });
  expect((await operations.browser.get(`${PATH}/${id}`)).html).toContain('この廃止はあなたが提案しました');
  expect((await post(operations, id, 'decide', review)).status).toBe(403);
  expect((await post(approver, id, 'decide', review)).status).toBe(403);
  expect((await post(legal, id, 'decide', { ...review, taskId: randomUUID() })).status).toBe(409);
  const silent = await post(legal, id, 'decide', { ...review, verdict: 'maybe', reason: '見ました' });
  expect(silent.status).toBe(422);
  expect(silent.html).toContain('href="#decide-verdict"');
  expect(silent.html).toContain('見ました');
  expect(formTo(silent, id, 'decide').commandId).toBe(review.commandId);
  await web.concluded({ planCode: 'premium' });
  const stale = await post(legal, id, 'decide', review);
  expect(stale.status).toBe(409);
  expect(stale.html).toContain('影響または返金額が変わっています');
  expect((await drive.row(id))?.status).toBe('review');
  expect((await decided(legal, id, 'discontinuationReview', 'agree')).status).toBe(303);

  // The second person: neither of the two before.
  await drive.taskOf(id, 'discontinuationApproval');
  expect((await post(legal, id, 'decide', review)).status).toBe(409);
  const approval = await formOf(approver, id, 'decide', { verdict: 'agree', reason: '承認します。' });
  expect((await post(legal, id, 'decide', approval)).status).toBe(403);
  expect((await apply('premium')).sent?.status).toBe(200);
  expect((await post(approver, id, 'decide', approval)).status).toBe(303);
  expect((await post(approver, id, 'decide', approval)).status).toBe(303);
  expect((await post(legal, id, 'decide', approval)).status).toBe(409);
  await drive.told(id);

  // No new application for the plan, from nobody; the others go on.
  const closed = await apply('premium');
  expect(closed.form.html).not.toContain('value="premium"');
  expect(closed.sent?.status).toBe(422);
  expect(closed.sent?.html).toContain('href="#planCode"');
  expect((await apply('lite')).sent?.status).toBe(200);
  const entry = await operations.browser.get('/staff/applications/new');
  expect(entry.html).toContain('value="lite"');
  expect(entry.html).not.toContain('value="premium"');

  // New figures, with words, by those who may.
  const again = await formOf(billing, id, 'recompute', { reason: '' });
  const wordless = await post(billing, id, 'recompute', again);
  expect(wordless.status).toBe(422);
  expect(wordless.html).toContain('href="#recompute-reason"');
  expect(formTo(wordless, id, 'recompute').commandId).toBe(again.commandId);
  const recompute = { ...again, reason: '契約が増えたため。' };
  expect((await post(approver, id, 'recompute', recompute)).status).toBe(403);
  for (let submit = 0; submit < 2; submit += 1) {
    expect((await post(billing, id, 'recompute', recompute)).status).toBe(303);
  }
  expect((await drive.versions(id)).map(({ kind }) => kind)).toEqual(['approved', 'recomputed']);

  // Called off: the form opens again, and nothing can be done with it any more.
  const off = await formOf(approver, id, 'cancel', { reason: '' });
  expect((await post(approver, id, 'cancel', off)).status).toBe(422);
  const cancel = { ...off, reason: '提供を続けることになったため。' };
  expect((await post(operations, id, 'cancel', cancel)).status).toBe(403);
  const asked = await post(approver, id, 'cancel', cancel);
  expect((await post(approver, id, 'cancel', cancel)).location).toBe(asked.location);
  const proposal = asked.location ?? '';
  expect((await approver.browser.get(proposal)).html).not.toContain('name="verdict"');
  expect(await drive.row(id)).toMatchObject({ status: 'announced' });
  const shown = await legal.browser.get(proposal);
  const word = { ...hiddenFields(shown), verdict: 'confirm', reason: '提供を続けることを確かめました。' };
  expect((await legal.browser.post(`${proposal}/decision`, word)).status).toBe(303);
  expect((await apply('premium')).sent?.status).toBe(200);
  await drive.over(id);
  const late = await post(billing, id, 'recompute', { ...recompute, commandId: randomUUID() });
  expect(late.status).toBe(409);
  const sentAgain = await operations.browser.post(PATH, fields);
  expect(sentAgain.location).toBe(first.location);
  expect(await drive.row(id)).toMatchObject({ status: 'cancelled' });
  expect(await drive.gateway.snapshot(id)).toMatchObject({ status: 'cancelled' });
});

test('of the service: the form is closed from the announcement on and stays closed; refunds are submitted by billing and approved by another', async () => {
  const lite = await web.concluded({ planCode: 'lite' });
  const { fields } = await planned(operations, { ...CONDITIONS, scope: 'service' });
  const id = idOf(await operations.browser.post(PATH, fields));
  await decided(legal, id, 'discontinuationReview', 'agree');
  // Somebody has the form open when the service's end is announced.
  const browser = new Browser(web.app);
  const open = await browser.get('/apply');
  await decided(approver, id, 'discontinuationApproval', 'agree');
  await drive.told(id);
  const { options: _, usedInJapanOnly: __, licences, ...texts } = cleanApplication({ planCode: 'lite' });
  const late = {
    ...{ ...texts, licences: String(licences), usedInJapanOnly: 'yes', agree: 'yes' },
    formToken: fieldValue(open, 'formToken'),
    termsEdition: fieldValue(open, 'termsEdition'),
  };
  const before = (await web.db.query.applications.findMany()).length;
  const closed = async () => {
    expect((await apply('lite')).form).toMatchObject({ status: 410 });
    for (const path of ['/apply/confirm', '/apply']) {
      const answer = await browser.post(path, late);
      expect([path, answer.status]).toEqual([path, 410]);
      expect(answer.html).toContain('受付を終了しました');
    }
    expect((await operations.browser.get('/staff/applications/new')).status).toBe(409);
    expect((await web.db.query.applications.findMany()).length).toBe(before);
  };
  await closed();

  await drive.to(id, jstInstant(addDays(LAST_DAY, 1)) + 3_600_000);
  await drive.inStatus(id, 'refundReview');
  await drive.taskOf(id, 'refundReview');
  await closed();
  await eventually('the contract has ended', async () =>
    (await lite.driver.contract())?.status === 'ended' ? true : null,
  );

  // Billing submits what has an account; without any there is nothing to submit.
  const nothing = await formOf(billing, id, 'decide', { verdict: 'agree', reason: '提出します。' });
  expect((await post(legal, id, 'decide', nothing)).status).toBe(403);
  expect((await post(billing, id, 'decide', nothing)).status).toBe(422);
  const [final] = (await drive.versions(id)).filter(({ kind }) => kind === 'final');
  const refunds = (await drive.rows(id, final?.version ?? 0)).filter(({ totalYen }) => totalYen > 0);
  expect(refunds.length).toBeGreaterThan(0);
  for (const { contractId } of refunds) {
    const account = { bankCode: '0001', branchCode: '001', accountType: '1' as const };
    const whole = { ...account, accountNumber: '1234567', holderKana: 'ｱｵﾊﾞ' };
    await setBankAccount(web.db, { contractId, account: whole, enteredBy: billing.id });
  }
  expect((await decided(billing, id, 'refundReview', 'agree')).status).toBe(303);

  await drive.taskOf(id, 'refundApproval');
  const approval = await formOf(approver, id, 'decide', {
    verdict: 'sendBack',
    reason: '口座を確かめてください。',
  });
  expect((await post(billing, id, 'decide', approval)).status).toBe(403);
  expect((await post(approver, id, 'decide', { ...approval, verdict: 'reject' })).status).toBe(422);
  const lists = `${PATH}/${id}/refunds/1`;
  expect((await operations.browser.get(`${lists}/list.csv`)).status).toBe(403);
  expect((await approver.browser.get(`${lists}/list.csv`)).status).toBe(200);
  expect((await approver.browser.get(`${lists}/transfer.txt?on=2027-01-29`)).status).toBe(409);
  expect((await post(approver, id, 'decide', approval)).status).toBe(303);
  await drive.inStatus(id, 'refundReview');
  await decided(billing, id, 'refundReview', 'agree');
  expect((await decided(approver, id, 'refundApproval', 'agree')).status).toBe(303);
  await drive.inStatus(id, 'done');
  expect((await billing.browser.get(`${lists}/transfer.txt`)).status).toBe(422);
  await closed();
});
