import { randomUUID } from 'node:crypto';
import { eq, inArray, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readUsageEvent, recordUsage } from '../../db/queries/billing/usage.ts';
import { contracts, documents, mails, papers, usagePrices } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { addMonths, civilDate, jstDate, lastOfMonth } from '../../domain/calendar/civil-date.ts';
import { billingDriver } from '../support/billing.ts';
import { type OwnStack, startOwnStack } from '../support/own-stack.ts';
import { applicants, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const ROWS = 5;
/** Of a month whose usage is known to have ended; the contracts run from 2026-04-01. */
const DAY = civilDate('2027-05-10');

let stack: OwnStack;
let workers: RunningWorkers;
let billing: ReturnType<typeof billingDriver>;
let rows: string[];
let concluded: string;
beforeAll(async () => {
  stack = await startOwnStack();
  workers = await startWorkers(stack.env);
  const { db } = workers.composed;
  billing = billingDriver(db, workers.client);
  rows = await insertContractRows(db, ROWS, { prefix: 'BILL' });
  concluded = await applicants(db, workers.client).conclude({ partnerName: '株式会社取次' });
});
afterAll(async () => {
  await workers.stop();
  await stack.stop();
});

const db = () => workers.composed.db;
const numbersOf = (positions: readonly (number | null)[]) => positions.map((position) => position ?? 0);

test('a run drafts every contract, two people release it, and each paper has its number, PDF, data and mail', async () => {
  const [first = ''] = rows;
  const event = (id: string, at: string, quantity: string) => {
    const read = readUsageEvent(JSON.stringify({ id, contract: first, at, category: 'sms', quantity }));
    if (typeof read === 'string') throw new Error(read);
    return read;
  };
  // Half past eight in the morning of the 1st in Japan is still the month before in London.
  const events = [
    event('SM1', '2027-04-30T14:59:00Z', '10'),
    event('SM2', '2027-04-30T23:30:00Z', '7'),
    event('SM3', '2027-04-01T00:30:00+09:00', '3'),
  ];
  expect(await recordUsage(db(), events, new Date('2027-05-01T12:00:00Z'))).toMatchObject({ added: 3 });

  const twice = await Promise.all([billing.begin(DAY), billing.begin(DAY)]);
  expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
  expect(twice.find(({ ok }) => !ok)).toMatchObject({
    code: 'wrongState',
    message: expect.stringContaining('すでに'),
  });

  const run = await billing.inStatus(DAY, 'review');
  const drafts = await billing.papers(run.id);
  expect(run).toMatchObject({ contracts: ROWS + 1, problems: [], papers: ROWS + 1 });
  expect(drafts.every(({ status, number }) => status === 'draft' && number === null)).toBe(true);
  const named = drafts.find(({ contractId }) => contractId === concluded);
  expect(named?.findings).toEqual([{ kind: 'partnerNamed' }]);
  const used = drafts.find(({ contractId }) => contractId === first);
  expect(used?.lines.filter(({ item }) => item === 'usage:sms')).toMatchObject([
    { from: '2027-04-01', to: '2027-04-30', quantity: '13', unitPrice: '8.8' },
  ]);

  const reviewer = randomUUID();
  expect(await billing.decide(DAY, 'billingReview', 'agree', reviewer)).toEqual({ ok: true });
  expect(await billing.decide(DAY, 'billingApproval', 'agree', reviewer)).toMatchObject({
    code: 'samePerson',
  });
  const releases = await Promise.all([
    billing.decide(DAY, 'billingApproval', 'agree'),
    billing.decide(DAY, 'billingApproval', 'agree'),
  ]);
  expect(releases.filter(({ ok }) => ok)).toHaveLength(1);

  await billing.inStatus(DAY, 'issued');
  const issued = await billing.papers(run.id);
  const year = DAY.slice(0, 4);
  expect(issued.map(({ number }) => number)).toEqual(
    Array.from({ length: ROWS + 1 }, (_, index) => `TEST-INV-${year}-00000${index + 1}`),
  );
  expect(issued.every(({ drawnAt }) => drawnAt !== null)).toBe(true);
  const numbers = issued.flatMap(({ number }) => number ?? []);
  const filed = await db().select().from(documents).where(inArray(documents.number, numbers));
  const pdfs = filed.filter(({ kind }) => kind === 'invoice');
  expect(pdfs).toHaveLength(ROWS + 1);
  for (const { subjectId, amountYen } of pdfs) {
    expect(amountYen).toBe(issued.find(({ contractId }) => contractId === subjectId)?.totalYen);
  }
  // A recipient's corporate number is its electronic address: the planted rows have none.
  expect(filed.filter(({ kind }) => kind === 'invoiceData').map(({ subjectId }) => subjectId)).toEqual([
    concluded,
  ]);
  const sent = await db().select().from(mails).where(like(mails.key, 'invoice/%'));
  expect(sent.map(({ status, kind, subjectId }) => `${kind} ${status} ${subjectId}`).toSorted()).toEqual(
    [...rows, concluded].map((id) => `invoiceIssued accepted ${id}`).toSorted(),
  );
}, 300_000);

test('an issued paper can neither be changed nor thrown away, by nobody', async () => {
  const [paper] = await db().select().from(papers).where(eq(papers.status, 'issued')).limit(1);
  const id = paper?.id ?? '';
  await expect(db().update(papers).set({ totalYen: 1 }).where(eq(papers.id, id))).rejects.toThrow();
  await expect(db().delete(papers).where(eq(papers.id, id))).rejects.toThrow();
  const [after] = await db().select().from(papers).where(eq(papers.id, id));
  expect(after).toEqual(paper);
});

test('the next run bills nothing twice: of a month before only what came late, with its own month; numbers go on', async () => {
  const [first = ''] = rows;
  const day = addMonths(DAY, 1);
  const late = readUsageEvent(
    JSON.stringify({
      id: 'SM4',
      contract: first,
      at: '2027-04-15T12:00:00+09:00',
      category: 'sms',
      quantity: 5,
    }),
  );
  if (typeof late === 'string') throw new Error(late);
  await recordUsage(db(), [late], new Date('2027-05-20T00:00:00Z'));
  await billing.begin(day);
  const run = await billing.inStatus(day, 'review');
  const drafts = (await billing.papers(run.id)).filter(({ contractId }) => rows.includes(contractId));
  expect(
    drafts.map(({ contractId, lines }) => [
      contractId,
      lines.map(({ from, item, quantity }) => `${from} ${item} ${quantity}`),
    ]),
  ).toEqual([[first, ['2027-04-01 usage:sms 5', '2027-05-01 usage:sms 7']]]);
  await billing.release(day);
  await billing.inStatus(day, 'issued');
  const positions = numbersOf((await billing.papers(run.id)).map(({ position }) => position));
  expect(positions).toEqual(positions.map((_, index) => ROWS + 2 + index));
}, 300_000);

test('what was discarded is billed by the next run, with its date; a missed month is made up once', async () => {
  const [discarded, later] = [civilDate('2028-03-10'), civilDate('2028-05-10')];
  await billing.begin(discarded);
  const before = await billing.inStatus(discarded, 'review');
  const expected = (await billing.papers(before.id)).map(({ contractId }) => contractId).toSorted();
  expect(expected.length).toBeGreaterThanOrEqual(ROWS);
  expect(await billing.decide(discarded, 'billingReview', 'discard')).toEqual({ ok: true });
  await billing.inStatus(discarded, 'discarded');
  expect(await billing.papers(before.id)).toEqual([]);

  await billing.begin(later);
  const run = await billing.inStatus(later, 'review');
  const made = (await billing.papers(run.id)).filter(({ contractId }) => rows.includes(contractId));
  expect(made.map(({ contractId }) => contractId).toSorted()).toEqual(rows.toSorted());
  expect(made.every(({ issuedOn, lines }) => issuedOn === later && lines.length === 1)).toBe(true);
  await billing.decide(later, 'billingReview', 'discard');
}, 300_000);

test('a price list without what is in use stops its contract alone, in words', async () => {
  const [first = '', second = ''] = rows;
  const day = civilDate('2029-03-10');
  await db().update(contracts).set({ planCode: 'gone' }).where(eq(contracts.id, second));
  await db().delete(usagePrices).where(eq(usagePrices.category, 'call-in'));
  const strange = readUsageEvent(
    JSON.stringify({
      id: 'CA1',
      contract: first,
      at: '2029-02-15T12:00:00+09:00',
      category: 'call-in',
      quantity: 1,
    }),
  );
  if (typeof strange === 'string') throw new Error(strange);
  await recordUsage(db(), [strange], new Date('2029-03-01T00:00:00Z'));
  await billing.begin(day);
  const run = await billing.inStatus(day, 'review');
  expect(run.problems.toSorted((a, b) => (a.message < b.message ? -1 : 1))).toEqual([
    { contractId: second, message: '第1版の料金表にプラン「gone」がありません。' },
    { contractId: first, message: '第1版の料金表に通信「call-in」がありません。' },
  ]);
  const billed = (await billing.papers(run.id)).map(({ contractId }) => contractId);
  expect(rows.slice(2).every((id) => billed.includes(id))).toBe(true);
  expect(billed).not.toContain(second);
  await billing.decide(day, 'billingReview', 'discard');
}, 300_000);

describe('a run that is paused', () => {
  test('stops before its next page and goes on where it was', async () => {
    const day = civilDate('2030-03-10');
    // Enough pages for a person to come in between.
    await insertContractRows(db(), 80, { prefix: 'PAUSE' });
    await billing.begin(day, { drafts: 1, numbers: 1, drawings: 1, mails: 1 });
    const run = await billing.find(day);
    if (run === null) throw new Error('no run');
    const command = () => ({ commandId: randomUUID(), actor: staff(randomUUID()) });
    expect(await billing.gateway.pause(run, command())).toEqual({ ok: true });
    const paused = await billing.find(day);
    expect(paused).toMatchObject({ paused: true, status: 'drafting' });
    expect(paused?.contracts).toBeLessThan(80);
    expect(await billing.gateway.resume(run, command())).toEqual({ ok: true });
    await billing.inStatus(day, 'review');
    expect(await billing.find(day)).toMatchObject({ paused: false });
    await billing.decide(day, 'billingReview', 'discard');
  }, 300_000);
});

test('a run for which nothing is due is over by itself: nobody has to release nothing', async () => {
  const day = civilDate('2026-01-10');
  await billing.begin(day);
  expect(await billing.inStatus(day, 'issued')).toMatchObject({ contracts: 0, papers: 0 });
});

describe('usage comes as single events', () => {
  test('twice the same counts once; other content, no contract and after the end are refused in words', async () => {
    const id = randomUUID();
    const [, , third = ''] = rows;
    const told = (changes: object) => {
      const base = {
        id,
        contract: third,
        at: '2027-02-01T00:30:00+09:00',
        category: 'sms',
        quantity: '1.50',
      };
      const read = readUsageEvent(JSON.stringify({ ...base, ...changes }));
      if (typeof read === 'string') throw new Error(read);
      return read;
    };
    const now = new Date('2027-02-02T00:00:00Z');
    expect(await recordUsage(db(), [told({}), told({ quantity: 1.5 })], now)).toMatchObject({
      added: 1,
      known: 1,
    });
    expect((await recordUsage(db(), [told({ quantity: 2 })], now)).refused).toMatchObject([
      { sourceId: id, message: expect.stringContaining('別の内容') },
    ]);
    expect((await recordUsage(db(), [told({ contract: 'nobody' })], now)).refused).toMatchObject([
      { message: expect.stringContaining('契約はありません') },
    ]);
    const ended = lastOfMonth(addMonths(jstDate(now.getTime()), -1));
    await db().update(contracts).set({ endsOn: ended, status: 'ended' }).where(eq(contracts.id, third));
    expect((await recordUsage(db(), [told({ id: randomUUID() })], now)).refused).toMatchObject([
      { message: expect.stringContaining('契約の終了後') },
    ]);
  });

  test('a line that is no event is told in words', () => {
    expect(readUsageEvent('{')).toContain('JSON');
    expect(readUsageEvent('{"id":"a"}')).toContain('contract');
    const event = { id: 'a', contract: 'c', at: '2027-02-01', category: 'sms', quantity: -1 };
    expect(readUsageEvent(JSON.stringify(event))).toContain('0以上');
  });
});
