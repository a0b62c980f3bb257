import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRescreeningActivities } from '../../activities/review/rescreening.ts';
import { createListScreener } from '../../activities/review/screener.ts';
import { changeOfficers } from '../../db/queries/officers/change.ts';
import { liveContracts } from '../../db/queries/rescreening/live-contracts.ts';
import { readContractFindings } from '../../db/queries/rescreening/read.ts';
import { readListVersions } from '../../db/queries/screening-list/read.ts';
import { importList } from '../../dev/import-list.ts';
import type { ListEntry } from '../../domain/screening/index.ts';
import { skipTo } from '../../gateway/clock.ts';
import { previewList, rollBackAndRescreen, screeningGateway, takeList } from '../../gateway/screening.ts';
import { screeningCaseId } from '../../workflows/rescreening/messages.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const LIST = 'internal' as const;
/** Small pages without a pause, and a new run after every page: the way through continue-as-new. */
const PACE = { pageSize: 2, pauseMs: 1, pagesPerRun: 1 };

let workers: RunningWorkers;
let people: ReturnType<typeof applicants>;
let gateway: ReturnType<typeof screeningGateway>;
beforeAll(async () => {
  workers = await startWorkers();
  people = applicants(workers.composed.db, workers.client);
  gateway = screeningGateway(workers.outbox);
});
afterAll(async () => workers.stop());

const uniqueName = () => `株式会社${randomUUID().slice(0, 8)}通商`;
const company = (id: string, name: string): ListEntry => ({ id, kind: 'company', name });
const setList = (...entries: ListEntry[]) =>
  importList(workers.composed.db, { list: LIST, entries, importedBy: 'tester' });

async function rescreen(version: number, startedBy = 'tester') {
  const workflowId = await gateway.rescreenList({ list: LIST, version, startedBy }, PACE);
  return workers.client.workflow.getHandle(workflowId).result() as Promise<{ status: string; done: number }>;
}

const findingsOf = (contractId: string) => readContractFindings(workers.composed.db, contractId);
const tasksOf = (contractId: string) =>
  workers.composed.db.query.tasks.findMany({
    where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, 'rescreeningHit')),
  });
const contractRow = (contractId: string) =>
  workers.composed.db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
const openTaskOf = (contractId: string) =>
  eventually('a case is open', async () =>
    (await tasksOf(contractId)).find(({ status }) => status === 'open'),
  );

async function decide(
  contractId: string,
  verdict: 'confirmed' | 'released',
  commandId: string = randomUUID(),
) {
  const [finding] = (await findingsOf(contractId)).filter(({ status }) => status === 'open');
  if (finding === undefined) throw new Error('no open finding');
  return gateway.decideFinding(finding, {
    commandId,
    actor: staff('legal-1'),
    decisionId: randomUUID(),
    findingId: finding.id,
    verdict,
  });
}

test('a new list version finds its live contracts through many pages, opens one case each and changes no contract', async () => {
  const name = uniqueName();
  const officer = `山下 ${randomUUID().slice(0, 6)}`;
  const byName = await people.conclude({ companyName: name });
  const byOfficer = await people.conclude({ officersText: officer });
  const clean = [await people.conclude(), await people.conclude(), await people.conclude()];
  const version = await setList(company('n', name), { id: 'p', kind: 'person', name: officer });
  const result = await rescreen(version);
  expect(result).toMatchObject({ status: 'done', cases: 2, found: 2 });
  expect(result.done).toBeGreaterThanOrEqual(5);
  for (const [contractId, entryId] of [
    [byName, 'n'],
    [byOfficer, 'p'],
  ] as const) {
    expect(await openTaskOf(contractId)).toMatchObject({ role: 'legal', subjectType: 'contract' });
    expect(await findingsOf(contractId)).toMatchObject([
      { status: 'open', outcome: 'hit', evidence: { entryId, listVersion: version } },
    ]);
    expect(await contractRow(contractId)).toMatchObject({ status: 'active', endsOn: null });
  }
  for (const contractId of clean) expect(await findingsOf(contractId)).toEqual([]);
  expect(await gateway.progress({ kind: 'list', list: LIST, version })).toMatchObject({
    status: 'done',
    found: 2,
  });
  const [listed] = await readListVersions(workers.composed.db, LIST);
  expect(listed).toMatchObject({ version, rescreening: { status: 'done', found: 2, done: result.done } });
});

test('a hit of the anti-social list names the clauses that it would count under', async () => {
  const { db } = workers.composed;
  const [newest] = await readListVersions(db, 'antisocial');
  const name = uniqueName();
  const contractId = await people.conclude({ companyName: name });
  const csv = `id,kind,name\n${randomUUID()},company,${name}`;
  const staged = await previewList(db, {
    list: 'antisocial',
    fileName: 'new.csv',
    bytes: new TextEncoder().encode(csv),
    importedBy: 'tester',
  });
  const version = (newest?.version ?? 0) + 1;
  expect(await takeList(db, { importId: staged.id, takenBy: 'tester' })).toEqual({ ok: true, version });
  await gateway.rescreenList({ list: 'antisocial', version, startedBy: 'tester' });
  await openTaskOf(contractId);
  expect(await findingsOf(contractId)).toMatchObject([{ ground: 3, clauses: '第10条2項③、第15条⑤' }]);
  const back = {
    list: 'antisocial' as const,
    version: newest?.version ?? 0,
    actor: 'tester',
    reason: '戻す',
  };
  expect(await rollBackAndRescreen(db, gateway, back)).toEqual({ ok: true });
  expect(await rollBackAndRescreen(db, gateway, { ...back, version: 9_999 })).toMatchObject({ ok: false });
});

test('a person decides the case; the same command twice is one decision; a released match opens no second case', async () => {
  const name = uniqueName();
  const contractId = await people.conclude({ companyName: name });
  const entry = company('again', name);
  await rescreen(await setList(entry));
  const task = await openTaskOf(contractId);
  const commandId = randomUUID();
  const twice = await Promise.all([1, 2].map(() => decide(contractId, 'released', commandId)));
  expect(twice).toEqual([{ ok: true }, { ok: true }]);
  await eventually('the task is done', async () =>
    (await tasksOf(contractId)).find(({ id, status }) => id === task.id && status === 'done'),
  );
  const [finding] = await findingsOf(contractId);
  expect(finding).toMatchObject({ status: 'released', decidedBy: 'legal-1' });
  const audit = await workers.composed.db.query.auditEntries.findMany({
    where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.action, 'finding.released')),
  });
  expect(audit).toHaveLength(1);
  await rescreen(await setList(entry, company('other', uniqueName())));
  expect(await tasksOf(contractId)).toHaveLength(1);
  // The entry itself changes: another match, another case.
  await rescreen(await setList({ ...entry, address: '東京都港区1-1' }));
  await openTaskOf(contractId);
  expect(await findingsOf(contractId)).toHaveLength(2);
});

test('a confirmed match stays confirmed and acts on nothing; a late decision is refused in words', async () => {
  const name = uniqueName();
  const contractId = await people.conclude({ companyName: name });
  await rescreen(await setList(company('confirmed', name)));
  await openTaskOf(contractId);
  const [finding] = await findingsOf(contractId);
  if (finding === undefined) throw new Error('no finding');
  expect(await decide(contractId, 'confirmed')).toEqual({ ok: true });
  await eventually('the task is done', async () =>
    (await tasksOf(contractId)).find((row) => row.status === 'done'),
  );
  expect(await contractRow(contractId)).toMatchObject({ status: 'active' });
  const command = { commandId: randomUUID(), actor: staff('legal-2'), decisionId: randomUUID() };
  expect(
    await gateway.decideFinding(finding, { ...command, findingId: finding.id, verdict: 'released' }),
  ).toMatchObject({ ok: false, code: 'wrongState' });
});

test('a run whose list version is no longer current stops: the new version has a run of its own', async () => {
  await people.conclude();
  const old = await setList(company('a', uniqueName()));
  await setList(company('b', uniqueName()));
  expect(await rescreen(old)).toMatchObject({ status: 'superseded', done: 0 });
});

test('a page that a killed worker left half done is screened again and loses no match and opens none twice', async () => {
  const { db } = workers.composed;
  const rescreening = createRescreeningActivities({ db, screener: createListScreener(db) });
  const name = uniqueName();
  const contractId = await people.conclude({ companyName: name });
  const cause = { kind: 'list' as const, list: LIST, version: await setList(company('page', name)) };
  const run = { rescreeningId: randomUUID(), cause };
  await rescreening.beginRescreening({ ...run, startedBy: 'tester' });
  const page = { ...run, cursor: null, limit: 10_000 };
  const first = await rescreening.rescreenPage(page);
  expect(first.cases.find((found) => found.contractId === contractId)?.findingIds).toHaveLength(1);
  expect(await rescreening.rescreenPage(page)).toEqual(first);
  expect(await findingsOf(contractId)).toHaveLength(1);
  const checks = await db.query.screeningChecks.findMany({
    where: (t, { and, eq }) =>
      and(eq(t.subjectId, contractId), eq(t.cause, `rescreening/${run.rescreeningId}`)),
  });
  expect(checks).toHaveLength(1);
});

test('a case that nobody answers reminds, then escalates, and stays open', async () => {
  const name = uniqueName();
  const contractId = await people.conclude({ companyName: name });
  await rescreen(await setList(company('silence', name)));
  const task = await openTaskOf(contractId);
  const [finding] = await findingsOf(contractId);
  const skipping = skipTo(workers.client, {
    workflowId: screeningCaseId(contractId, finding?.rescreeningId ?? ''),
    targetMs: Date.now() + 20 * 86_400_000,
    id: randomUUID(),
  });
  await eventually('reminded and escalated', async () =>
    (await tasksOf(contractId)).find((row) => row.remindedAt !== null && row.escalatedAt !== null),
  );
  await eventually('both mails to staff', async () => {
    const mails = await workers.composed.db.query.mails.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, 'staffReminder')),
    });
    return mails.filter(({ status }) => status === 'accepted').length === 2 ? mails : null;
  });
  expect(await openTaskOf(contractId)).toMatchObject({ id: task.id });
  expect(await decide(contractId, 'released')).toEqual({ ok: true });
  await skipping;
});

test('a change of officers screens the one contract against all lists', async () => {
  const { db } = workers.composed;
  const contractId = await people.conclude();
  const name = uniqueName();
  const bystander = await people.conclude({ companyName: name });
  const officer = `森田 ${randomUUID().slice(0, 6)}`;
  await setList({ id: 'officer', kind: 'person', name: officer }, company('bystander', name));
  const board = {
    representativeName: '代表 太郎',
    representativeKana: 'ダイヒョウ タロウ',
    officersText: officer,
  };
  const changed = {
    changeId: randomUUID(),
    contractId,
    people: board,
    reason: '届出',
    enteredBy: randomUUID(),
  };
  expect(await changeOfficers(db, changed)).toBe(true);
  const workflowId = await gateway.rescreenContract({ contractId, startedBy: 'tester' });
  await workers.client.workflow.getHandle(workflowId).result();
  await openTaskOf(contractId);
  expect(await findingsOf(contractId)).toMatchObject([{ subject: officer }]);
  expect(await findingsOf(bystander)).toEqual([]);
  const [now] = await liveContracts(db, { after: null, limit: 1, contractId });
  expect(now?.officers.map(({ name: who }) => who).toSorted()).toEqual(['代表 太郎', officer].toSorted());
});
