import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftContracts } from '../../db/queries/billing/draft.ts';
import { issuePapers } from '../../db/queries/billing/issue.ts';
import { papersToMail } from '../../db/queries/billing/mail-targets.ts';
import { moveBillingRun, openBillingRun } from '../../db/queries/billing/runs.ts';
import { decideContactChange } from '../../db/queries/contact/changes.ts';
import { moveContract } from '../../db/queries/partner/move.ts';
import { registerPartner } from '../../db/queries/partner/register.ts';
import { findOpenTask } from '../../db/queries/task/find.ts';
import { billingContacts, contracts, documents, papers } from '../../db/schema/index.ts';
import { DEFAULT_BILLING_POLICY } from '../../domain/billing/billing-policy.ts';
import type { PartnerMode } from '../../domain/billing/payers.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { corporateNumber } from '../support/application.ts';
import { givenCommand } from '../support/given.ts';
import { pdfOf } from '../support/pdf.ts';
import { storedContract } from '../support/stored-contract.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

type Person = Awaited<ReturnType<typeof signedIn>>;

let web: WebTest;
let billing: Person;
let approver: Person;
beforeAll(async () => {
  web = await startWeb();
  billing = await signedIn(web, 'billing');
  approver = await signedIn(web, 'approver');
});
afterAll(() => web.close());

const CONTACT = {
  name: '経理 花子',
  kana: 'ケイリ ハナコ',
  email: 'keiri@example.co.jp',
  phone: '03-1234-5678',
};

async function partnerOf(mode: PartnerMode): Promise<string> {
  const number = corporateNumber();
  const made = await registerPartner(web.db, {
    ...{ commandId: randomUUID(), corporateNumber: number, enteredBy: billing.id, at: new Date() },
    values: {
      ...{ name: '株式会社取次サービス', postalCode: '100-0001', address: '東京都千代田区千代田1-1' },
      ...{ registrationNumber: `T${number}`, registryState: 'noKey' },
    },
    terms: { from: civilDate('2020-01-01'), mode, ratePercent: null },
  });
  return made?.partnerId ?? '';
}

let year = 2036;

/** A contract that is with a partner from its beginning, and the paper that a run of its own issued for it. */
async function issuedThrough(mode: PartnerMode) {
  const { db } = web;
  const partnerId = await partnerOf(mode);
  const { contractId, path } = await storedContract(web);
  await db.transaction((tx) =>
    moveContract(
      tx,
      { contractId, partnerId, from: civilDate('2020-01-01') },
      { enteredBy: billing.id, confirmedBy: approver.id, at: new Date() },
    ),
  );
  const runOn = civilDate(`${year}-05-10`);
  year += 1;
  const opened = { runOn, sandbox: true, startedBy: billing.id };
  const run = await db.transaction((tx) => openBillingRun(tx, opened));
  const runId = run?.id ?? '';
  await draftContracts(db, {
    runId,
    contractIds: [contractId],
    runOn,
    policy: DEFAULT_BILLING_POLICY,
    operator: null,
  });
  for (const to of ['review', 'approval', 'issuing'] as const) {
    const commandId = await givenCommand(db, { by: approver.id, workflowId: `billing-run/${runId}` });
    await moveBillingRun(db, { runId, to, actor: approver.id, commandId, businessAt: new Date() });
  }
  await issuePapers(db, { runId, limit: 10, businessAt: new Date() });
  const [paper] = await db.select().from(papers).where(eq(papers.contractId, contractId));
  if (paper === undefined) throw new Error('nothing was issued');
  await db.update(papers).set({ drawnAt: new Date() }).where(eq(papers.id, paper.id));
  return { partnerId, contractId, path, runId, paper, page: `/staff/partners/${partnerId}` };
}

const post = (person: Person, path: string, fields: Record<string, string>) =>
  person.browser.post(path, { csrf: person.csrf, commandId: randomUUID(), ...fields });

/** Enters a contact for invoices; the second person's word is carried out as its workflow does. */
async function addContact(path: string): Promise<void> {
  const commandId = randomUUID();
  const entered = await post(billing, `${path}/billing-contacts`, {
    ...{ ...CONTACT, commandId, contactId: 'new', act: 'set', reason: 'メールで申し出。' },
  });
  expect(entered.status).toBe(303);
  expect((await billing.browser.get(`${path}/billing-contacts`)).html).toContain('確認を待っている追加');
  const told = await givenCommand(web.db, { by: approver.id, workflowId: `contact-change/${commandId}` });
  await decideContactChange(web.db, {
    ...{ changeId: commandId, verdict: 'confirm', decidedBy: approver.id, commandId: told },
    businessAt: new Date(),
  });
}

test('a statement is numbered apart, asks for the copy of the partner’s invoice, and keeps it in the archive', async () => {
  const { partnerId, page, paper, contractId } = await issuedThrough('intermediary');
  expect([paper.type, paper.series, paper.payer]).toEqual(['statement', 'STM', partnerId]);
  expect(paper.findings).toContainEqual({ kind: 'registrationMissing', of: 'partner' });
  expect(paper.findings).toContainEqual({ kind: 'contactMissing', partnerId });
  const task = () => findOpenTask(web.db, { subjectId: partnerId, kind: 'partnerPapers' });
  expect(await task()).not.toBeNull();
  expect((await billing.browser.get(page)).html).toContain('写しを待っている精算書');
  const fields = { kind: 'partnerCopy', [`paper.${paper.id}`]: 'yes', day: '2026-06-01', csrf: billing.csrf };
  const upload = async (more: Record<string, string>, file: Uint8Array | null) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fields, ...more })) body.set(name, value);
    if (file !== null) body.set('file', new File([new Uint8Array(file)], '写し.pdf'));
    return billing.browser.post(`${page}/papers`, body);
  };
  const copy = await pdfOf('請求書の写し');
  expect((await upload({}, null)).html).toContain('写し（PDF）を選択');
  const ahead = await upload({ day: '2099-01-01', [`paper.${paper.id}`]: '' }, copy);
  expect(ahead.html).toContain('先の日付は指定できません');
  expect(ahead.html).toContain('書類を一つ以上選択');
  expect((await upload({}, copy)).status).toBe(303);
  const kept = await web.db
    .select()
    .from(documents)
    .where(and(eq(documents.kind, 'partnerCopy'), eq(documents.subjectId, contractId)));
  expect(kept).toMatchObject([{ number: paper.number, amountYen: paper.totalYen, documentOn: '2026-06-01' }]);
  expect(await task()).toBeNull();
  expect((await billing.browser.get(page)).html).not.toContain('写しを待っている精算書');
});

test('an invoice that an agent hands over is mailed to the agent, and its delivery is noted once', async () => {
  const { partnerId, page, paper, runId } = await issuedThrough('agent');
  expect([paper.type, paper.series, paper.payer, paper.deliveredBy]).toEqual([
    ...['invoice', 'INV', 'customer', partnerId],
  ]);
  const targets = () => papersToMail(web.db, { runId, after: 0, limit: 5 });
  // Nobody to write to: the customer is not written to instead.
  expect(await targets()).toEqual([]);
  expect((await billing.browser.get(page)).html).toContain('請求書の送付先がありません');
  await addContact(page);
  const [contact] = await web.db
    .select()
    .from(billingContacts)
    .where(eq(billingContacts.partnerId, partnerId));
  expect(await targets()).toMatchObject([{ paperId: paper.id, billingContactId: contact?.id }]);
  const fields = { kind: 'handedOver', [`paper.${paper.id}`]: 'yes', day: '2026-06-01' };
  expect((await post(approver, `${page}/papers`, fields)).status).toBe(403);
  for (let twice = 0; twice < 2; twice += 1) await post(billing, `${page}/papers`, fields);
  expect(await findOpenTask(web.db, { subjectId: partnerId, kind: 'partnerPapers' })).toBeNull();
});

test('invoices go to the contacts for invoices of the customer, to the registered contact without any', async () => {
  const { path, paper, runId, contractId } = await issuedThrough('referral');
  const targets = () => papersToMail(web.db, { runId, after: 0, limit: 5 });
  expect(await targets()).toEqual([{ paperId: paper.id, contractId, position: paper.position }]);
  const wrong = { ...CONTACT, email: 'keiri＠', contactId: 'new', act: 'set', reason: '' };
  const again = await post(billing, `${path}/billing-contacts`, wrong);
  expect(again.status).toBe(422);
  for (const text of ['形式を確認', '理由を入力', CONTACT.name]) expect(again.html).toContain(text);
  await addContact(path);
  const [contract] = await web.db.select().from(contracts).where(eq(contracts.id, contractId));
  const customerId = contract?.customerId ?? '';
  const [contact] = await web.db
    .select()
    .from(billingContacts)
    .where(eq(billingContacts.customerId, customerId));
  expect(contact?.email).toBe(CONTACT.email);
  expect(await targets()).toMatchObject([{ paperId: paper.id, billingContactId: contact?.id }]);
  // Taken off again, the registered contact gets them as before.
  const commandId = randomUUID();
  const fields = { commandId, contactId: contact?.id ?? '', act: 'remove', reason: '退職のため。' };
  await post(billing, `${path}/billing-contacts`, fields);
  const told = await givenCommand(web.db, { by: approver.id, workflowId: `contact-change/${commandId}` });
  const word = { changeId: commandId, verdict: 'confirm', decidedBy: approver.id, commandId: told } as const;
  expect(await decideContactChange(web.db, { ...word, businessAt: new Date() })).toEqual({
    tellFormer: true,
  });
  expect(await targets()).toEqual([{ paperId: paper.id, contractId, position: paper.position }]);
});

test('a payer’s page has its contracts with what comes next, and all papers, of the customer as of the partner', async () => {
  const { partnerId, paper, contractId, path } = await issuedThrough('resale');
  const [contract] = await web.db.select().from(contracts).where(eq(contracts.id, contractId));
  for (const id of [partnerId, contract?.customerId ?? '']) {
    const page = await billing.browser.get(`/staff/payers/${id}`);
    expect(page.status).toBe(200);
    for (const text of [paper.number ?? '?', 'これからの請求', path, '（販売店）']) {
      expect(page.html).toContain(text);
    }
  }
  expect((await billing.browser.get(`/staff/payers/${randomUUID()}`)).status).toBe(404);
  const support = await signedIn(web, 'support');
  expect((await support.browser.get(`/staff/payers/${partnerId}`)).status).toBe(403);
});
