import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCatalogue } from '../../db/queries/catalogue/import.ts';
import { enterFeeChange, findFeeChange } from '../../db/queries/fee-change/enter.ts';
import { recordFeeVersions } from '../../db/queries/fee-change/record.ts';
import { readContractFuture } from '../../db/queries/future/read.ts';
import { findNoticeByCause } from '../../db/queries/notice/find.ts';
import { readFeeReach } from '../../db/queries/read/fee-change-reach.ts';
import { noticeRecipients, notices } from '../../db/schema/index.ts';
import { feeVersionOn } from '../../domain/billing/fee-versions.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  firstOfMonth,
  firstOfNextMonth,
  jstDate,
  jstInstant,
} from '../../domain/calendar/civil-date.ts';
import { periodOn } from '../../domain/future/period-line.ts';
import { feeOfPeriod } from '../../domain/future/project.ts';
import { skipTo } from '../../gateway/clock.ts';
import { publicationGateway } from '../../gateway/publication.ts';
import { publicationWorkflowId } from '../../workflows/publication/messages.ts';
import { endCampaign } from '../support/campaign.ts';
import { contractDriver } from '../support/contract-life.ts';
import { startOwnStack } from '../support/own-stack.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let stack: Awaited<ReturnType<typeof startOwnStack>>;
let workers: RunningWorkers;
let people: ReturnType<typeof applicants>;
let gateway: ReturnType<typeof publicationGateway>;
beforeAll(async () => {
  stack = await startOwnStack();
  workers = await startWorkers(stack.env);
  people = applicants(workers.composed.db, workers.client);
  gateway = publicationGateway(workers.outbox);
});
afterAll(async () => {
  await workers.stop();
  await stack.stop();
});

const now = Date.now();
const today = jstDate(now);
/** The first month of every contract that is concluded today. */
const first = firstOfNextMonth(today);
const noon = (day: CivilDate) => new Date(jstInstant(day) + 12 * 3_600_000);
let version = 1;

/** A price list that is double the sample's, approved by a second person through the workflow. */
async function approvedChange(effectiveOn: CivilDate) {
  const { db } = workers.composed;
  version += 1;
  const sample = parseCatalogue(JSON.parse(await readFile('samples/catalogue.json', 'utf8')));
  const double = <T extends { annualFeeYen: number; monthlyFeeYen: number }>(item: T): T => ({
    ...item,
    annualFeeYen: item.annualFeeYen * 2,
    monthlyFeeYen: item.monthlyFeeYen * 2,
  });
  const id = randomUUID();
  const catalogue = {
    version,
    effectiveOn,
    plans: sample.plans.map((plan) => ({
      ...double(plan),
      extraLicenceAnnualYen: plan.extraLicenceAnnualYen * 2,
      extraLicenceMonthlyYen: plan.extraLicenceMonthlyYen * 2,
    })),
    options: sample.options.map(double),
  };
  const enteredBy = randomUUID();
  await enterFeeChange(db, { id, catalogue, reason: '原価の上昇', enteredBy });
  const subject = { subjectType: 'feeChange' as const, subjectId: id };
  await gateway.create(
    async () => undefined,
    () => ({ ...subject, enteredBy, effectiveOn }),
  );
  const decided = await gateway.decide(subject, {
    commandId: randomUUID(),
    actor: staff(randomUUID()),
    verdict: 'approve',
  });
  expect(decided).toEqual({ ok: true });
  const notice = await eventually('the notice is sent', async () => {
    const row = await findNoticeByCause(db, { type: 'feeChange', id });
    return row?.status === 'following' ? row : null;
  });
  await endCampaign(workers.client, notice.id);
  return { id, version, subject, noticeId: notice.id };
}

/** As if the notice had reached this contract alone, by mail on that day, and nobody by the web. */
async function reached(noticeId: string, contractId: string, on: CivilDate): Promise<void> {
  const { db } = workers.composed;
  const of = eq(noticeRecipients.noticeId, noticeId);
  await db.update(notices).set({ postedAt: null }).where(eq(notices.id, noticeId));
  await db.update(noticeRecipients).set({ state: 'refused', acceptedAt: null }).where(of);
  await db
    .update(noticeRecipients)
    .set({ state: 'accepted', acceptedAt: noon(on) })
    .where(and(of, eq(noticeRecipients.contractId, contractId)));
}

async function versionOn(contractId: string, day: CivilDate): Promise<number> {
  const { future } = await readContractFuture(workers.composed.db, { contractId, today });
  return feeVersionOn(future.feeVersions, day);
}

const contractRow = async (contractId: string) => {
  const row = await workers.composed.db.query.contracts.findFirst({
    where: (t, { eq: is }) => is(t.id, contractId),
  });
  if (row === undefined) throw new Error('no contract');
  return row;
};
const movesOf = (contractId: string) =>
  workers.composed.db.query.contractFeeChanges.findMany({
    where: (t, { eq: is }) => is(t.contractId, contractId),
  });

test('an annual contract pays the new fee from its next period, recorded at its renewal with the notice as evidence', async () => {
  const { db } = workers.composed;
  const contractId = await people.conclude();
  const driver = contractDriver(db, workers.client, contractId);
  await driver.mailed('certificateIssued');
  const change = await approvedChange(addMonths(first, 6));
  await reached(change.noticeId, contractId, today);
  const renewal = addMonths(first, 12);
  expect(await versionOn(contractId, addDays(renewal, -1))).toBe(1);
  expect(await versionOn(contractId, renewal)).toBe(change.version);
  const { future } = await readContractFuture(db, { contractId, today });
  const [feeNow, feeThen] = [today, renewal].map((day) => feeOfPeriod(future, periodOn(future.line, day)));
  expect(feeThen).toBe((feeNow ?? 0) * 2);

  await driver.to(noon(addMonths(first, 7)).toISOString());
  expect((await contractRow(contractId)).catalogueVersion).toBe(1);
  await driver.to(noon(addDays(renewal, 1)).toISOString());
  expect((await contractRow(contractId)).catalogueVersion).toBe(change.version);
  expect(await movesOf(contractId)).toEqual([
    expect.objectContaining({ feeChangeId: change.id, versionBefore: 1, from: renewal, noticedOn: today }),
  ]);
  const audit = await db.query.auditEntries.findFirst({
    where: (t, { and: both, eq: is }) =>
      both(is(t.subjectId, contractId), is(t.action, 'contract.feesChanged')),
  });
  expect(audit).toMatchObject({ clause: '第6条3項・4項', after: { catalogueVersion: change.version } });
});

test('a monthly contract moves with its first period on or after the change; one that was never told stays', async () => {
  const { db } = workers.composed;
  const [told, untold] = [
    await people.conclude({ contractKind: 'monthly' }),
    await people.conclude({ contractKind: 'monthly' }),
  ];
  const effectiveOn = addDays(addMonths(first, 6), 9);
  const change = await approvedChange(effectiveOn);
  await reached(change.noticeId, told, today);
  const record = (contractId: string, on: CivilDate) =>
    db.transaction((tx) => recordFeeVersions(tx, { contractId, on, businessAt: noon(on) }));
  expect(await record(told, effectiveOn)).toBe(false);
  const from = addMonths(first, 7);
  expect(await record(told, from)).toBe(true);
  expect(await record(told, from)).toBe(false);
  expect(await record(untold, addMonths(first, 24))).toBe(false);
  expect(await movesOf(told)).toEqual([expect.objectContaining({ from })]);
  expect(await movesOf(untold)).toEqual([]);
});

test('what a monthly contract pays since a change stays when it becomes annual before that was recorded', async () => {
  const contractId = await people.conclude({ contractKind: 'monthly' });
  const driver = contractDriver(workers.composed.db, workers.client, contractId);
  const from = addMonths(first, 3);
  const change = await approvedChange(from);
  await reached(change.noticeId, contractId, today);
  const arrives = noon(addMonths(first, 4));
  await driver.to(arrives.toISOString());
  const toAnnual = {
    kind: 'change' as const,
    arrived: arrives.toISOString(),
    change: { contractKind: 'annual' as const },
  };
  expect((await driver.ask(toAnnual)).answer).toMatchObject({ ok: true });
  await driver.to(noon(addMonths(first, 6)).toISOString());
  expect(await driver.contract()).toMatchObject({ kind: 'annual' });
  expect(await movesOf(contractId)).toEqual([expect.objectContaining({ version: change.version, from })]);
});

test('told late, a contract pays the new fee only from the period after the notice', async () => {
  const contractId = await people.conclude({ contractKind: 'monthly' });
  const effectiveOn = addMonths(first, 3);
  const change = await approvedChange(effectiveOn);
  await reached(change.noticeId, contractId, addDays(effectiveOn, 4));
  expect(await versionOn(contractId, effectiveOn)).toBe(1);
  expect(await versionOn(contractId, addMonths(first, 4))).toBe(change.version);
});

test('the plan shows whom the change reaches and when, its fees, and who could not cancel any more', async () => {
  const { db } = workers.composed;
  const monthly = await people.conclude({ contractKind: 'monthly' });
  const annual = await people.conclude();
  const change = await approvedChange(addMonths(first, 1));
  const row = await findFeeChange(db, change.id);
  if (row === null) throw new Error('no fee change');
  const reach = await readFeeReach(db, row, today);
  expect(reach.find(({ contractId }) => contractId === monthly)).toMatchObject({
    from: addMonths(first, 1),
    chanceToCancel: false,
    noticedOn: today,
    moved: false,
  });
  const yearly = reach.find(({ contractId }) => contractId === annual);
  expect(yearly).toMatchObject({ from: addMonths(first, 12), chanceToCancel: true });
  expect(yearly?.newFeeYen).toBe((yearly?.oldFeeYen ?? 0) * 2);
  const audience = await db.query.noticeAudience.findFirst({
    where: (t, { and: both, eq: is }) => both(is(t.noticeId, change.noticeId), is(t.contractId, annual)),
  });
  expect(audience?.values).toMatchObject({ 変更後の料金の適用日: expect.stringMatching(/年.*月1日$/) });
});

test('on its day the workflow moves the monthly contracts that it has reached', async () => {
  const contractId = await people.conclude({ contractKind: 'monthly' });
  const effectiveOn = addMonths(first, 2);
  const change = await approvedChange(effectiveOn);
  await reached(change.noticeId, contractId, today);
  const workflowId = publicationWorkflowId('feeChange', change.id);
  const targetMs = jstInstant(firstOfMonth(effectiveOn)) + 3_600_000;
  expect((await skipTo(workers.client, { workflowId, targetMs, id: randomUUID() })).ok).toBe(true);
  await eventually('the contract has moved', async () =>
    (await movesOf(contractId)).length > 0 ? true : null,
  );
  expect(await movesOf(contractId)).toEqual([expect.objectContaining({ from: effectiveOn })]);
  expect((await findFeeChange(workers.composed.db, change.id))?.status).toBe('effective');
});

test('a change that is withdrawn before its day leaves the catalogue and moves nobody', async () => {
  const { db } = workers.composed;
  const contractId = await people.conclude({ contractKind: 'monthly' });
  const change = await approvedChange(addMonths(first, 2));
  await reached(change.noticeId, contractId, today);
  const command = { commandId: randomUUID(), actor: staff(randomUUID()), verdict: 'reject' as const };
  expect(await gateway.decide(change.subject, command)).toEqual({ ok: true });
  expect(await versionOn(contractId, addMonths(first, 12))).toBe(1);
  expect(
    await db.query.catalogueVersions.findFirst({ where: (t, { eq: is }) => is(t.version, change.version) }),
  ).toBeUndefined();
});
