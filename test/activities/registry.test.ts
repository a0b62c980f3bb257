import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_REMOTE_OPTIONS } from '../../clients/registry/http.ts';
import { createRegistry, type Registry } from '../../clients/registry/index.ts';
import { registryFindings } from '../../domain/corporation/registry.ts';
import { corporateNumber } from '../support/application.ts';
import { corporationsXml, type NtaServer, send, startNtaServer } from '../support/nta-server.ts';
import { openTestDatabase } from '../support/workers.ts';

const APPLICATION_ID = 'K7secretAppId';
const fast = {
  ...DEFAULT_REMOTE_OPTIONS,
  timeoutMs: 300,
  budgetMs: 2_000,
  backoffMs: 10,
  minIntervalMs: 0,
};
const AOBA = {
  process: '01',
  name: '株式会社青葉＆商会',
  kind: '301',
  prefectureName: '東京都',
  cityName: '千代田区',
  streetNumber: '霞が関３丁目１－１',
  postCode: '1000013',
  furigana: 'アオバアンドショウカイ',
};
const entered = {
  companyName: '㈱青葉&商会',
  address: '東京都千代田区霞ヶ関三丁目1番1号 青葉ビル5階',
};

let server: NtaServer;
let connection: ReturnType<typeof openTestDatabase>;
let registry: Registry;
beforeAll(async () => {
  server = await startNtaServer(APPLICATION_ID);
  connection = openTestDatabase();
  registry = open();
});
beforeEach(() => server.misbehave(null));
afterAll(async () => {
  await server.close();
  await connection.close();
});

function open(changes: Partial<typeof fast> & { applicationId?: string } = {}): Registry {
  const { applicationId = APPLICATION_ID, ...remote } = changes;
  const settings = { applicationId, corporateUrl: server.url, invoiceUrl: server.url };
  return createRegistry(connection.db, settings, { ...fast, ...remote });
}

const codes = async (number: string) =>
  registryFindings(entered, await registry.corporation(number)).map(({ code }) => code);

test('a registered corporation whose name and address are written another way gives no finding', async () => {
  const number = corporateNumber();
  server.publish(number, AOBA);
  const answer = await registry.corporation(number);
  expect(answer).toMatchObject({
    state: 'found',
    record: {
      name: '株式会社青葉＆商会',
      kana: 'アオバアンドショウカイ',
      postalCode: '100-0013',
      address: '東京都千代田区霞が関３丁目１－１',
    },
  });
  expect(registryFindings(entered, answer)).toEqual([]);
});

test('what the registry says otherwise becomes a finding for staff, each with what is registered', async () => {
  const [gone, foreign, merged, renamed, moved, other, none] = Array.from({ length: 7 }, corporateNumber) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const successor = corporateNumber();
  server.publish(gone, AOBA, { ...AOBA, process: '21', closeDate: '2024-03-31', closeCause: '01' });
  server.publish(foreign, { name: AOBA.name, kind: '401', addressOutside: 'アメリカ合衆国デラウェア州' });
  server.publish(merged, AOBA, {
    ...AOBA,
    process: '71',
    closeDate: '2024-03-31',
    closeCause: '11',
    successorCorporateNumber: successor,
  });
  server.publish(renamed, AOBA, { ...AOBA, process: '11', name: '株式会社みどり商会' });
  server.publish(moved, AOBA, { ...AOBA, process: '12', streetNumber: '霞が関２丁目１０－１' });
  server.publish(other, { ...AOBA, name: '青葉商会株式会社', streetNumber: '霞が関３丁目１－１０' });
  expect(await codes(gone)).toEqual(['closed']);
  expect(await codes(foreign)).toEqual(['foreign']);
  expect(await codes(merged)).toEqual(['merged']);
  expect(await codes(renamed)).toEqual(['formerName']);
  expect(await codes(moved)).toEqual(['formerAddress']);
  expect(await codes(other)).toEqual(['nameDiffers', 'addressDiffers']);
  expect(await codes(none)).toEqual(['notFound']);
  const [finding] = registryFindings(entered, await registry.corporation(merged));
  expect(finding).toMatchObject({ outcome: 'review', registered: successor });
});

test('without a key nothing is asked and the note says that only the check digit was looked at', async () => {
  const before = server.requests.length;
  const settings = { applicationId: undefined, corporateUrl: server.url, invoiceUrl: server.url };
  const answer = await createRegistry(connection.db, settings).corporation(corporateNumber());
  expect(server.requests).toHaveLength(before);
  expect(registryFindings(entered, answer)).toMatchObject([{ code: 'notLookedUp', outcome: 'note' }]);
});

test('a server that fails once, or is silent once, is asked again', async () => {
  const number = corporateNumber();
  server.publish(number, AOBA);
  server.misbehave(({ attempt }, response) => {
    if (attempt === 1) return send(response, 500, 'text/html', '<html>error</html>');
    if (attempt === 2) return;
    send(
      response,
      200,
      'application/xml',
      corporationsXml([{ ...AOBA, corporateNumber: number, latest: '1' }]),
    );
  });
  await expect(registry.corporation(number)).resolves.toMatchObject({ state: 'found' });
});

test('a server that stays down or drips gives a finding within the budget, not an error', async () => {
  server.misbehave((_, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.write('<?xml version="1.0"?>');
  });
  const began = performance.now();
  const answer = await open({ budgetMs: 700 }).corporation(corporateNumber());
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(answer).toEqual({ state: 'failed', reason: 'unreachable' });
  expect(registryFindings(entered, answer)).toMatchObject([{ code: 'notReached', outcome: 'review' }]);
});

test('a wrong application id is asked once, and neither answer nor error holds the id', async () => {
  const before = server.requests.length;
  const answer = await open({ applicationId: 'wrong-but-secret' }).corporation(corporateNumber());
  expect(server.requests).toHaveLength(before + 1);
  expect(answer).toEqual({ state: 'failed', reason: 'refused' });
});

test('an error of the connection names no address and no application id', async () => {
  const settings = {
    applicationId: APPLICATION_ID,
    corporateUrl: 'http://127.0.0.1:1/',
    invoiceUrl: 'http://127.0.0.1:1/',
  };
  const { createRemoteFetch } = await import('../../clients/registry/http.ts');
  const { createCorporationClient } = await import('../../clients/registry/corporate-number.ts');
  const find = createCorporationClient({
    baseUrl: settings.corporateUrl,
    applicationId: APPLICATION_ID,
    fetch: createRemoteFetch(fast),
  });
  const error: unknown = await find(corporateNumber()).catch((thrown: unknown) => thrown);
  const { inspect } = await import('node:util');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/K7secret|127\.0\.0\.1/);
  expect(String(error)).toContain('connection failed');
});

const BOMB = `<?xml version="1.0"?><!DOCTYPE corporations [${Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}<!ENTITY l0 "lol">]><corporations><count>1</count><corporation><corporateNumber>&l10;</corporateNumber></corporation></corporations>`;
test.each([
  ['broken XML', '<corporations><count>1</count><corporation></corporations>'],
  ['an HTML page', '<!DOCTYPE html><html><body>メンテナンス中です</body></html>'],
  ['well-formed HTML', '<html><body><p>maintenance</p></body></html>'],
  ['an entity bomb', BOMB],
  [
    'an external entity',
    '<?xml version="1.0"?><!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><corporations><count>&x;</count></corporations>',
  ],
  ['a count that does not fit', '<corporations><count>2</count></corporations>'],
  ['another corporation', corporationsXml([{ ...AOBA, corporateNumber: '7000012050002', latest: '1' }])],
  ['an endless answer', `<corporations>${' '.repeat(3_000_000)}`],
  ['nothing', ''],
])('%s is no answer: staff look it up, nothing is kept', async (_, body) => {
  const number = corporateNumber();
  server.misbehave((_request, response) => send(response, 200, 'application/xml', body));
  expect(await registry.corporation(number)).toEqual({ state: 'failed', reason: 'malformed' });
  server.misbehave(null);
  server.publish(number, AOBA);
  expect(await registry.corporation(number)).toMatchObject({ state: 'found' });
});

test('an answer is asked for once a day; while the agency is away an older one serves, with its age', async () => {
  const number = corporateNumber();
  server.publish(number, AOBA);
  const first = await registry.corporation(number);
  const asked = server.requests.length;
  expect(await registry.corporation(number)).toEqual(first);
  expect(server.requests).toHaveLength(asked);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 });
  try {
    server.misbehave((_, response) => send(response, 503, 'text/plain', ''));
    expect(await registry.corporation(number)).toEqual(first);
    expect(server.requests.length).toBeGreaterThan(asked);
    vi.setSystemTime(Date.now() + 31 * 24 * 3_600_000);
    expect(await registry.corporation(number)).toEqual({ state: 'failed', reason: 'unreachable' });
  } finally {
    vi.useRealTimers();
  }
});

test('requests of one process keep their distance', async () => {
  const slow = open({ minIntervalMs: 60 });
  const began = performance.now();
  await Promise.all(Array.from({ length: 5 }, () => slow.corporation(corporateNumber())));
  expect(performance.now() - began).toBeGreaterThanOrEqual(4 * 60 - 5);
});

test('an invoice registration is read with its trade name and its end; none is no finding', async () => {
  const [registered, ended, none] = [corporateNumber(), corporateNumber(), corporateNumber()];
  server.publishIssuer(registered, {
    registrationDate: '2023-10-01',
    name: AOBA.name,
    tradeName: 'あおば堂',
    popularName_previousName: '',
  });
  server.publishIssuer(ended, {
    registrationDate: '2023-10-01',
    disposalDate: '2025-01-31',
    name: AOBA.name,
  });
  expect(await registry.invoiceIssuer(registered)).toMatchObject({
    state: 'found',
    record: { tradeName: 'あおば堂', endedOn: '' },
  });
  expect(await registry.invoiceIssuer(ended)).toMatchObject({ record: { endedOn: '2025-01-31' } });
  expect(await registry.invoiceIssuer(none)).toMatchObject({ state: 'notFound' });
  server.misbehave((_, response) => send(response, 200, 'application/json', '<html>'));
  expect(await registry.invoiceIssuer(corporateNumber())).toEqual({ state: 'failed', reason: 'malformed' });
});
