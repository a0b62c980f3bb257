import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealRow } from '../../db/personal/seal-row.ts';
import { decideHold, proposeHold, proposeLift } from '../../db/queries/deletion/hold.ts';
import { planDeletion } from '../../db/queries/deletion/plan.ts';
import { deletionSubject } from '../../db/queries/deletion/subject.ts';
import { applicationDocuments, policies } from '../../db/schema/index.ts';
import { addDays, jstInstant } from '../../domain/calendar/civil-date.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { deletionWorkflowId } from '../../workflows/deletion/messages.ts';
import { endings } from '../support/ended-contract.ts';
import { pdfOf } from '../support/pdf.ts';
import { eventually, staff } from '../support/people.ts';
import { randomWord } from '../support/random-word.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let life: ReturnType<typeof endings>;
beforeAll(async () => {
  workers = await startWorkers();
  life = endings(workers.composed.db, workers.client);
});
afterAll(async () => workers.stop());

describe('the deletion of an ended contract', () => {
  test('waits for the days of grace, removes everything, proves it, mails the proof and forgets the address', async () => {
    const { db } = workers.composed;
    const contractId = await life.ended({
      companyName: '株式会社消去一号',
      contactEmail: 'kieru@shokyo.example',
    });
    await life.start(contractId);
    await life.toDay(contractId, 30);
    expect(await life.row(contractId)).toMatchObject({ status: 'waiting' });
    await life.toDay(contractId, 32);
    await life.over(contractId);
    const row = await life.row(contractId);
    expect(row).toMatchObject({ status: 'done', proofMail: 'sent', leftovers: [] });
    const subject = await deletionSubject(db, contractId);
    const left = subject === null ? [] : await planDeletion(db, subject);
    expect(left.filter(({ action }) => action === 'erase' || action === 'reduce')).toEqual([]);
  });

  test('left behind after its day by a test clock that is ahead, it begins on that clock, not before', async () => {
    const contractId = await life.ended();
    const { endsOn } = await life.contractRow(contractId);
    if (endsOn === null) throw new Error('the contract has no end');
    await workers.client.workflow.start('deletion', {
      workflowId: deletionWorkflowId(contractId),
      taskQueue: BACKGROUND_QUEUE,
      args: [{ contractId, sandbox: true, notBeforeMs: jstInstant(addDays(endsOn, 40)) }],
    });
    await life.toDay(contractId, 39);
    expect(await life.row(contractId)).toMatchObject({ status: 'waiting', dueOn: addDays(endsOn, 31) });
    await life.toDay(contractId, 41);
    await life.over(contractId);
    expect(await life.row(contractId)).toMatchObject({ status: 'done', deletedOn: addDays(endsOn, 40) });
  });

  test('a hold set one second before stops it, also before a second person has seen it; lifted, it goes on', async () => {
    const contractId = await life.ended();
    await life.start(contractId);
    await life.toDay(contractId, 31, -1);
    const holdId = await life.hold(contractId);
    await life.toDay(contractId, 40);
    expect(await life.row(contractId)).toMatchObject({ status: 'held', deletedOn: null, begunAt: null });
    const { db } = workers.composed;
    const contact = await db.query.contacts.findFirst({ where: (t, { eq }) => eq(t.contractId, contractId) });
    expect(contact?.name).toBe('青葉 花子');
    expect(await life.reject(holdId)).toMatchObject({ ok: true, status: 'rejected' });
    await life.gateway.holdChanged(contractId);
    await life.over(contractId);
    expect(await life.row(contractId)).toMatchObject({ status: 'done' });
    const late = await proposeHold(db, holdOf(contractId));
    expect(late).toMatchObject({ ok: false, code: 'wrongState', clause: '第22条6項' });
  });

  test('a hold needs two people to be set for good and two to be lifted', async () => {
    const { db } = workers.composed;
    const contractId = await life.ended();
    const [first, second] = [randomUUID(), randomUUID()];
    const set = await proposeHold(db, { ...holdOf(contractId), staffId: first });
    const holdId = set.ok ? set.holdId : '';
    const say = (staffId: string, verdict: 'confirm' | 'reject') =>
      decideHold(db, { holdId, verdict, staffId, commandId: randomUUID(), at: new Date() });
    expect(await say(first, 'confirm')).toMatchObject({ ok: false, code: 'samePerson' });
    expect(await say(second, 'confirm')).toMatchObject({ ok: true, status: 'active' });
    const lift = { holdId, reason: '和解したため', commandId: randomUUID(), staffId: second, at: new Date() };
    expect(await proposeLift(db, lift)).toMatchObject({ ok: true, status: 'liftProposed' });
    expect(await say(second, 'confirm')).toMatchObject({ ok: false, code: 'samePerson' });
    expect(await say(first, 'confirm')).toMatchObject({ ok: true, status: 'lifted' });
    expect(await say(first, 'confirm')).toMatchObject({ ok: false, code: 'stale' });
  });

  test('what the search finds stops it loudly: a task without the text, and again when people have looked', async () => {
    const { db } = workers.composed;
    const word = `株式会社${randomWord().replaceAll('-', '')}`;
    const contractId = await life.ended({ companyName: word });
    await db.insert(policies).values({
      key: 'deletion.graceDays',
      // Above the versions that other tests set.
      version: 1_000_000,
      value: 30,
      setBy: 'test',
      reason: `${word}のため`,
    });
    await life.start(contractId);
    await life.toDay(contractId, 31);
    // The server takes its time to remove histories; the search comes after that.
    await expect
      .poll(async () => (await life.row(contractId))?.status, { timeout: 90_000, interval: 200 })
      .toBe('problem');
    const task = await eventually('the problem is a task', async () =>
      db.query.tasks.findFirst({
        where: (t, { and, eq }) =>
          and(eq(t.subjectId, contractId), eq(t.kind, 'deletionProblem'), eq(t.status, 'open')),
      }),
    );
    expect(await life.row(contractId)).toMatchObject({
      status: 'problem',
      leftovers: [{ store: 'policies.reason', count: 1 }],
    });
    expect(task).toMatchObject({ role: 'legal', cause: 'leftovers' });
    await db.delete(policies).where(eq(policies.reason, `${word}のため`));
    const retry = { commandId: randomUUID(), actor: staff(randomUUID()), taskId: task.id };
    expect(await life.gateway.retry(contractId, retry)).toEqual({ ok: true });
    await life.over(contractId);
    expect(await life.row(contractId)).toMatchObject({ status: 'done', leftovers: [] });
  });

  test("another customer's identical file and mails stay", async () => {
    const { db } = workers.composed;
    const storage = createFileStorage(workers.config.DOCUMENTS_DIR);
    const same = await storage.put(await pdfOf(`same ${randomWord()}`));
    const other = await life.ended();
    const attach = async (contractId: string) => {
      const { applicationId } = await life.contractRow(contractId);
      const file = { fileName: '申込書.pdf', contentType: 'application/pdf', addedBy: 'test' };
      await db.insert(applicationDocuments).values(
        sealRow(applicationDocuments, applicationId, {
          ...file,
          applicationId,
          storageKey: same.key,
          sha256: same.sha256,
          bytes: same.bytes,
        }),
      );
    };
    const contractId = await life.ended({}, attach);
    await attach(other);
    await life.start(contractId);
    await life.toDay(contractId, 31);
    await life.over(contractId);
    expect(await storage.has(same.key)).toBe(true);
    await life.start(other);
    await life.toDay(other, 31);
    await life.over(other);
    expect(await storage.has(same.key)).toBe(false);
  });
});

const holdOf = (contractId: string) => ({
  contractId,
  commandId: randomUUID(),
  reason: '係争のため、証拠を保全する',
  staffId: randomUUID(),
  at: new Date(),
});
