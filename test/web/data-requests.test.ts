import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatherDataExport } from '../../db/queries/data-request/export.ts';
import { addDays, jstDate } from '../../domain/calendar/civil-date.ts';
import { dataExportZip } from '../../storage/data-export-zip.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { dataRequestWorkflowId } from '../../workflows/data-request/messages.ts';
import { readableText, recordable } from '../replay/histories.ts';
import { eventually } from '../support/people.ts';
import { type ContractWeb, type Person, startContractWeb } from './contract-support.ts';

const today = jstDate(Date.now());

let web: ContractWeb;
let operations: Person;
let legal: Person;
let contractId: string;
let path: string;
beforeAll(async () => {
  web = await startContractWeb();
  [operations, legal] = [await web.signedIn('operations'), await web.signedIn('legal')];
  const concluded = await web.concluded({
    representativeName: '代表 一郎',
    contactName: '連絡 花子',
    contactEmail: 'renraku@kobetsu.example',
  });
  ({ contractId, path } = concluded);
  await concluded.driver.mailed('certificateIssued');
});
afterAll(() => web.close());

const fields = (person: Person, changes: Record<string, string> = {}) => ({
  csrf: person.csrf,
  commandId: randomUUID(),
  kind: 'access',
  about: 'customer',
  personName: '',
  requesterName: '連絡 花子',
  replyTo: '東京都千代田区1-1',
  channel: 'post',
  receivedOn: today,
  details: '登録内容のすべて',
  ...changes,
});

async function received(changes: Record<string, string> = {}): Promise<string> {
  const page = await operations.browser.post(
    `/staff/data-requests/new?contract=${contractId}`,
    fields(operations, changes),
  );
  expect(page.status, page.title).toBe(303);
  const location = page.location ?? '';
  await eventually('its task is open', async () =>
    /name="taskId" value="[^"]+"/.test((await legal.browser.get(location)).html) ? true : null,
  );
  return location;
}

async function act(person: Person, request: string, step: string, values: Record<string, string>) {
  const { html } = await person.browser.get(request);
  const taskId = /name="taskId" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const hidden = { csrf: person.csrf, commandId: randomUUID(), taskId };
  return person.browser.post(`${request}/${step}`, { ...hidden, ...values });
}
const identify = (request: string) => act(legal, request, 'identity', { method: 'document' });

describe('a request about data', () => {
  test('is received, checked and answered on its page, and its task leads there', async () => {
    const request = await received();
    const page = await legal.browser.get(request);
    expect(page.html).toContain('登録内容のすべて');
    expect(page.html).toContain('まだ確認していません');
    await eventually('the queue leads there', async () =>
      (await legal.browser.get('/staff')).html.includes(request) ? true : null,
    );
    expect((await identify(request)).status).toBe(303);
    const done = await act(legal, request, 'answer', { verdict: 'done', reason: '郵送で開示した。' });
    expect(done).toMatchObject({ status: 303, location: request });
    const answered = await legal.browser.get(request);
    expect(answered.html).toContain('郵送で開示した。');
    expect(answered.html).toContain('対応済');
    expect((await act(legal, request, 'answer', { verdict: 'refused', reason: 'x' })).status).toBe(409);
  });

  test('has its last day by the policy, shows the extended one, and keeps what was typed when a rule refuses', async () => {
    const request = await received();
    const id = request.split('/').at(-1) ?? '';
    const row = await web.db.query.dataRequests.findFirst({ where: (t) => eq(t.id, id) });
    expect(row?.dueOn).toBe(addDays(today, 14));
    const early = await act(legal, request, 'answer', { verdict: 'done', reason: '開示済み' });
    expect(early.status).toBe(422);
    expect(early.html).toContain('本人確認を記録してから');
    expect(early.html).toContain('開示済み');
    const extendedTo = addDays(today, 40);
    await act(legal, request, 'answer', { verdict: 'extended', extendedTo, reason: '調査に時間を要する' });
    expect((await legal.browser.get(request)).html).toContain('延長前');
  });

  test('for return or destruction stands on the contract with its last day until legal has said what was done (第19条6項)', async () => {
    for (const [kind, words] of [
      ['returnSecrets', '秘密情報の返還'],
      ['destroySecrets', '秘密情報の破棄'],
    ] as const) {
      const request = await received({ kind, details: '見積書の写し' });
      const open = await legal.browser.get(path);
      expect(open.html).toContain(`<a href="${request}">${words}</a>`);
      const page = await legal.browser.get(request);
      expect(page.html).toContain('返還・破棄の記録');
      await identify(request);
      const done = { verdict: 'done', reason: `${words}を、原本を書留で送って済ませた。` };
      expect((await act(legal, request, 'answer', done)).status).toBe(303);
      expect((await legal.browser.get(request)).html).toContain(done.reason);
      expect((await legal.browser.get(path)).html).not.toContain(`href="${request}"`);
      const id = request.split('/').at(-1) ?? '';
      const entries = await web.db.query.auditEntries.findMany({
        where: (t) => eq(t.subjectId, id),
        orderBy: (t, { asc }) => asc(t.sequence),
      });
      const recorded = entries.filter(({ action }) => action.startsWith('dataRequest.'));
      expect(recorded.map(({ action, clause }) => [action, clause])).toEqual([
        ['dataRequest.received', '第19条6項'],
        ['dataRequest.identityChecked', '第19条6項'],
        ['dataRequest.done', '第19条6項'],
      ]);
    }
  });

  test('needs a name where it is about one person, and says what else is missing', async () => {
    const page = await operations.browser.post(
      `/staff/data-requests/new?contract=${contractId}`,
      fields(operations, { about: 'person', details: '', receivedOn: addDays(today, 1) }),
    );
    expect(page.status).toBe(422);
    for (const message of ['本人の氏名を入力', '請求の内容を入力', '未来の日付']) {
      expect(page.html).toContain(message);
    }
  });

  test('is answered by legal alone; other roles do not see it', async () => {
    const request = await received();
    expect((await act(operations, request, 'identity', { method: 'document' })).status).toBe(403);
    expect((await act(operations, request, 'answer', { verdict: 'refused', reason: 'x' })).status).toBe(403);
    expect((await act(operations, request, 'export', {})).status).toBe(403);
    const support = await web.signedIn('support');
    expect((await support.browser.get(request)).status).toBe(403);
  });

  test('its workflow knows neither who asks nor what for', async () => {
    const request = await received();
    const handle = web.client.workflow.getHandle(dataRequestWorkflowId(request.split('/').at(-1) ?? ''));
    const history = readableText({ history: recordable(await handle.fetchHistory()) });
    expect(history).toContain('dataRequestId');
    for (const personal of ['連絡 花子', '東京都', '登録内容']) expect(history).not.toContain(personal);
  });
});

describe('what is handed out', () => {
  test('only after the identity was checked; noted with its digest and as a look', async () => {
    const request = await received({ about: 'person', personName: '連絡 花子' });
    const id = request.split('/').at(-1) ?? '';
    expect((await act(legal, request, 'export', {})).status).toBe(409);
    await identify(request);
    const zip = await act(legal, request, 'export', {});
    expect(zip.status).toBe(200);
    expect(zip.headers.get('content-type')).toContain('application/zip');
    expect(zip.html).toContain('data.json');
    const entries = await web.db.query.auditEntries.findMany({ where: (t) => eq(t.subjectId, id) });
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: 'dataRequest.exported',
        after: expect.objectContaining({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }),
      }),
    );
    const views = await web.db.query.dataViews.findMany({ where: (t) => eq(t.contractId, contractId) });
    expect(views.filter(({ page }) => page === 'dataExport')).toHaveLength(1);
  });

  test('a customer’s whole data leave once a second person agreed, and not before', async () => {
    const request = await received();
    await identify(request);
    const asked = await act(legal, request, 'export', {});
    expect(asked.location).toMatch(/^\/staff\/proposals\//);
    expect((await act(legal, request, 'export', {})).status).toBe(409);
    const approver = await web.signedIn('approver');
    const proposal = asked.location ?? '';
    const shown = await approver.browser.get(proposal);
    const word = {
      csrf: approver.csrf,
      commandId: randomUUID(),
      taskId: /name="taskId" value="([^"]+)"/.exec(shown.html)?.[1] ?? '',
      verdict: 'confirm',
      reason: '本人確認の書類を確かめた。',
    };
    expect((await legal.browser.post(`${proposal}/decision`, { ...word, csrf: legal.csrf })).status).toBe(
      403,
    );
    expect((await approver.browser.post(`${proposal}/decision`, word)).status).toBe(303);
    // The workers of this test keep their files elsewhere.
    const kept = createFileStorage(web.documentsDir);
    const { files } = await gatherDataExport(web.db, { contractId, personName: null });
    for (const { storageKey } of files) await web.documents.put(await kept.get(storageKey));
    const zip = await act(legal, request, 'export', {});
    expect(zip.status).toBe(200);
    expect(zip.headers.get('content-type')).toContain('application/zip');
  });

  test('a customer gets all that it entrusted, with the files', async () => {
    const { data, files } = await gatherDataExport(web.db, { contractId, personName: null });
    const text = JSON.stringify(data);
    for (const expected of ['代表 一郎', '連絡 花子', 'renraku@kobetsu.example']) {
      expect(text).toContain(expected);
    }
    expect(files.map(({ name }) => name)).toContain('契約証書/第1版.pdf');
    expect(files.some(({ name }) => name.endsWith('.eml'))).toBe(true);
  });

  test('one person gets nothing about another, nor files in which others stand', async () => {
    const { data, files } = await gatherDataExport(web.db, { contractId, personName: '代表一郎' });
    const text = JSON.stringify(data);
    expect(text).toContain('代表 一郎');
    for (const other of ['連絡 花子', 'renraku@kobetsu.example']) expect(text).not.toContain(other);
    expect(files).toEqual([]);
    const nobody = await gatherDataExport(web.db, { contractId, personName: '他人 次郎' });
    expect(JSON.stringify(nobody.data)).not.toMatch(/一郎|花子|example/);
  });

  test('a file keeps its contents, and its name cannot lead out of the folder', async () => {
    const storage = createFileStorage(await mkdtemp(join(tmpdir(), 'hasso-export-')));
    const { key: storageKey } = await storage.put(new TextEncoder().encode('contents of the file'));
    const files = [{ name: '添付/../..\\evil:.pdf', storageKey }];
    const zip = (await dataExportZip({ data: {}, files }, storage, new Date())).toString('utf8');
    expect(zip).toContain('添付/_/__evil_.pdf');
    expect(zip).not.toContain('..');
    const missing = [{ name: 'gone', storageKey: storageKey.replace(/.{4}$/, '0000') }];
    await expect(dataExportZip({ data: {}, files: missing }, storage, new Date())).rejects.toThrow();
  });

  test('the contract page leads to its requests and disclosures', async () => {
    const page = await legal.browser.get(path);
    expect(page.html).toContain(`/staff/data-requests?contract=${contractId}`);
    expect(page.html).toContain(`/staff/disclosures?contract=${contractId}`);
  });
});
