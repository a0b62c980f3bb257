import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disclosureSteps } from '../../db/schema/index.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { storedContract } from '../support/stored-contract.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

type Person = Awaited<ReturnType<typeof signedIn>>;

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const today = jstDate(Date.now());

let web: WebTest;
let operations: Person;
let legal: Person;
beforeAll(async () => {
  web = await startWeb();
  [operations, legal] = [await signedIn(web, 'operations'), await signedIn(web, 'legal')];
});
afterAll(() => web.close());

const body = (person: Person, fields: Record<string, string | File>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ csrf: person.csrf, commandId: randomUUID(), ...fields })) {
    data.set(name, value);
  }
  return data;
};

const asked = (person: Person, changes: Record<string, string | File> = {}) =>
  body(person, {
    authority: '霞が関警察署',
    officer: '刑事課 山本',
    receivedOn: today,
    legalBasis: 'investigation',
    basisText: '刑訴法197条2項 照会書第12号',
    scope: '契約者の名称と連絡先',
    letter: new File([PNG], '照会書.png', { type: 'image/png' }),
    ...changes,
  });

async function recorded(person: Person = operations) {
  const contract = await storedContract(web);
  const page = await person.browser.post(
    `/staff/disclosures/new?contract=${contract.contractId}`,
    asked(person),
  );
  expect(page.status, page.title).toBe(303);
  const path = page.location ?? '';
  return { ...contract, disclosure: path, id: path.split('/').at(-1) ?? '' };
}

const step = (person: Person, path: string, fields: Record<string, string | File>) =>
  person.browser.post(path, body(person, { happenedOn: today, ...fields }));
const approve = (person: Person, disclosure: string, outcome = 'approved') =>
  step(person, `${disclosure}/decision`, { outcome, note: '範囲は法令の求めに見合う。' });
const handover = (person: Person, disclosure: string, changes: Record<string, string | File> = {}) =>
  step(person, `${disclosure}/handover`, {
    recipient: '山本 巡査部長',
    note: '手渡し',
    file1: new File([PNG], '契約者.csv'),
    ...changes,
  });

describe('a disclosure to an authority', () => {
  test('goes from request through a second person to hand-over and telling the customer; every step stays', async () => {
    const { disclosure, id, contractId } = await recorded();
    expect((await approve(legal, disclosure)).status).toBe(303);
    expect((await handover(operations, disclosure)).status).toBe(303);
    const customer = (outcome: string) =>
      step(operations, `${disclosure}/customer`, { outcome, note: '捜査に支障があるため' });
    expect((await customer('notTold')).status).toBe(303);
    expect((await customer('told')).status).toBe(303);
    expect((await customer('told')).status).toBe(409);
    const page = await legal.browser.get(disclosure);
    const digest = createHash('sha256').update(PNG).digest('hex');
    for (const shown of [
      '霞が関警察署',
      '照会書第12号',
      '契約者.csv',
      digest,
      '捜査に支障があるため',
      '引渡し済',
    ]) {
      expect(page.html).toContain(shown);
    }
    const steps = await web.db.query.disclosureSteps.findMany({
      where: () => eq(disclosureSteps.disclosureId, id),
    });
    expect(steps.map(({ outcome }) => outcome)).toEqual(['approved', 'handedOver', 'notTold', 'told']);
    const entries = await web.db.query.auditEntries.findMany({ where: (t) => eq(t.subjectId, contractId) });
    const actions = entries.map(({ action }) => action).filter((action) => action.startsWith('disclosure.'));
    expect(actions.toSorted()).toEqual([
      'disclosure.approved',
      'disclosure.handedOver',
      'disclosure.notTold',
      'disclosure.requested',
      'disclosure.told',
    ]);
    expect(JSON.stringify(entries)).not.toContain('山本');
  });

  test('is not decided by whoever recorded it, nor by another role', async () => {
    const { disclosure } = await recorded(legal);
    expect((await legal.browser.get(disclosure)).html).toContain('別の法務担当');
    expect((await approve(legal, disclosure)).status).toBe(409);
    expect((await approve(operations, disclosure)).status).toBe(403);
    const another = await signedIn(web, 'legal');
    expect((await approve(another, disclosure)).status).toBe(303);
    expect((await approve(await signedIn(web, 'legal'), disclosure, 'refused')).status).toBe(409);
  });

  test('nothing is handed over before approval, after a refusal, or twice', async () => {
    const waiting = await recorded();
    expect((await handover(operations, waiting.disclosure)).status).toBe(409);
    const refused = await recorded();
    await approve(legal, refused.disclosure, 'refused');
    expect((await handover(operations, refused.disclosure)).status).toBe(409);
    const done = await recorded();
    await approve(legal, done.disclosure);
    await handover(operations, done.disclosure);
    expect((await handover(operations, done.disclosure)).status).toBe(409);
  });

  test('a hand-over names its files: chosen ones, or large ones by name and digest', async () => {
    const { disclosure } = await recorded();
    await approve(legal, disclosure);
    const none = await handover(operations, disclosure, { file1: '' });
    expect(none.status).toBe(422);
    expect(none.html).toContain('渡したファイルを選択してください。');
    expect(none.html).toContain('山本 巡査部長');
    const digest = 'ab'.repeat(32);
    const wrong = await handover(operations, disclosure, { file1: '', digests: 'evidence.zip 123' });
    expect(wrong.html).toContain('64桁のSHA-256');
    const large = await handover(operations, disclosure, { file1: '', digests: `evidence.zip ${digest}` });
    expect(large.status).toBe(303);
    expect((await legal.browser.get(disclosure)).html).toContain(digest);
  });

  test('needs the paper unless life is at stake, and says what is missing', async () => {
    const { contractId } = await storedContract(web);
    const path = `/staff/disclosures/new?contract=${contractId}`;
    const post = (changes: Record<string, string | File>) =>
      operations.browser.post(path, asked(operations, changes));
    const missing = await post({ letter: '', scope: '' });
    expect(missing.status).toBe(422);
    expect(missing.html).toContain('照会書・令状などの文書のファイルを選択してください。');
    expect(missing.html).toContain('求められたデータの範囲を入力してください。');
    expect(missing.html).toContain('value="霞が関警察署"');
    expect((await post({ letter: '', legalBasis: 'emergency' })).status).toBe(303);
  });

  test('sent twice it is one', async () => {
    const { contractId } = await storedContract(web);
    const form = { commandId: randomUUID() };
    const path = `/staff/disclosures/new?contract=${contractId}`;
    const [first, second] = [
      await operations.browser.post(path, asked(operations, form)),
      await operations.browser.post(path, asked(operations, form)),
    ];
    expect(second.location).toBe(first.location);
  });

  test('is found by contract, and its paper is opened with an entry in the audit log', async () => {
    const { disclosure, contractId, id } = await recorded();
    const other = await recorded();
    const list = await legal.browser.get(`/staff/disclosures?contract=${contractId}`);
    expect(list.html).toContain(disclosure);
    expect(list.html).not.toContain(other.disclosure);
    const contract = await web.db.query.contracts.findFirst({ where: (t) => eq(t.id, contractId) });
    const search = async (number: string) => {
      const { location } = await legal.browser.post('/staff/disclosures/search', {
        csrf: legal.csrf,
        number,
      });
      expect(location).not.toContain(number);
      return legal.browser.get(location ?? '');
    };
    const byNumber = await search(contract?.contractNumber ?? '');
    expect(byNumber.html).toContain(disclosure);
    expect((await search('nobody')).html).not.toContain(disclosure);
    expect((await legal.browser.get(`${disclosure}/letter`)).status).toBe(200);
    const entries = await web.db.query.auditEntries.findMany({ where: (t) => eq(t.subjectId, contractId) });
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'document.downloaded', after: { disclosureId: id } }),
    );
  });

  test.each(['reviewer', 'approver', 'billing', 'support'] as const)(
    'is not for the role %s',
    async (role) => {
      const { browser } = await signedIn(web, role);
      expect((await browser.get('/staff/disclosures')).status).toBe(403);
      expect((await browser.get((await recorded()).disclosure)).status).toBe(403);
    },
  );
});
