import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createReviewActivities } from '../../activities/review/index.ts';
import { createListScreener } from '../../activities/review/screener.ts';
import { DEFAULT_REMOTE_OPTIONS } from '../../clients/registry/http.ts';
import { createRegistry } from '../../clients/registry/index.ts';
import { createYenteClient, type SecondProvider } from '../../clients/screening/yente.ts';
import { applicationProblems } from '../../db/queries/application/problems.ts';
import { decideFinding } from '../../db/queries/finding/decide.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { importList } from '../../dev/import-list.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import type { ListEntry } from '../../domain/screening/index.ts';
import { corporateNumber, storeApplication } from '../support/application.ts';
import { givenCommand } from '../support/given.ts';
import { type NtaServer, startNtaServer } from '../support/nta-server.ts';
import { openTestDatabase } from '../support/workers.ts';
import { startYenteServer, type YenteServer } from '../support/yente-server.ts';

const remote = { ...DEFAULT_REMOTE_OPTIONS, timeoutMs: 300, budgetMs: 600, backoffMs: 10, minIntervalMs: 0 };
const ENTITY = { id: 'NK-aoba', caption: 'Aoba Group', name: '株式会社青葉テスト商会', score: 0.83 };

let nta: NtaServer;
let yente: YenteServer;
let connection: ReturnType<typeof openTestDatabase>;
beforeAll(async () => {
  connection = openTestDatabase();
  await addBaseData(connection.db);
  nta = await startNtaServer('app-id');
  yente = await startYenteServer('default', [ENTITY, { ...ENTITY, id: 'NK-weak', score: 0.5 }]);
});
afterEach(() => {
  nta.misbehave(null);
  yente.failWith(null);
});
afterAll(async () => {
  await Promise.all([nta.close(), yente.close(), connection.close()]);
});

function activities(options: { applicationId?: string; secondProvider?: SecondProvider } = {}) {
  const { applicationId, secondProvider = null } = options;
  const { db } = connection;
  return createReviewActivities({
    db,
    screener: createListScreener(db),
    registry: createRegistry(db, { applicationId, corporateUrl: nta.url, invoiceUrl: nta.url }, remote),
    secondProvider,
  });
}

const check = (applicationId: string, round = 1, options: Parameters<typeof activities>[0] = {}) =>
  activities(options).checkApplication({ applicationId, round, businessMs: Date.now() });

const findingsOf = (applicationId: string, round = 1) =>
  connection.db.query.findings.findMany({
    where: (t, { and, eq }) => and(eq(t.applicationId, applicationId), eq(t.round, round)),
  });

async function submitted(changes: Partial<ApplicationInput> = {}): Promise<string> {
  return (await storeApplication(connection.db, changes)).applicationId;
}

/** The internal list: nobody else's test depends on its contents. */
const setList = (...entries: ListEntry[]) =>
  importList(connection.db, { list: 'internal', entries, importedBy: 'tester' });
const other: ListEntry = { id: 'other', kind: 'company', name: '株式会社どこにもない名称' };

test('without a key the check digit alone was looked at, and the review says so', async () => {
  const applicationId = await submitted();
  await check(applicationId);
  const found = await findingsOf(applicationId);
  expect(found).toContainEqual(
    expect.objectContaining({ key: 'registry/corporation/notLookedUp', ground: 1, outcome: 'note' }),
  );
});

test('what the registry says is a finding for staff: it stays out of what the applicant is asked to correct', async () => {
  const number = corporateNumber();
  nta.publish(number, {
    name: '株式会社ほかの名称',
    kind: '301',
    prefectureName: '東京都',
    closeDate: '2024-01-31',
  });
  const applicationId = await submitted({ corporateNumber: number });
  const result = await check(applicationId, 1, { applicationId: 'app-id' });
  expect(result.incomplete).toBe(false);
  const found = await findingsOf(applicationId);
  expect(found.map(({ key, outcome, entry }) => [key, outcome, entry])).toEqual(
    expect.arrayContaining([
      ['registry/corporation/closed', 'review', '2024-01-31'],
      ['registry/corporation/nameDiffers', 'review', '株式会社ほかの名称'],
    ]),
  );
  expect(await applicationProblems(connection.db, { id: applicationId, round: 1 })).toEqual([]);
});

test('a registry that is down becomes a finding within seconds and holds up nothing', async () => {
  nta.misbehave(() => undefined);
  const applicationId = await submitted();
  const began = performance.now();
  const result = await check(applicationId, 1, { applicationId: 'app-id' });
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(result.findings).toHaveLength(1);
  expect((await findingsOf(applicationId))[0]).toMatchObject({
    key: 'registry/corporation/notReached',
    outcome: 'review',
    status: 'open',
  });
});

test('a former name that the registry knows is screened too', async () => {
  const number = corporateNumber();
  const formerName = `株式会社${randomUUID().slice(0, 8)}興業`;
  await setList({ id: 'former', kind: 'company', name: formerName });
  nta.publish(
    number,
    { name: formerName, kind: '301' },
    { name: '株式会社青葉テスト商会', kind: '301', process: '11' },
  );
  const applicationId = await submitted({ corporateNumber: number });
  await check(applicationId, 1, { applicationId: 'app-id' });
  expect(await findingsOf(applicationId)).toContainEqual(
    expect.objectContaining({ subject: formerName, ground: 4, outcome: 'hit' }),
  );
});

test('a released false alarm stays released, with who and when, until subject or entry changes', async () => {
  const { db } = connection;
  const name = `株式会社${randomUUID().slice(0, 8)}物産`;
  const entry: ListEntry = { id: 'alarm', kind: 'company', name, address: '大阪府大阪市北区1-1' };
  await setList(entry);
  const number = corporateNumber();
  const values = { companyName: name, corporateNumber: number };
  const applicationId = await submitted(values);
  const first = (await check(applicationId)).findings.find(({ ground }) => ground === 4);
  expect(first).toMatchObject({ outcome: 'hit', status: 'open' });
  const asked = { by: 'reviewer-1', workflowId: `application/${applicationId}`, update: 'decideFinding' };
  const commandId = await givenCommand(db, asked);
  await decideFinding(db, {
    findingId: first?.id ?? '',
    decisionId: randomUUID(),
    verdict: 'released',
    staffId: 'reviewer-1',
    commandId,
    businessAt: new Date('2026-10-01T00:00:00Z'),
  });
  const statusOf = async (changes: Partial<ApplicationInput> = {}, round = 1) => {
    const id = round === 1 ? await submitted({ ...values, ...changes }) : applicationId;
    await check(id, round);
    return (await findingsOf(id, round)).find(
      ({ ground, evidence }) => ground === 4 && evidence.entryId === 'alarm',
    );
  };
  // Another round, another application of the same corporation, and a new list version with the same entry.
  for (const again of [await statusOf({}, 2), await statusOf()]) {
    expect(again).toMatchObject({
      status: 'released',
      decidedBy: 'reviewer-1',
      evidence: { carriedFrom: first?.id },
    });
    expect(again?.decidedAt?.toISOString()).toBe('2026-10-01T00:00:00.000Z');
  }
  await setList(entry, other);
  expect(await statusOf()).toMatchObject({ status: 'released' });
  expect(await statusOf({ address: '東京都港区芝公園4-2-8' })).toMatchObject({ status: 'open' });
  expect(await statusOf({ corporateNumber: corporateNumber() })).toMatchObject({ status: 'open' });
  await setList({ ...entry, address: '京都府京都市中京区1-1' }, other);
  expect(await statusOf()).toMatchObject({ status: 'open' });
});

test('which list version was asked with which normal form is kept, also when nothing was found', async () => {
  const version = await setList(other);
  const applicationId = await submitted({ companyName: '㈱ﾐｽﾞｶｶﾞﾐ髙' });
  await check(applicationId);
  const checks = await connection.db.query.screeningChecks.findMany({
    where: (t, { eq }) => eq(t.subjectId, applicationId),
  });
  expect(checks.map(({ list }) => list)).toEqual(
    expect.arrayContaining(['antisocial', 'competitor', 'internal']),
  );
  const internal = checks.find(({ list }) => list === 'internal');
  expect(internal).toMatchObject({ listVersion: version, matches: 0, cause: 'round/1' });
  expect(internal?.query).toContain('ミズカガミ');
});

test('the second provider adds doubts with its score, never a hit, and asks for every person', async () => {
  const secondProvider = createYenteClient(
    { url: yente.url, dataset: 'default', apiKey: 'secret-key' },
    remote,
  );
  const applicationId = await submitted({ officersText: '八木 一郎、ヤギ イチロウ、1960-01-02' });
  await check(applicationId, 1, { secondProvider });
  const request = yente.requests.at(-1);
  expect(request).toMatchObject({ path: '/match/default', authorization: 'ApiKey secret-key' });
  expect(Object.values(request?.queries ?? {}).map(({ schema }) => schema)).toEqual([
    'Company',
    'Person',
    'Person',
  ]);
  expect(request?.queries['person-1']).toMatchObject({
    properties: { name: ['八木 一郎', 'ヤギ イチロウ'], birthDate: ['1960-01-02'] },
  });
  const found = (await findingsOf(applicationId)).filter(
    ({ evidence }) => evidence.source === 'secondProvider',
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    outcome: 'review',
    entry: 'Aoba Group',
    evidence: { entryId: 'NK-aoba', score: 0.83, agreeing: ['name_match 0.83'] },
  });
});

test('the second provider clears no hit of our own lists, and its failure is a note', async () => {
  const name = `株式会社${randomUUID().slice(0, 8)}企画`;
  await setList({ id: 'own', kind: 'company', name });
  const secondProvider = createYenteClient({ url: yente.url, dataset: 'default', apiKey: undefined }, remote);
  const silent = await submitted({ companyName: name });
  await check(silent, 1, { secondProvider });
  expect(await findingsOf(silent)).toContainEqual(
    expect.objectContaining({ outcome: 'hit', status: 'open' }),
  );
  yente.failWith(500);
  const applicationId = await submitted({ companyName: name });
  await check(applicationId, 1, { secondProvider });
  const keys = (await findingsOf(applicationId)).map(({ key, outcome }) => [key, outcome]);
  expect(keys).toContainEqual(['secondProvider/notReached', 'note']);
  expect(keys).toContainEqual([expect.stringMatching(/^internal\/own\//), 'hit']);
});
