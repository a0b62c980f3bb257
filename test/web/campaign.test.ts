import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, addMonths, jstDate } from '../../domain/calendar/civil-date.ts';
import { eventually } from '../support/people.ts';
import { type ContractWeb, hiddenFields, type Person, startContractWeb } from './contract-support.ts';

let web: ContractWeb;
let operations: Person;
let approver: Person;
beforeAll(async () => {
  web = await startContractWeb();
  operations = await web.signedIn('operations', 'approver');
  approver = await web.signedIn('approver');
});
afterAll(async () => web.close());

const today = jstDate(Date.now());
const TERMS = {
  title: '年末キャンペーン',
  until: addMonths(today, 6),
  planCode: 'standard',
  feeKind: 'annual',
  feeYen: '100000',
  reason: '稟議のとおり',
};

const enter = async (path: string, typed: Record<string, string>) => {
  const form = await operations.browser.get(`${path}/campaigns`);
  return operations.browser.post(`${path}/campaigns`, { ...hiddenFields(form), ...typed });
};

test('terms that cannot be promised are told beside their fields, with what was typed', async () => {
  const { path } = await web.concluded();
  const half = await enter(path, { ...TERMS, until: 'あした', feeYen: '一万', reason: '' });
  expect(half.status).toBe(422);
  for (const field of ['until', 'feeYen', 'reason']) expect(half.html).toContain(`href="#${field}"`);
  expect(half.html).toContain(TERMS.title);
  const late = await enter(path, {
    ...TERMS,
    firstDay: addDays(today, 9),
    earliestEndsOn: `${today.slice(0, 8)}15`,
  });
  for (const field of ['firstDay', 'earliestEndsOn']) expect(late.html).toContain(`href="#${field}"`);
});

test('somebody else decides on the page, with words; the contract certifies what was agreed to', async () => {
  const { path, driver, contractId } = await web.concluded();
  expect((await enter(path, TERMS)).status).toBe(303);
  const own = await operations.browser.get(`${path}/campaigns`);
  expect(own.html).toContain('あなたが入力しました');
  const task = await eventually('the second person is asked', async () =>
    (await driver.tasks()).find(({ kind }) => kind === 'campaignApproval'),
  );
  expect(task).toMatchObject({ status: 'open', role: 'approver' });
  const [campaign] = await web.db.query.campaigns.findMany({
    where: (t, { eq }) => eq(t.status, 'waiting'),
  });
  const decision = `${path}/campaigns/${campaign?.id}/decision`;
  const waiting = await approver.browser.get(`${path}/campaigns`);
  expect(waiting.html).toContain('100,000円（税抜）');
  const forged = { ...hiddenFields(waiting), csrf: operations.csrf, verdict: 'confirm', reason: '可' };
  expect((await operations.browser.post(decision, forged)).status).toBe(403);
  const wordless = await approver.browser.post(decision, { ...hiddenFields(waiting), verdict: 'confirm' });
  expect(wordless.status).toBe(422);
  const answer = { ...hiddenFields(waiting), verdict: 'confirm', reason: '稟議と一致' };
  expect((await approver.browser.post(decision, answer)).status).toBe(303);
  expect((await approver.browser.post(decision, answer)).status).toBe(303);
  await driver.mailed('certificateIssued', 2);
  expect((await driver.certificates()).at(-1)).toMatchObject({
    causeKind: 'campaign',
    causeRef: campaign?.id,
  });
  const noted = await web.db.query.decisions.findMany({ where: (t, { eq }) => eq(t.subjectId, contractId) });
  expect(noted.filter(({ stage }) => stage === 'campaign')).toMatchObject([
    { outcome: 'effective', verdict: 'confirm', taskId: task?.id },
  ]);
  const late = { ...answer, commandId: '00000000-0000-4000-8000-000000000001' };
  expect((await approver.browser.post(decision, late)).status).toBe(409);
});
