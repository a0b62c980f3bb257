import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerOf } from '../../db/personal/owner.ts';
import { seal } from '../../db/personal/tags.ts';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { contacts } from '../../db/schema/index.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { noticeWorkflowId } from '../../workflows/notice/messages.ts';
import { startMailServer, type Verdict } from '../activities/mail-support.ts';
import { draft, noticeDriver } from '../support/notices.ts';
import { eventually } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const DAY_MS = 86_400_000;

let workers: RunningWorkers;
let notices: ReturnType<typeof noticeDriver>;
let smtp: Awaited<ReturnType<typeof startMailServer>>;
let folder: string;
/** What the mail server says to a recipient; a test sets it for its own. */
const verdicts = new Map<string, Verdict | (() => Promise<Verdict>)>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hasso-notices-'));
  smtp = await startMailServer(folder, async ({ to }) => {
    const verdict = verdicts.get(to) ?? 'take';
    return typeof verdict === 'function' ? verdict() : verdict;
  });
  workers = await startWorkers({ SMTP_URL: smtp.url, OUTBOX_DIR: folder });
  notices = noticeDriver(workers.composed.db, workers.client);
});
afterAll(async () => {
  await workers.stop();
  await smtp.stop();
  rmSync(folder, { recursive: true, force: true });
});

const over = (noticeId: string) => workers.client.workflow.getHandle(noticeWorkflowId(noticeId)).result();
const pass = (noticeId: string, days: number) =>
  skipTo(workers.client, {
    workflowId: noticeWorkflowId(noticeId),
    targetMs: Date.now() + days * DAY_MS,
    id: randomUUID(),
  });
const states = async (noticeId: string) => (await notices.recipients(noticeId)).map(({ state }) => state);
async function setAddress(contractId: string, address: string): Promise<void> {
  const { db } = workers.composed;
  const email = seal(await ownerOf(db, { subjectType: 'contract', subjectId: contractId }), address);
  await db.update(contacts).set({ email }).where(eq(contacts.contractId, contractId));
}
function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** The mail server answers to these recipients only when it is let; `reached` when it was asked. */
function holdMails(prefix: string, count: number) {
  const [asked, held] = [deferred<void>(), deferred<Verdict>()];
  for (let n = 0; n < count; n++) {
    verdicts.set(`${prefix}-${n}@recipients.example`, () => {
      asked.resolve();
      return held.promise;
    });
  }
  return { reached: asked.promise, release: () => held.resolve('take') };
}
const received = (word: string) => smtp.mails().filter((raw) => raw.includes(word)).length;

test('two people approve, everybody gets one mail through many pages and runs, and the posting time is kept', async () => {
  const prefix = randomUUID().slice(0, 8);
  const ids = await notices.contracts(5, prefix);
  const noticeId = await notices.submit(
    draft({ postOnWeb: true, postingText: 'メンテナンスを行います。' }),
    ids,
  );
  await notices.approve(noticeId);
  const sent = await notices.inStatus(noticeId, 'following');
  expect(sent).toMatchObject({
    recipientCount: 5,
    postedAt: expect.any(Date),
    contentSha256: expect.any(String),
  });
  expect(await states(noticeId)).toEqual(ids.map(() => 'accepted'));
  expect(received(`To: ${prefix}-`)).toBe(5);
  const mails = await notices.mails(noticeId);
  expect(mails).toHaveLength(5);
  expect(mails.every(({ status, attempts }) => status === 'accepted' && attempts === 1)).toBe(true);
  await pass(noticeId, 6);
  await over(noticeId);
  expect(await notices.row(noticeId)).toMatchObject({ status: 'done', finishedAt: expect.any(Date) });
  const audit = await workers.composed.db.query.auditEntries.findMany({
    where: (t, { and: both, eq: is }) => both(is(t.subjectType, 'notice'), is(t.subjectId, noticeId)),
    orderBy: (t, { asc }) => asc(t.sequence),
  });
  expect(audit.map(({ action }) => action)).toEqual([
    'notice.drafted',
    'notice.waitingApproval',
    'notice.reviewed',
    'notice.approved',
    'notice.posted',
    'notice.sending',
    'notice.following',
    'notice.done',
  ]);
});

test('neither its author nor the first person can give the second approval; the same command twice is one approval', async () => {
  const [author, first] = [randomUUID(), randomUUID()];
  const noticeId = await notices.submit(draft({ createdBy: author }), await notices.contracts(1));
  const refused = { ok: false, code: 'samePerson' };
  expect(await notices.decide(noticeId, 'noticeReview', 'approve', author)).toMatchObject(refused);
  const task = await notices.openTask(noticeId, 'noticeReview');
  const commandId = randomUUID();
  const twice = await Promise.all(
    [1, 2].map(() =>
      notices.gateway.decide(noticeId, {
        commandId,
        actor: { kind: 'staff', id: first },
        taskId: task.id,
        decisionId: randomUUID(),
        verdict: 'approve',
      }),
    ),
  );
  expect(twice).toEqual([{ ok: true }, { ok: true }]);
  expect(await notices.decide(noticeId, 'noticeApproval', 'approve', first)).toMatchObject(refused);
  expect(await notices.decide(noticeId, 'noticeApproval', 'approve', author)).toMatchObject(refused);
  expect(await notices.row(noticeId)).toMatchObject({ status: 'waitingApproval', reviewedBy: first });
  expect(await notices.recipients(noticeId)).toEqual([]);
});

test('a refused notice reaches nobody; one sent back is a draft again and can be handed in again', async () => {
  const ids = await notices.contracts(1);
  const refused = await notices.submit(draft(), ids);
  await notices.decide(refused, 'noticeReview', 'approve');
  await notices.decide(refused, 'noticeApproval', 'refuse');
  await over(refused);
  expect(await notices.row(refused)).toMatchObject({ status: 'refused' });
  expect(await notices.mails(refused)).toEqual([]);
  expect(await notices.gateway.pause(refused, notices.command())).toMatchObject({
    ok: false,
    code: 'wrongState',
  });

  const input = draft();
  const noticeId = await notices.submit(input, ids);
  await notices.decide(noticeId, 'noticeReview', 'approve');
  await notices.decide(noticeId, 'noticeApproval', 'sendBack');
  await over(noticeId);
  expect(await notices.row(noticeId)).toMatchObject({ status: 'draft', reviewedBy: null });
  await notices.gateway.submit({ noticeId, startedBy: input.createdBy, commandId: randomUUID() });
  await notices.approve(noticeId);
  await notices.inStatus(noticeId, 'following');
});

test('a notice that nobody approves reminds, then escalates, and is not sent', async () => {
  const noticeId = await notices.submit(draft(), await notices.contracts(1));
  const task = await notices.openTask(noticeId, 'noticeReview');
  const skipping = pass(noticeId, 20);
  await eventually('reminded and escalated', async () => {
    const row = await workers.composed.db.query.tasks.findFirst({
      where: (t, { eq: is }) => is(t.id, task.id),
    });
    return row?.remindedAt != null && row.escalatedAt != null ? row : null;
  });
  expect(await notices.row(noticeId)).toMatchObject({ status: 'waitingApproval' });
  expect(await notices.decide(noticeId, 'noticeReview', 'refuse')).toEqual({ ok: true });
  await skipping;
});

test('an approval without anybody to tell is refused in words and the notice goes on waiting', async () => {
  const noticeId = await notices.submit(draft(), []);
  await notices.decide(noticeId, 'noticeReview', 'approve');
  expect(await notices.decide(noticeId, 'noticeApproval', 'approve')).toMatchObject({
    ok: false,
    code: 'ruleRefuses',
    message: expect.stringContaining('宛先となる契約がない'),
  });
  expect(await notices.row(noticeId)).toMatchObject({ status: 'waitingApproval', recipientCount: null });
});

test('a notice whose cause two people approved asks nobody again', async () => {
  const cause = {
    type: 'discontinuation' as const,
    id: randomUUID(),
    step: 'announcement',
    values: { 最終日: '2027年12月31日' },
    clause: '第16条1項',
    approvedBy: [randomUUID(), randomUUID()] as const,
  };
  const body = '{{会社名}} 様、{{最終日}}に終了します。';
  const noticeId = await notices.submit(draft({ cause, body }), await notices.contracts(1));
  expect(await notices.inStatus(noticeId, 'following')).toMatchObject({ approvedBy: cause.approvedBy[1] });
  const [mail] = await notices.mails(noticeId);
  expect(mail).toMatchObject({ status: 'accepted', kind: 'notice' });
});

test('what two people approved is posted on the web where nobody has a contract yet: who comes later is told by it', async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  const cause = {
    ...{ type: 'termsEdition' as const, id: randomUUID(), step: 'announcement', values: {} },
    ...{ clause: '第17条1項', approvedBy: [first, second] as const },
  };
  const posted = {
    audience: 'plan' as const,
    planCode: randomUUID(),
    postOnWeb: true,
    postingText: '改定します。',
  };
  const noticeId = await notices.submit(draft({ ...posted, cause, body: '改定します。' }), []);
  await notices.inStatus(noticeId, 'following');
  expect((await notices.row(noticeId))?.postedAt).not.toBeNull();
  expect(await notices.recipients(noticeId)).toEqual([]);
});

test('a paused notice sends to nobody until it goes on; then nobody is left out and nobody gets two', async () => {
  const prefix = randomUUID().slice(0, 8);
  const ids = await notices.contracts(4, prefix);
  const hold = holdMails(prefix, 4);
  const noticeId = await notices.submit(draft(), ids);
  await notices.approve(noticeId);
  await hold.reached;
  expect(await notices.gateway.pause(noticeId, notices.command())).toEqual({ ok: true });
  expect(await notices.gateway.pause(noticeId, notices.command())).toMatchObject({ code: 'wrongState' });
  hold.release();
  await eventually('the page on its way is recorded', async () =>
    (await states(noticeId)).filter((state) => state === 'accepted').length === 2 ? true : null,
  );
  expect(await notices.gateway.progress(noticeId)).toMatchObject({ status: 'paused' });
  expect(await states(noticeId)).toEqual(['accepted', 'accepted', 'queued', 'queued']);
  expect(await notices.gateway.resume(noticeId, notices.command())).toEqual({ ok: true });
  await notices.inStatus(noticeId, 'following');
  expect(received(`To: ${prefix}-`)).toBe(4);
});

test('a stopped notice leaves those whom it had not reached, and says so', async () => {
  const prefix = randomUUID().slice(0, 8);
  const ids = await notices.contracts(4, prefix);
  const hold = holdMails(prefix, 4);
  const noticeId = await notices.submit(draft(), ids);
  await notices.approve(noticeId);
  await hold.reached;
  const command = notices.command();
  expect(await notices.gateway.stop(noticeId, command)).toEqual({ ok: true });
  hold.release();
  await over(noticeId);
  expect(await states(noticeId)).toEqual(['accepted', 'accepted', 'stopped', 'stopped']);
  expect(await notices.row(noticeId)).toMatchObject({ status: 'stopped' });
  expect(received(`To: ${prefix}-`)).toBe(2);
  expect(await notices.gateway.resume(noticeId, notices.command())).toMatchObject({ code: 'wrongState' });
});

test('who was refused or came back is a task; a mended address is sent to again, the others are told by letter', async () => {
  const [first = '', second = '', third = ''] = await notices.contracts(3);
  await setAddress(first, `refused-${randomUUID().slice(0, 8)}@recipients.example`);
  await setAddress(second, `refused-${randomUUID().slice(0, 8)}@recipients.example`);
  const noticeId = await notices.submit(draft(), [first, second, third]);
  await notices.approve(noticeId);
  const task = await notices.openTask(noticeId, 'noticeUnreached');
  expect(task.role).toBe('operations');
  const stateOf = async (contractId: string) =>
    (await notices.recipients(noticeId)).find((row) => row.contractId === contractId);

  const mail = (await notices.mails(noticeId)).find(({ subjectId }) => subjectId === third);
  const bounce = { messageId: mail?.messageId ?? '', status: '5.1.1', answer: 'no such user' };
  expect(await recordBounce(workers.composed.db, bounce, new Date())).toBe('recorded');
  expect(await stateOf(third)).toMatchObject({ state: 'bounced' });
  const single = await workers.composed.db.query.tasks.findFirst({
    where: (t, { eq: is }) => is(t.subjectId, third),
  });
  expect(single).toBeUndefined();

  await setAddress(first, `mended-${randomUUID().slice(0, 8)}@recipients.example`);
  expect(await notices.gateway.retry(noticeId, notices.command())).toEqual({ ok: true });
  await eventually('the mended address took it', async () =>
    (await stateOf(first))?.state === 'accepted' ? true : null,
  );
  await notices.openTask(noticeId, 'noticeUnreached');
  expect(await stateOf(second)).toMatchObject({ state: 'refused', round: 2 });
  expect((await notices.mails(noticeId)).filter(({ subjectId }) => subjectId === first)).toHaveLength(2);

  const letters = { contractIds: [second], sentOn: jstDate(Date.now()) };
  const tomorrow = { ...letters, sentOn: jstDate(Date.now() + DAY_MS) };
  expect(await notices.gateway.recordLetters(noticeId, { ...notices.command(), ...tomorrow })).toMatchObject({
    ok: false,
    code: 'invalid',
  });
  const command = { ...notices.command(), ...letters };
  expect(await notices.gateway.recordLetters(noticeId, command)).toEqual({ ok: true, letters: 1 });
  expect(await notices.gateway.recordLetters(noticeId, command)).toEqual({ ok: true, letters: 1 });
  expect(await stateOf(second)).toMatchObject({ state: 'letter', letterSentOn: letters.sentOn });
  await eventually('the task is done', async () =>
    (
      await workers.composed.db.query.tasks.findMany({ where: (t, { eq: is }) => is(t.subjectId, noticeId) })
    ).every(({ status }) => status === 'done')
      ? true
      : null,
  );
  await pass(noticeId, 7);
  await over(noticeId);
  expect(await notices.row(noticeId)).toMatchObject({ status: 'done' });
});

test('who was put off is asked again after a while and gets one mail', async () => {
  const prefix = randomUUID().slice(0, 8);
  const ids = await notices.contracts(2, prefix);
  const address = `${prefix}-1@recipients.example`;
  verdicts.set(address, { code: 450, text: '4.2.1 mailbox busy' });
  const noticeId = await notices.submit(draft(), ids);
  await notices.approve(noticeId);
  await eventually('one is put off', async () =>
    (await states(noticeId)).includes('deferred') ? true : null,
  );
  verdicts.delete(address);
  await eventually('it waits', async () => (await notices.gateway.progress(noticeId))?.waitsUntilMs);
  await pass(noticeId, 1);
  await notices.inStatus(noticeId, 'following');
  expect(await states(noticeId)).toEqual(['accepted', 'accepted']);
  expect(received(`To: ${address}`)).toBe(1);
});

test('a connection cut after the server took a mail does not make two of it', async () => {
  const prefix = randomUUID().slice(0, 8);
  const ids = await notices.contracts(1, prefix);
  verdicts.set(`${prefix}-0@recipients.example`, 'cut');
  const noticeId = await notices.submit(draft(), ids);
  await notices.approve(noticeId);
  await eventually('it waits', async () => (await notices.gateway.progress(noticeId))?.waitsUntilMs);
  await notices.gateway.pause(noticeId, notices.command());
  await notices.gateway.resume(noticeId, notices.command());
  await pass(noticeId, 1);
  await notices.inStatus(noticeId, 'following');
  expect(await states(noticeId)).toEqual(['accepted']);
  expect(received(`To: ${prefix}-`)).toBe(1);
});

test('advertising is not sent to who opts out while it is being sent, and nobody has to post letters', async () => {
  const { db } = workers.composed;
  const prefix = randomUUID().slice(0, 8);
  const ids = (await notices.contracts(3, prefix)).toSorted();
  const hold = holdMails(prefix, 3);
  await setAddress(ids[0] ?? '', `refused-${prefix}@recipients.example`);
  const noticeId = await notices.submit(draft({ noticeClass: 'advertising' }), ids);
  await notices.approve(noticeId);
  await hold.reached;
  await db
    .update(contacts)
    .set({ optedOutAt: new Date(), optedOutHow: 'link' })
    .where(eq(contacts.contractId, ids[2] ?? ''));
  hold.release();
  await notices.inStatus(noticeId, 'following');
  expect(await states(noticeId)).toEqual(['refused', 'accepted', 'optedOut']);
  const [raw = Buffer.from('')] = smtp.mails().filter((mail) => mail.includes(`To: ${prefix}-`));
  const headers = raw.toString('latin1').replace(/\r\n[ \t]+/g, '');
  expect(headers).toMatch(/^List-Unsubscribe: <http:\/\/[^>]+\/opt-out\/[\w-]{60,}>\r$/m);
  expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  await pass(noticeId, 6);
  await over(noticeId);
  const tasks = await db.query.tasks.findMany({ where: (t, { eq: is }) => is(t.subjectId, noticeId) });
  expect(tasks.map(({ kind }) => kind).toSorted()).toEqual(['noticeApproval', 'noticeReview']);
});
