import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterContactChange } from '../../db/queries/contact/changes.ts';
import { registeredContact } from '../../db/queries/contact/registered.ts';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { readMailProblem } from '../../db/queries/read/mail-problem.ts';
import { skipTo } from '../../gateway/clock.ts';
import { contractGateway } from '../../gateway/contract.ts';
import { deliveryGateway } from '../../gateway/delivery.ts';
import { contactChangeWorkflowId } from '../../workflows/contact-change/messages.ts';
import { resendWorkflowId } from '../../workflows/resend/messages.ts';
import { startMailServer } from '../activities/mail-support.ts';
import { contractDriver } from '../support/contract-life.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasso-delivery-'));
let smtp: Awaited<ReturnType<typeof startMailServer>>;
let workers: RunningWorkers;
let people: ReturnType<typeof applicants>;
let gateway: ReturnType<typeof deliveryGateway>;
beforeAll(async () => {
  smtp = await startMailServer(join(folder, 'outbox'), () => 'take');
  workers = await startWorkers({ SMTP_URL: smtp.url, OUTBOX_DIR: smtp.dir });
  people = applicants(workers.composed.db, workers.client);
  gateway = deliveryGateway(workers.outbox);
});
afterAll(async () => {
  await workers.stop();
  await smtp.stop();
  rmSync(folder, { recursive: true });
});

const newEmail = (name = 'new') => `${name}.${randomUUID().slice(0, 8)}@customer.example`;
const over = (workflowId: string) => workers.client.workflow.getHandle(workflowId).result();
const rowsOf = (subjectId: string) =>
  workers.composed.db.query.mails.findMany({ where: (t, { eq }) => eq(t.subjectId, subjectId) });
const tasksOf = (subjectId: string, kind: 'mailProblem' | 'contactChange') =>
  workers.composed.db.query.tasks.findMany({
    where: (t, { and, eq }) => and(eq(t.subjectId, subjectId), eq(t.kind, kind)),
  });
const actionsOf = async (subjectId: string) =>
  (
    await workers.composed.db.query.auditEntries.findMany({
      where: (t, { eq }) => eq(t.subjectId, subjectId),
      orderBy: (t, { asc }) => asc(t.sequence),
    })
  ).map(({ action }) => action);
const contactOf = async (subjectId: string) =>
  (await registeredContact(workers.composed.db, { subjectType: 'contract', subjectId }))?.contact;

/** What reached an address, parsed. */
async function mailsTo(address: string) {
  const parsed = await Promise.all(smtp.mails().map((raw) => simpleParser(raw)));
  return parsed.filter(({ to }) => !Array.isArray(to) && to?.text.includes(address));
}

async function certificateMail(contractId: string) {
  return eventually('the certificate was taken', async () =>
    (await rowsOf(contractId)).find(
      ({ kind, status }) => kind === 'certificateIssued' && status === 'accepted',
    ),
  );
}

/** A certificate that came back after the server had taken it. */
async function bounced(contractId: string) {
  const mail = await certificateMail(contractId);
  const report = { messageId: mail.messageId, status: '5.1.1', answer: 'user unknown' };
  expect(await recordBounce(workers.composed.db, report, new Date())).toBe('recorded');
  const [task] = await tasksOf(contractId, 'mailProblem');
  if (task === undefined) throw new Error('no task');
  return { mail, task };
}

async function enter(
  contractId: string,
  contact: Partial<{ name: string; kana: string; email: string; phone: string }>,
) {
  const { db } = workers.composed;
  const registered = await contactOf(contractId);
  if (registered === undefined) throw new Error('no contact');
  const enteredBy = randomUUID();
  const entered = await enterContactChange(db, {
    changeId: randomUUID(),
    subjectType: 'contract',
    subjectId: contractId,
    contact: { ...registered, ...contact },
    reason: '担当者の交代',
    enteredBy,
  });
  if (!('change' in entered)) throw new Error(entered.refused);
  const { change } = entered;
  await gateway.changeContact(
    async () => undefined,
    () => ({ changeId: change.id, ...change, sandbox: true }),
  );
  return { change, enteredBy, former: registered };
}

const decide = (
  changeId: string,
  by: string,
  verdict: 'confirm' | 'reject',
  commandId: string = randomUUID(),
) => gateway.decideContactChange(changeId, { commandId, actor: staff(by), verdict });

/** A changed address, confirmed by somebody else. */
async function moveTo(contractId: string, email: string) {
  const { change } = await enter(contractId, { email });
  expect(await decide(change.id, randomUUID(), 'confirm')).toEqual({ ok: true });
  await over(contactChangeWorkflowId(change.id));
}

describe('a mail that came back after it was taken', () => {
  test('goes once to the address registered since, with the same certificate, however often it is asked for', async () => {
    const contractId = await people.conclude();
    const { mail, task } = await bounced(contractId);
    const email = newEmail();
    await moveTo(contractId, email);
    const staffId = randomUUID();
    await Promise.all(Array.from({ length: 3 }, () => gateway.resend({ taskId: task.id, staffId })));
    await over(resendWorkflowId(task.id));
    await gateway.resend({ taskId: task.id, staffId });
    const sent = (await rowsOf(contractId)).filter(({ kind }) => kind === 'certificateIssued');
    expect(sent.map(({ key, status, recipient }) => ({ key, status, recipient }))).toEqual(
      expect.arrayContaining([
        { key: mail.key, status: 'bounced', recipient: mail.recipient },
        { key: `${mail.key}/2`, status: 'accepted', recipient: email },
      ]),
    );
    expect(sent).toHaveLength(2);
    const arrived = (await mailsTo(email)).filter(({ attachments }) => attachments.length > 0);
    expect(arrived).toHaveLength(1);
    const first = (await mailsTo(mail.recipient)).find(({ attachments }) => attachments.length > 0);
    expect(arrived[0]?.attachments[0]?.checksum).toBe(first?.attachments[0]?.checksum);
    expect((await tasksOf(contractId, 'mailProblem')).map(({ status }) => status)).toEqual(['done']);
    expect((await actionsOf(contractId)).filter((action) => action === 'mail.resent')).toHaveLength(1);
  });

  test('that is refused when sent again gets another task, which can be mended in the same way', async () => {
    const contractId = await people.conclude();
    const { task } = await bounced(contractId);
    await moveTo(contractId, newEmail('refused'));
    await gateway.resend({ taskId: task.id, staffId: randomUUID() });
    await over(resendWorkflowId(task.id));
    const open = (await tasksOf(contractId, 'mailProblem')).filter(({ status }) => status === 'open');
    const again = open.find(({ about }) => about.startsWith('certificate/'));
    const problem = await readMailProblem(workers.composed.db, again?.id ?? '');
    expect(problem).toMatchObject({ remedy: 'resend', mail: { status: 'refused' } });
    const email = newEmail();
    await moveTo(contractId, email);
    await gateway.resend({ taskId: again?.id ?? '', staffId: randomUUID() });
    await over(resendWorkflowId(again?.id ?? ''));
    expect((await mailsTo(email)).filter(({ attachments }) => attachments.length > 0)).toHaveLength(1);
  });

  test('is not sent again when a letter was recorded meanwhile', async () => {
    const contractId = await people.conclude();
    const { task } = await bounced(contractId);
    await workers.composed.ports.records.closeTask({ taskId: task.id, outcome: 'done' });
    await gateway.resend({ taskId: task.id, staffId: randomUUID() });
    await over(resendWorkflowId(task.id));
    const sent = (await rowsOf(contractId)).filter(({ kind }) => kind === 'certificateIssued');
    expect(sent).toHaveLength(1);
  });
});

describe('a mail that a contract waits for', () => {
  test('is let go without a second mail when a letter did it, and what is behind it goes on', async () => {
    const contractId = await people.conclude();
    await certificateMail(contractId);
    await moveTo(contractId, newEmail('refused'));
    const contracts = contractGateway(workers.outbox);
    const requestId = await cancelled(contractId);
    const task = await eventually('the refusal is a task', async () =>
      (await tasksOf(contractId, 'mailProblem')).find(({ about }) => about === `request/${requestId}`),
    );
    expect(await readMailProblem(workers.composed.db, task.id)).toMatchObject({
      remedy: 'awaited',
      mail: { status: 'refused' },
    });
    const command = { commandId: randomUUID(), actor: staff(randomUUID()), taskId: task.id };
    await contracts.retryDelivery(contractId, { ...command, by: 'post' });
    await eventually('the task is done', async () =>
      (await tasksOf(contractId, 'mailProblem')).find(
        ({ id, status }) => id === task.id && status === 'done',
      ),
    );
    const sent = (await rowsOf(contractId)).filter(({ key }) => key.includes(requestId));
    expect(sent.map(({ status }) => status)).toEqual(['refused']);
  });
});

async function cancelled(contractId: string): Promise<string> {
  const driver = contractDriver(workers.composed.db, workers.client, contractId);
  const asked = await driver.ask({ kind: 'cancellation', arrived: new Date().toISOString() });
  return asked.requestId;
}

describe('a change of the registered contact (第12条2項)', () => {
  test('of the address waits for a second person; then both addresses are told, and neither mail says a value', async () => {
    const contractId = await people.conclude({ contactName: '髙橋 花子' });
    await certificateMail(contractId);
    const email = newEmail();
    const { change, enteredBy, former } = await enter(contractId, { email, name: '﨑本 次郎' });
    await eventually('the task is open', async () => (await tasksOf(contractId, 'contactChange'))[0]);
    expect(await decide(change.id, enteredBy, 'confirm')).toMatchObject({ ok: false, code: 'samePerson' });
    expect((await contactOf(contractId))?.email).toBe(former.email);
    const commandId = randomUUID();
    const second = randomUUID();
    expect(await decide(change.id, second, 'confirm', commandId)).toEqual({ ok: true });
    await over(contactChangeWorkflowId(change.id));
    expect(await contactOf(contractId)).toMatchObject({ email, name: '﨑本 次郎' });
    const told = (await mailsTo(email)).map(({ text }) => text ?? '');
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('担当者氏名、メールアドレス');
    const before = (await mailsTo(former.email)).filter(({ subject }) => subject?.includes('連絡先の変更'));
    expect(before).toHaveLength(1);
    expect(before[0]?.text).not.toContain(email);
    expect(before[0]?.text).not.toContain('﨑本');
    const entries = await workers.composed.db.query.auditEntries.findMany({
      where: (t, { eq }) => eq(t.subjectId, contractId),
    });
    const written = JSON.stringify(entries.filter(({ action }) => action.startsWith('contact.')));
    expect(written).toContain('contact.changed');
    for (const value of [email, former.email, '﨑本', '髙橋']) expect(written).not.toContain(value);
  });

  test('of the reading of a name holds at once and tells the one address', async () => {
    const contractId = await people.conclude();
    const { change } = await enter(contractId, { kana: 'アオバ ハナヨ' });
    await over(contactChangeWorkflowId(change.id));
    expect((await contactOf(contractId))?.kana).toBe('アオバ ハナヨ');
    expect(await tasksOf(contractId, 'contactChange')).toEqual([]);
    const told = (await rowsOf(contractId)).filter(({ kind }) => kind === 'contactChanged');
    expect(told).toHaveLength(1);
  });

  test('of the name or telephone, by which a consent is taken, waits for a second person', async () => {
    const contractId = await people.conclude();
    const { change, enteredBy, former } = await enter(contractId, { phone: '03-9876-5432' });
    const [task] = await eventually('its task is open', async () => {
      const open = await tasksOf(contractId, 'contactChange');
      return open.length > 0 ? open : null;
    });
    expect(task?.excludedStaff).toEqual([enteredBy]);
    expect((await contactOf(contractId))?.phone).toBe(former.phone);
    expect(await decide(change.id, enteredBy, 'confirm')).toMatchObject({ code: 'samePerson' });
    expect(await decide(change.id, randomUUID(), 'confirm')).toEqual({ ok: true });
    await over(contactChangeWorkflowId(change.id));
    expect((await contactOf(contractId))?.phone).toBe('03-9876-5432');
  });

  test('does not write to the address of before when the last mail to it came back', async () => {
    const contractId = await people.conclude();
    await bounced(contractId);
    await moveTo(contractId, newEmail());
    const told = (await rowsOf(contractId)).filter(({ kind }) => kind === 'contactChanged');
    expect(told).toHaveLength(1);
  });

  test('that the second person does not agree to leaves the contact as it was and tells nobody', async () => {
    const contractId = await people.conclude();
    const { change, former } = await enter(contractId, { email: newEmail() });
    expect(await decide(change.id, randomUUID(), 'reject')).toEqual({ ok: true });
    await over(contactChangeWorkflowId(change.id));
    expect((await contactOf(contractId))?.email).toBe(former.email);
    expect((await rowsOf(contractId)).filter(({ kind }) => kind === 'contactChanged')).toEqual([]);
    const late = await decide(change.id, randomUUID(), 'confirm');
    expect(late).toMatchObject({ ok: false, code: 'wrongState' });
  });

  test('in silence reminds, escalates and stays open with the contact of before', async () => {
    const contractId = await people.conclude();
    const { change, former } = await enter(contractId, { email: newEmail() });
    await eventually('the task is open', async () => (await tasksOf(contractId, 'contactChange'))[0]);
    const workflowId = contactChangeWorkflowId(change.id);
    await skipTo(workers.client, { workflowId, targetMs: Date.now() + 30 * 86_400_000, id: randomUUID() });
    const task = await eventually('it was escalated', async () =>
      (await tasksOf(contractId, 'contactChange')).find(({ escalatedAt }) => escalatedAt !== null),
    );
    expect(task).toMatchObject({ status: 'open', remindedAt: expect.any(Date) });
    expect((await contactOf(contractId))?.email).toBe(former.email);
    await decide(change.id, randomUUID(), 'reject');
    await over(contactChangeWorkflowId(change.id));
  });

  test('while another one waits is refused, and the same form sent twice is one change', async () => {
    const contractId = await people.conclude();
    const { db } = workers.composed;
    const { change, enteredBy } = await enter(contractId, { email: newEmail() });
    const contact = { name: 'A', kana: 'ア', email: newEmail(), phone: '0312345678' };
    const other = {
      subjectType: 'contract' as const,
      subjectId: contractId,
      contact,
      reason: '別',
      enteredBy,
    };
    expect(await enterContactChange(db, { ...other, changeId: randomUUID() })).toEqual({
      refused: 'anotherWaits',
    });
    expect(await enterContactChange(db, { ...other, changeId: change.id })).toMatchObject({
      change: { id: change.id, email: change.email },
    });
    await decide(change.id, randomUUID(), 'reject');
  });
});
