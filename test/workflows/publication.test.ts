import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findNoticeByCause } from '../../db/queries/notice/find.ts';
import { uploadTermsEdition } from '../../db/queries/terms-edition/upload.ts';
import { noticeRecipients, notices } from '../../db/schema/index.ts';
import { addDays, type CivilDate, jstDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { publicationGateway } from '../../gateway/publication.ts';
import { contractUpdates, contractWorkflowId, termsEffective } from '../../workflows/contract/messages.ts';
import { type PublicationInput, publicationWorkflowId } from '../../workflows/publication/messages.ts';
import { endCampaign } from '../support/campaign.ts';
import { contractDriver } from '../support/contract-life.ts';
import { startOwnStack } from '../support/own-stack.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let stack: Awaited<ReturnType<typeof startOwnStack>>;
let workers: RunningWorkers;
let gateway: ReturnType<typeof publicationGateway>;
beforeAll(async () => {
  stack = await startOwnStack();
  workers = await startWorkers(stack.env);
  // Somebody has to be told.
  await applicants(workers.composed.db, workers.client).conclude();
  gateway = publicationGateway(workers.outbox);
});
afterAll(async () => {
  await workers.stop();
  await stack.stop();
});

let number = 300;

/** A draft of an edition. */
async function draft(effectiveOn: CivilDate = addDays(jstDate(Date.now()), 60)) {
  number += 1;
  const edition = {
    id: randomUUID(),
    number,
    title: 'Hasso 利用規約',
    effectiveOn,
    detrimental: true,
    reason: '見直し',
    documentKey: 'none',
    documentSha256: 'none',
    contentType: 'text/html' as const,
    fileName: 'x.html',
    bodyHtml: '<p>本文</p>',
    bodyText: '本文',
    uploadedBy: randomUUID(),
  };
  await uploadTermsEdition(workers.composed.db, edition);
  const subject = { subjectType: 'termsEdition' as const, subjectId: edition.id };
  return { ...edition, subject, input: { ...subject, enteredBy: edition.uploadedBy, effectiveOn } };
}

const begin = (input: PublicationInput) =>
  gateway.create(
    async () => undefined,
    () => input,
  );

async function started() {
  const edition = await draft();
  await begin(edition.input);
  return edition;
}

const row = (id: string) =>
  workers.composed.db.query.termsEditions.findFirst({ where: (t, { eq: is }) => is(t.id, id) });
const openTask = (id: string, kind: string) =>
  eventually(`a task ${kind} is open`, async () =>
    workers.composed.db.query.tasks.findFirst({
      where: (t, { and, eq: is }) =>
        and(is(t.subjectId, id), is(t.kind, kind as never), is(t.status, 'open')),
    }),
  );
const decide = (edition: Awaited<ReturnType<typeof started>>, by: string, verdict: 'approve' | 'reject') =>
  gateway.decide(edition.subject, { commandId: randomUUID(), actor: staff(by), verdict });
const toEffectiveDate = async (edition: Awaited<ReturnType<typeof started>>) => {
  const workflowId = publicationWorkflowId('termsEdition', edition.id);
  const targetMs = jstInstant(edition.effectiveOn) + 3_600_000;
  const moved = await skipTo(workers.client, { workflowId, targetMs, id: randomUUID() });
  expect(moved.ok).toBe(true);
  return workers.client.workflow.getHandle(workflowId).result();
};

test('two people, a notice before the day, and the edition takes effect on its day, each step in the audit log', async () => {
  const edition = await started();
  const task = await openTask(edition.id, 'termsApproval');
  expect(task.excludedStaff).toEqual([edition.uploadedBy]);
  expect(await decide(edition, edition.uploadedBy, 'approve')).toMatchObject({
    ok: false,
    code: 'samePerson',
  });
  const approver = randomUUID();
  expect(await decide(edition, approver, 'approve')).toEqual({ ok: true });
  expect(await row(edition.id)).toMatchObject({ status: 'approved', approvedBy: approver });
  const notice = await postedNotice(edition.id);
  expect(notice).toMatchObject({
    reviewedBy: edition.uploadedBy,
    approvedBy: approver,
    audience: 'all',
    noticeClass: 'contractual',
    byMail: true,
    postOnWeb: true,
  });
  expect(notice.postingText).not.toContain('{{');
  expect(await toEffectiveDate(edition)).toBe('effective');
  expect((await row(edition.id))?.status).toBe('effective');
  const actions = await workers.composed.db.query.auditEntries.findMany({
    where: (t, { eq: is }) => is(t.subjectId, edition.id),
    orderBy: (t, { asc }) => asc(t.sequence),
  });
  expect(actions.map(({ action }) => action)).toEqual([
    'termsEdition.uploaded',
    'termsEdition.approved',
    'termsEdition.effective',
  ]);
});

test('where another edition binds than the certificate names, a new revision goes out on its day, once; others keep theirs', async () => {
  const { db } = workers.composed;
  const people = applicants(db, workers.client);
  const made = [await people.conclude(), await people.conclude(), await people.conclude()];
  const lives = made.map((contractId) => contractDriver(db, workers.client, contractId));
  for (const life of lives) await life.mailed('certificateIssued');
  const edition = await draft();
  await begin({ ...edition.input, pageSize: 2 });
  await decide(edition, randomUUID(), 'approve');
  const notice = await postedNotice(edition.id);
  // The notice reached the last one by letter alone, and too late.
  const late = made[2] ?? '';
  await db.update(notices).set({ postedAt: null }).where(eq(notices.id, notice.id));
  await db
    .update(noticeRecipients)
    .set({ state: 'letter', acceptedAt: null, letterSentOn: edition.effectiveOn })
    .where(and(eq(noticeRecipients.noticeId, notice.id), eq(noticeRecipients.contractId, late)));
  for (const life of lives) await life.to(`${edition.effectiveOn}T00:30:00+09:00`);
  expect(await toEffectiveDate(edition)).toBe('effective');
  const certificatesOf = (contractId: string) =>
    db.query.certificates.findMany({
      where: (t, { eq: is }) => is(t.contractId, contractId),
      orderBy: (t, { asc }) => asc(t.revision),
    });
  for (const contractId of made.slice(0, 2)) {
    const revised = await eventually('the certificate is revised', async () => {
      const all = await certificatesOf(contractId);
      return all.length > 1 ? all : null;
    });
    expect(revised.map(({ causeKind, causeRef, status }) => [causeKind, causeRef, status])).toEqual([
      ['initial', '', 'superseded'],
      ['terms', `${edition.number}`, 'current'],
    ]);
    const { termsEdition } = JSON.parse(revised[1]?.payload ?? '{}') as { termsEdition: string };
    expect(termsEdition).toContain(`第${edition.number}版`);
  }
  await signalContracts(made);
  expect((await certificatesOf(late)).map(({ causeKind }) => causeKind)).toEqual(['initial']);
  expect(await certificatesOf(made[0] ?? '')).toHaveLength(2);

  /** Tells them once more and waits until each has looked. */
  async function signalContracts(contractIds: readonly string[]): Promise<void> {
    const command = { commandId: randomUUID(), actor: { kind: 'system' as const } };
    for (const contractId of contractIds) {
      const handle = workers.client.workflow.getHandle(contractWorkflowId(contractId));
      await handle.signal(termsEffective, { ...command, editionNumber: edition.number });
      const read = { ...command, commandId: randomUUID() };
      await workers.outbox.update(contractWorkflowId(contractId), contractUpdates.numbersRead, read);
    }
  }
});

test('an edition whose notice was published on its day, or never, is void, and staff are told', async () => {
  const edition = await started();
  await decide(edition, randomUUID(), 'approve');
  const notice = await postedNotice(edition.id);
  await posted(notice.id, new Date(jstInstant(edition.effectiveOn)));
  expect(await toEffectiveDate(edition)).toBe('void');
  expect(await row(edition.id)).toMatchObject({ status: 'void' });
  expect((await openTask(edition.id, 'editionVoid')).role).toBe('legal');
});

test('silence: a draft that nobody approves reminds, lapses on its day and gives its number back', async () => {
  const edition = await started();
  await openTask(edition.id, 'termsApproval');
  expect(await toEffectiveDate(edition)).toBe('lapsed');
  const task = await workers.composed.db.query.tasks.findFirst({
    where: (t, { eq: is }) => is(t.subjectId, edition.id),
  });
  expect(task).toMatchObject({
    status: 'cancelled',
    remindedAt: expect.any(Date),
    escalatedAt: expect.any(Date),
  });
  number -= 1;
  expect((await draft()).number).toBe(edition.number);
  expect(await decide(edition, randomUUID(), 'approve')).toMatchObject({ ok: false, code: 'wrongState' });
});

test('a rejected draft is over; an approved one may be withdrawn before its day but not approved again', async () => {
  const rejected = await started();
  expect(await decide(rejected, randomUUID(), 'reject')).toEqual({ ok: true });
  expect((await row(rejected.id))?.status).toBe('rejected');
  const withdrawn = await started();
  const approver = randomUUID();
  await decide(withdrawn, approver, 'approve');
  expect(await decide(withdrawn, approver, 'approve')).toMatchObject({ ok: false, code: 'stale' });
  expect(await decide(withdrawn, approver, 'reject')).toEqual({ ok: true });
  expect((await row(withdrawn.id))?.status).toBe('rejected');
});

test('the same command twice is one decision', async () => {
  const edition = await started();
  const command = { commandId: randomUUID(), actor: staff(randomUUID()), verdict: 'approve' as const };
  const [first, second] = await Promise.all([
    gateway.decide(edition.subject, command),
    gateway.decide(edition.subject, command),
  ]);
  expect([first, second]).toEqual([{ ok: true }, { ok: true }]);
});

/** The notice once its campaign has posted and sent it. */
const postedNotice = (id: string) =>
  eventually('the notice is posted', async () => {
    const notice = await findNoticeByCause(workers.composed.db, { type: 'termsEdition', id });
    if (notice?.status !== 'following') return null;
    await endCampaign(workers.client, notice.id);
    return notice;
  });

/** As if the campaign had posted at another time. */
async function posted(noticeId: string, at: Date): Promise<void> {
  await workers.composed.db.update(notices).set({ postedAt: at }).where(eq(notices.id, noticeId));
}
