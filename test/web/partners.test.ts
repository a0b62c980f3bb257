import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftContracts } from '../../db/queries/billing/draft.ts';
import { moveBillingRun, openBillingRun } from '../../db/queries/billing/runs.ts';
import { payersOfContracts } from '../../db/queries/partner/payers.ts';
import { contractPartners, papers } from '../../db/schema/index.ts';
import { DEFAULT_BILLING_POLICY } from '../../domain/billing/billing-policy.ts';
import { addMonths, civilDate, firstOfMonth, jstDate } from '../../domain/calendar/civil-date.ts';
import { corporateNumber } from '../support/application.ts';
import { storedContract } from '../support/stored-contract.ts';
import { fieldValue, type Page, signedIn, startWeb, type WebTest } from './support.ts';

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

const post = (person: Person, path: string, fields: Record<string, string>): Promise<Page> =>
  person.browser.post(path, { csrf: person.csrf, commandId: randomUUID(), ...fields });

/** Who pays a contract, from which day on. */
const payersOf = async (contractId: string) =>
  (await payersOfContracts(web.db, [contractId])).get(contractId) ?? [];
const nextMonth = addMonths(firstOfMonth(jstDate(Date.now())), 1);

const form = (changes: Record<string, string> = {}) => ({
  corporateNumber: corporateNumber(),
  name: '株式会社取次サービス',
  postalCode: '1000001',
  address: '東京都千代田区千代田1-1',
  registrationNumber: '',
  mode: 'resale',
  ratePercent: '75',
  from: '2026-01-01',
  ...changes,
});

async function registered(changes: Record<string, string> = {}): Promise<string> {
  const made = await post(billing, '/staff/partners', form(changes));
  expect(made.status).toBe(303);
  return made.location ?? '';
}

/** The second person's word on what was proposed. */
async function settle(person: Person, proposal: string, verdict: 'confirm' | 'reject'): Promise<Page> {
  const taskId = fieldValue(await approver.browser.get(proposal), 'taskId');
  const word = { taskId, verdict, reason: '契約書と一致することを確かめた。' };
  return post(person, `${proposal}/decision`, word);
}

const moveTo = (path: string, partner: string, from: string) =>
  post(billing, `${path}/partner`, { partner, from, reason: '契約書のとおり。' });

test('a partner is registered once, by its corporate number; what is wrong is said at its field, and nothing typed is lost', async () => {
  const number = corporateNumber();
  const wrong = await post(
    billing,
    '/staff/partners',
    form({ corporateNumber: '1234567890123', from: '2026-01-15', ratePercent: '120', name: '' }),
  );
  expect(wrong.status).toBe(422);
  for (const text of [
    '検査用数字',
    '月の1日',
    '0から100まで',
    '名称（登記上の商号）を入力',
    '東京都千代田区千代田1-1',
  ]) {
    expect(wrong.html).toContain(text);
  }
  const other = await post(billing, '/staff/partners', form({ registrationNumber: 'T7000012050002' }));
  expect(other.html).toContain('法人番号と一致していません');
  const page = await registered({ corporateNumber: number, registrationNumber: `T${number}` });
  expect((await billing.browser.get(page)).html).toContain('国税庁には照会していません');
  const twice = await post(billing, '/staff/partners', form({ corporateNumber: number }));
  expect(twice.html).toContain('すでに登録されています');
  expect((await approver.browser.get('/staff/partners')).html).toContain(number);
  expect((await post(approver, '/staff/partners', form())).status).toBe(403);
});

test('another name holds for papers to come, the one of before stays; a lapsed registration is a warning', async () => {
  const number = corporateNumber();
  const page = await registered({ corporateNumber: number });
  web.registry.issuer = {
    state: 'found',
    record: {
      number,
      name: '',
      tradeName: '',
      formerName: '',
      registeredOn: '2023-10-01',
      endedOn: '2026-03-31',
    },
    fetchedMs: Date.now(),
  };
  const changed = {
    name: '株式会社新取次',
    postalCode: '100-0001',
    address: '東京都港区1-1',
    registrationNumber: `T${number}`,
  };
  expect((await post(billing, page, { ...changed, address: '' })).html).toContain('株式会社新取次');
  expect((await post(billing, page, changed)).status).toBe(303);
  web.registry.issuer = { state: 'noKey' };
  const shown = (await billing.browser.get(page)).html;
  for (const text of ['株式会社新取次', '株式会社取次サービス', '失効または取り消されています']) {
    expect(shown).toContain(text);
  }
});

test('a contract comes to a partner on a 1st and by two people, and its drafts are billed to the partner from then on', async () => {
  const { db } = web;
  const partner = await registered();
  const partnerId = partner.split('/').at(-1) ?? '';
  const { contractId, path } = await storedContract(web);
  expect((await moveTo(path, partnerId, `${nextMonth.slice(0, 8)}15`)).html).toContain(
    '月の1日からにしてください',
  );
  expect((await moveTo(path, randomUUID(), nextMonth)).html).toContain('パートナーを選択してください');
  expect((await moveTo(path, partnerId, '2025-01-01')).html).toContain('まだ始まっていません');
  const proposed = await moveTo(path, partnerId, nextMonth);
  expect(proposed.status).toBe(303);
  const proposal = proposed.location ?? '';
  expect(await payersOf(contractId)).toEqual([]);
  expect((await settle(billing, proposal, 'confirm')).status).toBe(403);
  expect((await settle(approver, proposal, 'confirm')).status).toBe(303);
  expect(await payersOf(contractId)).toEqual([
    { from: nextMonth, partner: { mode: 'resale', id: partnerId, ratePercent: '75' } },
  ]);

  const runOn = civilDate('2046-03-10');
  const run = await db.transaction((tx) =>
    openBillingRun(tx, { runOn, sandbox: true, startedBy: billing.id }),
  );
  const runId = run?.id ?? '';
  await draftContracts(db, {
    runId,
    contractIds: [contractId],
    runOn,
    policy: DEFAULT_BILLING_POLICY,
    operator: null,
  });
  await moveBillingRun(db, { runId, to: 'review', actor: 'system', businessAt: new Date() });
  const drafts = await db.select().from(papers).where(eq(papers.contractId, contractId));
  expect(drafts.map(({ payer, recipient }) => [payer, recipient]).toSorted()).toContainEqual([
    partnerId,
    partnerId,
  ]);
  for (const draft of drafts) {
    for (const { from } of draft.lines) {
      expect([draft.id, from >= nextMonth]).toEqual([draft.id, draft.payer === partnerId]);
    }
  }
  const shown = await billing.browser.get(`/staff/billing/runs/${runId}`);
  expect(shown.html).toContain('株式会社取次サービスへの請求（販売店）');
  expect((await billing.browser.get(path)).html).toContain('株式会社取次サービス（販売店）');
  expect((await billing.browser.get(partner)).html).toContain(path);
});

test('what is billed already goes to nobody else: a move or other terms from a day before it are refused', async () => {
  const { db } = web;
  const partner = await registered();
  const partnerId = partner.split('/').at(-1) ?? '';
  const { contractId, path } = await storedContract(web);
  const [early, late] = [await moveTo(path, partnerId, nextMonth), civilDate('2047-02-10')];
  const run = await db.transaction((tx) =>
    openBillingRun(tx, { runOn: late, sandbox: true, startedBy: billing.id }),
  );
  const runId = run?.id ?? '';
  await draftContracts(db, {
    runId,
    contractIds: [contractId],
    runOn: late,
    policy: DEFAULT_BILLING_POLICY,
    operator: null,
  });
  await moveBillingRun(db, { runId, to: 'review', actor: 'system', businessAt: new Date() });
  // Proposed before the drafts, agreed to after them.
  const settled = await settle(approver, early.location ?? '', 'confirm');
  expect(settled.status).toBe(422);
  expect(settled.html).toContain('請求書または下書きがあります');
  expect((await settle(approver, early.location ?? '', 'reject')).status).toBe(303);
  expect(await db.select().from(contractPartners).where(eq(contractPartners.contractId, contractId))).toEqual(
    [],
  );
  expect((await moveTo(path, partnerId, nextMonth)).html).toContain('請求書または下書きがあります');
});

test('other terms of a partner take two people, and hold for all its contracts from their day on', async () => {
  const number = corporateNumber();
  const partner = await registered({ corporateNumber: number, mode: 'agent', ratePercent: '' });
  const partnerId = partner.split('/').at(-1) ?? '';
  const { contractId, path } = await storedContract(web);
  await settle(approver, (await moveTo(path, partnerId, nextMonth)).location ?? '', 'confirm');
  const later = addMonths(nextMonth, 3);
  const terms = { mode: 'intermediary', from: later, reason: '覚書のとおり。' };
  const unregistered = await post(billing, `${partner}/terms`, terms);
  expect(unregistered.html).toContain('登録番号（T＋13桁）が要ります');
  const details = {
    name: '株式会社媒介',
    postalCode: '100-0001',
    address: '東京都港区1-1',
    registrationNumber: `T${number}`,
  };
  await post(billing, partner, details);
  const proposed = await post(billing, `${partner}/terms`, terms);
  expect((await billing.browser.get(proposed.location ?? '')).html).toContain('媒介者交付');
  expect((await settle(approver, proposed.location ?? '', 'confirm')).status).toBe(303);
  expect(await payersOf(contractId)).toEqual([
    { from: nextMonth, partner: { mode: 'agent', id: partnerId } },
    { from: later, partner: { mode: 'intermediary', id: partnerId } },
  ]);
});
