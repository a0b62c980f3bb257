import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTermsEdition } from '../../db/queries/terms-edition/add.ts';
import { agreements } from '../../db/schema/index.ts';
import { importList } from '../../dev/import-list.ts';
import { civilDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let people: ReturnType<typeof applicants>;
beforeAll(async () => {
  workers = await startWorkers();
  people = applicants(workers.composed.db, workers.client);
});
afterAll(async () => workers.stop());

const REVIEWER = randomUUID();
const APPROVER = randomUUID();
const applicant = { kind: 'applicant' } as const;

const over = (applicationId: string) =>
  workers.client.workflow.getHandle(applicationReviewId(applicationId)).result();
const mailsOf = async (applicationId: string) => {
  const rows = await workers.composed.db.query.mails.findMany({
    where: (t, { eq }) => eq(t.subjectId, applicationId),
  });
  return rows.map(({ kind, status }) => `${kind} ${status}`).sort();
};
const applicationRow = async (applicationId: string) =>
  workers.composed.db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, applicationId) });
const findingsOf = (applicationId: string) =>
  workers.composed.db.query.findings.findMany({ where: (t, { eq }) => eq(t.applicationId, applicationId) });
const auditOf = async (applicationId: string) => {
  const rows = await workers.composed.db.query.auditEntries.findMany({
    where: (t, { eq }) => eq(t.subjectId, applicationId),
    orderBy: (t, { asc }) => asc(t.sequence),
  });
  return rows.map(({ action }) => action);
};

describe('acceptance', () => {
  test('two people accept: one contract, one acceptance mail, a trail of every step', async () => {
    const { applicationId } = await people.submit();
    await people.review(applicationId, REVIEWER, 'recommendAccept');
    expect(await people.approve(applicationId, APPROVER, 'accept')).toEqual({ ok: true });
    await over(applicationId);
    expect(await applicationRow(applicationId)).toMatchObject({ status: 'concluded' });
    expect(await mailsOf(applicationId)).toEqual([
      'applicationAccepted accepted',
      'applicationReceived accepted',
    ]);
    expect(await auditOf(applicationId)).toEqual([
      'application.received',
      'application.checked',
      'application.review',
      'application.approval',
      'application.accepted',
      'application.concluded',
    ]);
    const contracts = await workers.composed.db.query.contracts.findMany({
      where: (t, { eq }) => eq(t.applicationId, applicationId),
    });
    expect(contracts).toHaveLength(1);
    expect(contracts[0]?.contractNumber).toMatch(/^THS-\d{6}$/);
  });

  test('a form sent twice is one application with one receipt', async () => {
    const { applicationId } = await people.submit();
    await people.gateway.submit(async () => ({ applicationId, sandbox: true }));
    await people.waitFor(applicationId, 'review');
    const receipts = await eventually('receipt mail', async () => {
      const sent = await mailsOf(applicationId);
      return sent.includes('applicationReceived accepted') ? sent : null;
    });
    expect(receipts).toEqual(['applicationReceived accepted']);
  });

  test('a decision sent twice counts once and gets the same answer', async () => {
    const { applicationId } = await people.submit();
    const { taskId } = await people.waitFor(applicationId, 'review');
    const command = {
      commandId: randomUUID(),
      actor: staff(REVIEWER),
      decisionId: randomUUID(),
      taskId: taskId ?? '',
      verdict: 'recommendAccept' as const,
    };
    const answers = await Promise.all([1, 2].map(() => people.gateway.decideReview(applicationId, command)));
    expect(answers).toEqual([{ ok: true }, { ok: true }]);
    expect((await auditOf(applicationId)).filter((action) => action === 'application.approval')).toHaveLength(
      1,
    );
  });
});

describe('four eyes', () => {
  test('nobody approves what they reviewed', async () => {
    const { applicationId } = await people.submit();
    await people.review(applicationId, REVIEWER, 'recommendAccept');
    expect(await people.approve(applicationId, REVIEWER, 'accept')).toMatchObject({
      ok: false,
      code: 'samePerson',
    });
    expect(await applicationRow(applicationId)).toMatchObject({ status: 'approval' });
  });

  test('nobody reviews or approves what they typed in', async () => {
    const typist = randomUUID();
    const { applicationId } = await people.submit({}, { enteredBy: typist });
    expect(await people.review(applicationId, typist, 'recommendAccept')).toMatchObject({
      code: 'samePerson',
    });
    await people.review(applicationId, REVIEWER, 'recommendAccept');
    expect(await people.approve(applicationId, typist, 'accept')).toMatchObject({ code: 'samePerson' });
  });

  test('the approver cannot turn a recommended refusal into an acceptance, but may send it back', async () => {
    const { applicationId } = await people.submit();
    await people.review(applicationId, REVIEWER, 'recommendRefuse');
    expect(await people.approve(applicationId, APPROVER, 'accept')).toMatchObject({ code: 'notAllowed' });
    expect(await people.approve(applicationId, APPROVER, 'sendBack')).toEqual({ ok: true });
    await people.waitFor(applicationId, 'review');
  });
});

describe('editions of the terms', () => {
  test('walk t1: an edition that came into force after the application needs agreement again before acceptance', async () => {
    const { db } = workers.composed;
    const { applicationId } = await people.submit();
    await people.review(applicationId, REVIEWER, 'recommendAccept');
    const older = await addTermsEdition(db, {
      number: 10,
      title: 'Hasso 利用規約',
      effectiveOn: civilDate('2020-01-01'),
    });
    await db
      .update(agreements)
      .set({ termsEditionId: older })
      .where(eq(agreements.applicationId, applicationId));
    expect(await people.approve(applicationId, APPROVER, 'accept')).toMatchObject({
      ok: false,
      clause: '第4条1項',
    });
    const { round } = await people.waitFor(applicationId, 'correction');
    const asked = (await findingsOf(applicationId)).filter(({ key }) => key === 'entry/agreement');
    expect(asked).toHaveLength(1);
    const current = await addTermsEdition(db, {
      number: 11,
      title: 'Hasso 利用規約',
      effectiveOn: civilDate('2023-09-28'),
    });
    await db
      .insert(agreements)
      .values({ applicationId, termsEditionId: current, agreedAt: new Date(), how: 'form' });
    await people.gateway.resubmit(applicationId, { commandId: randomUUID(), actor: applicant, round });
    await people.review(applicationId, REVIEWER, 'recommendAccept');
    expect(await people.approve(applicationId, APPROVER, 'accept')).toEqual({ ok: true });
    await over(applicationId);
    const contract = await db.query.contracts.findFirst({
      where: (t, { eq: is }) => is(t.applicationId, applicationId),
    });
    expect(contract?.termsEditionId).toBe(current);
    const certificate = await eventually('the certificate', async () =>
      db.query.certificates.findFirst({ where: (t, { eq: is }) => is(t.contractId, contract?.id ?? '') }),
    );
    expect(JSON.parse(certificate.payload)).toMatchObject({ termsEdition: 'Hasso 利用規約（第11版）' });
  });
});

describe('refusal and withdrawal', () => {
  test('a refused applicant gets one mail that does not tell the ground', async () => {
    const { applicationId } = await people.submit();
    await people.review(applicationId, REVIEWER, 'recommendRefuse');
    await people.approve(applicationId, APPROVER, 'refuse');
    await over(applicationId);
    expect(await mailsOf(applicationId)).toEqual([
      'applicationReceived accepted',
      'applicationRefused accepted',
    ]);
  });

  test('after a withdrawal no decision counts', async () => {
    const { applicationId } = await people.submit();
    const { taskId } = await people.waitFor(applicationId, 'review');
    expect(
      await people.gateway.withdraw(applicationId, { commandId: randomUUID(), actor: applicant }),
    ).toEqual({ ok: true });
    const late = await people.gateway.decideReview(applicationId, {
      commandId: randomUUID(),
      actor: staff(REVIEWER),
      decisionId: randomUUID(),
      taskId: taskId ?? '',
      verdict: 'recommendAccept',
    });
    expect(late).toMatchObject({ ok: false, code: 'wrongState' });
    await over(applicationId);
    expect(await applicationRow(applicationId)).toMatchObject({ status: 'withdrawn' });
    const [task] = await workers.composed.db.query.tasks.findMany({
      where: (t, { eq }) => eq(t.subjectId, applicationId),
    });
    expect(task).toMatchObject({ status: 'cancelled' });
  });

  test('a decision on a page that is out of date is refused', async () => {
    const { applicationId } = await people.submit();
    await people.waitFor(applicationId, 'review');
    const answer = await people.gateway.decideReview(applicationId, {
      commandId: randomUUID(),
      actor: staff(REVIEWER),
      decisionId: randomUUID(),
      taskId: randomUUID(),
      verdict: 'recommendAccept',
    });
    expect(answer).toMatchObject({ ok: false, code: 'stale' });
  });
});

describe('correction', () => {
  test('a missing entry goes back by mail with a last day, and comes to review once corrected', async () => {
    const { applicationId } = await people.submit({ representativeName: '' });
    const { correctionDueOn, round } = await people.waitFor(applicationId, 'correction');
    expect(correctionDueOn).not.toBeNull();
    const stale = await people.gateway.resubmit(applicationId, {
      commandId: randomUUID(),
      actor: applicant,
      round: 7,
    });
    expect(stale).toMatchObject({ code: 'stale' });
    await people.gateway.resubmit(applicationId, { commandId: randomUUID(), actor: applicant, round });
    const second = await people.waitFor(applicationId, 'correction');
    expect(second.round).toBe(2);
  });

  test('silence: one reminder, then the application lapses with a mail', async () => {
    const { applicationId } = await people.submit({ contactKana: '' });
    const { correctionDueOn } = await people.waitFor(applicationId, 'correction');
    const lapse = jstInstant(correctionDueOn as never) + 86_400_000;
    const moved = await skipTo(workers.client, {
      workflowId: applicationReviewId(applicationId),
      targetMs: lapse + 1000,
      id: randomUUID(),
    });
    expect(moved.ok).toBe(true);
    await over(applicationId);
    expect(await applicationRow(applicationId)).toMatchObject({ status: 'lapsed' });
    expect(await mailsOf(applicationId)).toEqual([
      'applicationLapsed accepted',
      'applicationReceived accepted',
      'correctionReminder accepted',
      'correctionRequested accepted',
    ]);
  });
});

describe('screening and silence of staff', () => {
  test('an open hit blocks acceptance; a released one does not; a confirmed anti-social hit blocks everybody', async () => {
    const { applicationId } = await people.submit({
      companyName: '株式会社黒鉄興業',
      companyKana: 'クロガネコウギョウ',
    });
    expect(await people.review(applicationId, REVIEWER, 'recommendAccept')).toMatchObject({
      code: 'blockedByFinding',
    });
    const hits = (await findingsOf(applicationId)).filter(({ ground }) => ground === 3);
    expect(hits.length).toBeGreaterThan(0);
    const decide = (findingId: string, verdict: 'released' | 'confirmed') =>
      people.gateway.decideFinding(applicationId, {
        commandId: randomUUID(),
        actor: staff(REVIEWER),
        decisionId: randomUUID(),
        findingId,
        verdict,
      });
    for (const { id } of hits) await decide(id, 'confirmed');
    expect(await people.review(applicationId, REVIEWER, 'recommendAccept')).toMatchObject({
      code: 'blockedByFinding',
    });
    for (const { id } of hits) expect(await decide(id, 'released')).toEqual({ ok: true });
    expect(await people.review(applicationId, REVIEWER, 'recommendAccept')).toEqual({ ok: true });
  });

  test('a list version that came in after the checks sends the application through them again', async () => {
    const { db } = workers.composed;
    const company = `株式会社後載${randomUUID().slice(0, 8)}`;
    const { applicationId } = await people.submit({ companyName: company });
    await people.review(applicationId, REVIEWER, 'recommendAccept');
    await people.waitFor(applicationId, 'approval');
    const entry = { id: randomUUID(), kind: 'company' as const, name: company };
    await importList(db, { list: 'internal', entries: [entry], importedBy: 'test' });
    expect(await people.approve(applicationId, APPROVER, 'accept')).toMatchObject({
      ok: false,
      clause: '第4条4項',
    });
    const { round, findings } = await people.waitFor(applicationId, 'review');
    expect(round).toBe(2);
    expect(findings).toContainEqual(expect.objectContaining({ outcome: 'hit', status: 'open' }));
  });

  test('an unanswered task reminds once, then escalates once, and stays open', async () => {
    const { applicationId } = await people.submit();
    const { taskId } = await people.waitFor(applicationId, 'review');
    const targetMs = Date.now() + 20 * 86_400_000;
    // No timer is left after the escalation, so the clock stops there: the answer says that it stands still.
    const skipping = skipTo(workers.client, {
      workflowId: applicationReviewId(applicationId),
      targetMs,
      id: randomUUID(),
    });
    const mails = await eventually('both reminders', async () => {
      const sent = await mailsOf(applicationId);
      return sent.filter((mail) => mail === 'staffReminder accepted').length === 2 ? sent : null;
    });
    expect(mails).toHaveLength(3);
    const task = await workers.composed.db.query.tasks.findFirst({
      where: (t, { eq }) => eq(t.id, taskId ?? ''),
    });
    expect(task).toMatchObject({ status: 'open' });
    expect(task?.remindedAt).not.toBeNull();
    expect(task?.escalatedAt).not.toBeNull();
    expect(await skipping).toBeDefined();
  });
});
