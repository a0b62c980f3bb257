import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { addDays, jstDate } from '../../domain/calendar/civil-date.ts';
import { eventually } from '../support/people.ts';
import { type ContractWeb, type Person, startContractWeb } from './contract-support.ts';
import { fieldValue } from './support.ts';

let web: ContractWeb;
let operations: Person;
let approver: Person;
beforeAll(async () => {
  web = await startContractWeb();
  operations = await web.signedIn('operations');
  approver = await web.signedIn('approver');
});
afterAll(async () => web.close());

const TYPED = {
  name: '﨑本 次郎',
  kana: 'サキモト ジロウ',
  email: 'jiro@customer.example',
  phone: '０３－９８７６－５４３２',
};
const REASON = '11月24日、代表電話への折り返しで総務部長から申し出。';

async function form(person: Person, path: string) {
  const page = await person.browser.get(path);
  return { csrf: fieldValue(page, 'csrf'), commandId: fieldValue(page, 'commandId') };
}
const contactOf = (contractId: string) =>
  web.db.query.contacts.findFirst({ where: (t, { eq }) => eq(t.contractId, contractId) });
const changesOf = (subjectId: string) =>
  web.db.query.contactChanges.findMany({ where: (t, { eq }) => eq(t.subjectId, subjectId) });

/** A contract whose certificate came back; the open task. */
async function returned() {
  const { contractId, path, driver } = await web.concluded();
  await driver.mailed('certificateIssued');
  const mail = (await driver.mails()).find(({ kind }) => kind === 'certificateIssued');
  const report = { messageId: mail?.messageId ?? '', status: '5.1.1', answer: 'user unknown' };
  await recordBounce(web.db, report, new Date());
  const task = (await driver.tasks()).find(({ kind }) => kind === 'mailProblem');
  return { contractId, path, driver, taskId: task?.id ?? '', problem: `/staff/mail-problems/${task?.id}` };
}

describe('changing the registered contact', () => {
  test('a new address holds only after another person confirmed it, and a double submit is one change', async () => {
    const { contractId, path } = await web.concluded();
    const hidden = await form(operations, `${path}/contact`);
    const post = () => operations.browser.post(`${path}/contact`, { ...hidden, ...TYPED, reason: REASON });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.status]).toEqual([303, 303]);
    const [change, ...more] = await changesOf(contractId);
    expect(more).toEqual([]);
    expect(change).toMatchObject({ phone: '03-9876-5432', status: 'waiting', needsSecond: true });
    expect((await contactOf(contractId))?.email).not.toBe(TYPED.email);
    const own = await operations.browser.get(`${path}/contact`);
    expect(own.html).toContain('この連絡先の変更はあなたが入力しました');
    const decision = `${path}/contact/${change?.id}/decision`;
    const byHand = { csrf: operations.csrf, commandId: randomUUID(), verdict: 'confirm' };
    expect((await operations.browser.post(decision, byHand)).status).toBe(403);
    const shown = await eventually('its task is open', async () => {
      const page = await approver.browser.get(`${path}/contact`);
      return page.html.includes('name="taskId"') ? page : null;
    });
    expect((await approver.browser.get('/staff')).html).toContain('連絡先の変更の確認');
    expect(shown.html).toContain(TYPED.email);
    const answer = await approver.browser.post(decision, {
      csrf: approver.csrf,
      commandId: fieldValue(shown, 'commandId'),
      taskId: fieldValue(shown, 'taskId'),
      verdict: 'confirm',
    });
    expect(answer.status).toBe(303);
    expect(await contactOf(contractId)).toMatchObject({ email: TYPED.email, name: TYPED.name });
    expect((await approver.browser.get(`${path}/contact`)).html).toContain('登録済');
  });

  test('what is wrong is told beside each field, with everything typed still there', async () => {
    const { path } = await web.concluded();
    const hidden = await form(operations, `${path}/contact`);
    const typed = { name: '', kana: '漢字', email: 'no address', phone: '12', reason: '' };
    const page = await operations.browser.post(`${path}/contact`, { ...hidden, ...typed });
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    for (const id of ['name', 'kana', 'email', 'phone', 'reason']) {
      expect(page.html).toContain(`href="#${id}"`);
    }
    expect(page.html).toContain('value="no address"');
  });

  test('is for operations; the page is not for reviewers', async () => {
    const { path } = await web.concluded();
    const reviewer = await web.signedIn('reviewer');
    expect((await reviewer.browser.get(`${path}/contact`)).status).toBe(403);
    const page = await approver.browser.get(`${path}/contact`);
    expect(page.html).not.toContain('変更を登録する');
    const fields = { csrf: approver.csrf, commandId: randomUUID(), ...TYPED, reason: REASON };
    expect((await approver.browser.post(`${path}/contact`, fields)).status).toBe(403);
  });
});

describe('a mail that came back', () => {
  test('is sent again once from its page, however often the button is pressed', async () => {
    const { path, driver, problem } = await returned();
    const contractPage = await operations.browser.get(path);
    expect(contractPage.html).toContain(problem);
    const page = await operations.browser.get(problem);
    expect(page.html).toContain('user unknown');
    const fields = { csrf: operations.csrf, commandId: fieldValue(page, 'commandId') };
    const presses = await Promise.all(
      [1, 2, 3].map(() => operations.browser.post(`${problem}/resend`, fields)),
    );
    expect(presses.map(({ status }) => status)).toEqual([303, 303, 303]);
    await driver.mailed('certificateIssued');
    await eventually('the task is done', async () =>
      (await operations.browser.get(problem)).html.includes('対応は完了しています') ? true : null,
    );
    const certificates = (await driver.mails()).filter(({ kind }) => kind === 'certificateIssued');
    expect(certificates.map(({ status }) => status).toSorted()).toEqual(['accepted', 'bounced']);
  });

  test('is settled by a letter with its day and words as evidence, once', async () => {
    const { contractId, problem, taskId } = await returned();
    const page = await operations.browser.get(problem);
    const today = jstDate(Date.now());
    const fields = {
      csrf: operations.csrf,
      commandId: fieldValue(page, 'commandId'),
      postedOn: today,
      reason: '簡易書留で発送。',
    };
    const future = await operations.browser.post(`${problem}/post`, { ...fields, postedOn: '2999-01-01' });
    expect(future.status).toBe(422);
    expect(future.html).toContain('簡易書留で発送。');
    const before = { ...fields, postedOn: addDays(today, -1) };
    expect((await operations.browser.post(`${problem}/post`, before)).html).toContain('以後の日付');
    const answers = [
      await operations.browser.post(`${problem}/post`, fields),
      await operations.browser.post(`${problem}/post`, fields),
    ];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const evidence = await web.db.query.decisions.findMany({ where: (t, { eq }) => eq(t.taskId, taskId) });
    expect(evidence).toMatchObject([
      { stage: 'delivery', verdict: 'byPost', reason: `発送日：${today}\n簡易書留で発送。` },
    ]);
    const entries = await web.db.query.auditEntries.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.action, 'mail.sentByPost')),
    });
    expect(entries.map(({ after }) => after)).toMatchObject([{ taskId, postedOn: today }]);
  });

  test('is for operations only', async () => {
    const { problem } = await returned();
    expect((await approver.browser.get(problem)).status).toBe(403);
    const fields = { csrf: approver.csrf, commandId: randomUUID() };
    expect((await approver.browser.post(`${problem}/resend`, fields)).status).toBe(403);
  });
});

test('the registered contact is told of an account for refunds that was entered, and not which it is', async () => {
  const { path, contractId, driver } = await web.concluded();
  const billing = await web.signedIn('billing');
  const body = new FormData();
  const account = { bankCode: '0005', branchCode: '321', accountType: '1', accountNumber: '7654321' };
  const typed = {
    csrf: billing.csrf,
    ...account,
    holderKana: 'サトウ',
    reason: '代表者の口座と電話で確認。',
  };
  for (const [name, value] of Object.entries(typed)) body.set(name, value);
  body.set('evidence', new File([await readFile('test/data/seal.png')], 'letter.png'));
  expect((await billing.browser.post(`${path}/bank-account`, body)).status).toBe(303);
  await driver.mailed('bankAccountChanged');
  const mail = (await driver.mails()).find(({ kind }) => kind === 'bankAccountChanged');
  expect(mail?.recipient).toBe((await contactOf(contractId))?.email);
  expect(mail?.subjectLine).toContain('返金の振込先');
});
