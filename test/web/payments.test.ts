import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPapers } from '../../db/queries/payment/receivable.ts';
import { bankLines, proposals } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { type PlantedPaper, plantPapers } from '../support/issued-papers.ts';
import { type PaymentFact, transferFile } from '../support/statement.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

const ON = civilDate('2026-11-30');

let web: WebTest;
let billing: Awaited<ReturnType<typeof signedIn>>;
let approver: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  billing = await signedIn(web, 'billing');
  approver = await signedIn(web, 'approver');
});
afterAll(() => web.close());

/** A kana that no other test's customer has. */
const kana = () =>
  Array.from({ length: 12 }, () => String.fromCodePoint(0x30ab + 2 * randomInt(15))).join('');

const HALF = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄ';
/** A name as a bank shows it that nobody has. */
const stranger = () => `ﾅｿ${Array.from({ length: 12 }, () => HALF[randomInt(HALF.length)]).join('')}`;

const plant = (...facts: { of: string; yen: number }[]): Promise<PlantedPaper[]> =>
  plantPapers(
    web.db,
    `W${randomUUID().slice(0, 8).toUpperCase()}`,
    facts.map(({ of, yen }) => ({
      ...{ kana: of, totalYen: yen, issuedOn: civilDate('2026-11-10'), dueOn: ON },
    })),
  );

async function upload(payments: readonly PaymentFact[], who = billing) {
  const form = new FormData();
  form.set('csrf', who.csrf);
  form.set('commandId', randomUUID());
  form.set('sandbox', 'yes');
  const bytes = transferFile(payments, randomInt(1, 900_000));
  form.set('statement', new File([Uint8Array.from(bytes)], '振込.txt'));
  return { ...(await who.browser.post('/staff/payments', form)), form };
}

const openOf = async (paper: PlantedPaper) => {
  const [found] = await openPapers(web.db, { sandbox: true, paperIds: [paper.paperId] });
  return found?.openYen ?? 0;
};

async function onlyLine(payment: PaymentFact) {
  const { location } = await upload([payment]);
  const importId = location?.split('/').at(-1) ?? '';
  const [line] = await web.db.select().from(bankLines).where(eq(bankLines.importId, importId));
  if (line === undefined) throw new Error('the payment was not taken');
  return { line, path: `/staff/payments/lines/${line.id}` };
}

const statusOf = async (id: string) =>
  (await web.db.select().from(bankLines).where(eq(bankLines.id, id)))[0]?.status;

describe('a file of the bank', () => {
  test('pays what it names, leaves the rest to staff, and counts once', async () => {
    const name = kana();
    const [paper] = await plant({ of: name, yen: 39_600 });
    if (paper === undefined) throw new Error('no paper');
    const sent = await upload([
      { on: ON, amountYen: 39_600, name: stranger(), reference: paper.number.replaceAll('-', '') },
      { on: ON, amountYen: 12_345, name: stranger() },
    ]);
    expect(sent.status).toBe(303);
    const shown = await billing.browser.get(sent.location ?? '');
    for (const words of [
      '自動で消込',
      '確認待ち',
      '12,345円',
      '振込依頼人に当たる支払者が登録されていません',
    ])
      expect(shown.html).toContain(words);
    expect(await openOf(paper)).toBe(0);
    // The same form and the same file again.
    expect((await billing.browser.post('/staff/payments', sent.form)).location).toBe(sent.location);
    const original = await billing.browser.get(`${sent.location}/original`);
    expect(original.status).toBe(200);
  });

  test('that is not in order is refused whole, with the line, and nothing is there', async () => {
    const page = await billing.browser.get('/staff/payments');
    const form = new FormData();
    form.set('csrf', billing.csrf);
    form.set('commandId', fieldValue(page, 'commandId'));
    const bytes = transferFile([{ on: ON, amountYen: 100, name: stranger() }]);
    bytes[202 * 2 + 10] = 0x39;
    form.set('statement', new File([Uint8Array.from(bytes)], 'a.txt'));
    const refused = await billing.browser.post('/staff/payments', form);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('3行目');
    expect(refused.html).toContain('何も取り込んでいません');
  });

  test('is taken by billing alone', async () => {
    expect((await upload([{ on: ON, amountYen: 1, name: stranger() }], approver)).status).toBe(403);
    expect((await (await signedIn(web, 'support')).browser.get('/staff/payments')).status).toBe(403);
  });
});

describe('a payment that waits', () => {
  test('of one whose name is known shows the proposal filled in: sent as it is, it is done', async () => {
    const name = kana();
    const [first, second] = await plant({ of: name, yen: 30_000 }, { of: name, yen: 20_000 });
    if (first === undefined || second === undefined) throw new Error('no papers');
    const { line, path } = await onlyLine({
      on: ON,
      amountYen: 35_000,
      name: stranger(),
      reference: first.number.replaceAll('-', ''),
    });
    const page = await billing.browser.get(`${path}?queue=1`);
    expect(page.html).toContain('未払いの額に足りません');
    const fields: Record<string, string> = {
      ...{ csrf: billing.csrf, commandId: fieldValue(page, 'commandId'), verdict: 'allocate', queue: '1' },
      ...{ payer: fieldValue(page, 'payer'), reason: '' },
      [`pay.${first.number}`]: fieldValue(page, `pay.${first.number}`),
      [`pay.${second.number}`]: fieldValue(page, `pay.${second.number}`),
    };
    expect([fields[`pay.${first.number}`], fields[`pay.${second.number}`]]).toEqual(['30000', '5000']);
    const done = await billing.browser.post(path, fields);
    expect(done.location).toBe(`/staff/payments/settle?after=${line.id}`);
    expect(await openOf(first)).toBe(0);
    expect(await openOf(second)).toBe(15_000);
    expect((await billing.browser.post(path, fields)).location).toBe(done.location);
    expect(await openOf(second)).toBe(15_000);
  });

  test('of a stranger is given to whoever owes exactly that, and the name is known from then on', async () => {
    const name = stranger();
    const yen = randomInt(100_000, 90_000_000);
    const [paper, next] = await plant({ of: kana(), yen }, { of: kana(), yen: 1 });
    if (paper === undefined || next === undefined) throw new Error('no papers');
    const { path } = await onlyLine({ on: ON, amountYen: yen, name });
    expect((await billing.browser.get(path)).html).toContain(`payer=${paper.customerId}`);
    const page = await billing.browser.get(`${path}?payer=${paper.customerId}`);
    const done = await billing.browser.post(path, {
      ...{ csrf: billing.csrf, commandId: fieldValue(page, 'commandId'), verdict: 'allocate', learn: 'yes' },
      ...{ payer: paper.customerId, reason: '', queue: '', [`pay.${paper.number}`]: String(yen) },
    });
    expect(done.status).toBe(303);
    expect(await openOf(paper)).toBe(0);
    // Nothing is open any more, but the name is known: a credit for this payer is proposed.
    const again = await onlyLine({ on: ON, amountYen: 777, name });
    expect(again.line.problem).toBe('nothingOpen');
    expect((await billing.browser.get(again.path)).html).toContain('全額が前受金になります');
  });

  test('of another payer’s name takes a second person with a reason, and is done with their word', async () => {
    const name = stranger();
    const yen = randomInt(100_000, 90_000_000);
    const [own, other] = await plant({ of: kana(), yen: 5 }, { of: kana(), yen });
    if (own === undefined || other === undefined) throw new Error('no papers');
    const first = await onlyLine({ on: ON, amountYen: 5, name });
    const learned = await billing.browser.get(`${first.path}?payer=${own.customerId}`);
    await billing.browser.post(first.path, {
      ...{
        csrf: billing.csrf,
        commandId: fieldValue(learned, 'commandId'),
        verdict: 'allocate',
        learn: 'yes',
      },
      ...{ payer: own.customerId, [`pay.${own.number}`]: '5' },
    });
    const { line, path } = await onlyLine({ on: ON, amountYen: yen, name });
    const page = await billing.browser.get(`${path}?payer=${other.customerId}`);
    const fields = {
      ...{ csrf: billing.csrf, commandId: fieldValue(page, 'commandId'), verdict: 'allocate' },
      ...{ payer: other.customerId, [`pay.${other.number}`]: String(yen) },
    };
    const unsaid = await billing.browser.post(path, { ...fields, reason: '' });
    expect(unsaid.status).toBe(422);
    expect(unsaid.html).toContain('二人目の担当者が確認できるように');
    const asked = await billing.browser.post(path, {
      ...fields,
      reason: '親会社からの振込と電話で確認した。',
    });
    expect(asked.location).toContain('/staff/proposals/');
    expect(await openOf(other)).toBe(yen);
    expect((await billing.browser.get(path)).html).toContain('二人目の担当者の確認を待っています');
    const proposal = await approver.browser.get(asked.location ?? '');
    expect(proposal.html).toContain(other.number);
    const confirmed = await approver.browser.post(`${asked.location}/decision`, {
      ...{ csrf: approver.csrf, commandId: fieldValue(proposal, 'commandId') },
      ...{ taskId: fieldValue(proposal, 'taskId'), verdict: 'confirm', reason: '書面を確かめた。' },
    });
    expect(confirmed.status).toBe(303);
    expect(await openOf(other)).toBe(0);
    expect(await statusOf(line.id)).toBe('settled');
    const [row] = await web.db
      .select()
      .from(proposals)
      .where(eq(proposals.about, `bankLine/${line.id}`));
    expect(row?.status).toBe('confirmed');
  });

  test('that was given to the wrong invoice is taken back, and waits again', async () => {
    const [paper] = await plant({ of: kana(), yen: 4_400 });
    if (paper === undefined) throw new Error('no paper');
    const { line, path } = await onlyLine({
      ...{ on: ON, amountYen: 4_400, name: stranger(), reference: paper.number.replaceAll('-', '') },
    });
    expect(line.status).toBe('matched');
    const page = await billing.browser.get(path);
    const done = await billing.browser.post(path, {
      ...{ csrf: billing.csrf, commandId: fieldValue(page, 'commandId'), taskId: '', verdict: 'reopen' },
      reason: '別の請求書への入金だった。',
    });
    expect(done.status).toBe(303);
    expect(await openOf(paper)).toBe(4_400);
    expect(await statusOf(line.id)).toBe('waiting');
  });

  test('more than is open of an invoice is refused in words, with what was typed', async () => {
    const [paper] = await plant({ of: kana(), yen: 100 });
    if (paper === undefined) throw new Error('no paper');
    const { path } = await onlyLine({ on: ON, amountYen: 500, name: stranger() });
    const page = await billing.browser.get(`${path}?payer=${paper.customerId}`);
    const refused = await billing.browser.post(path, {
      ...{ csrf: billing.csrf, commandId: fieldValue(page, 'commandId'), verdict: 'allocate' },
      ...{ payer: paper.customerId, [`pay.${paper.number}`]: '101' },
    });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('未払いは100円です');
    expect(refused.html).toContain('value="101"');
  });

  test('an entry of the bank that takes a payment back opens what that one had paid', async () => {
    const [paper] = await plant({ of: kana(), yen: 8_800 });
    if (paper === undefined) throw new Error('no paper');
    const name = stranger();
    const reference = paper.number.replaceAll('-', '');
    const paid = await onlyLine({ on: ON, amountYen: 8_800, name, reference });
    const entry = await onlyLine({ on: ON, amountYen: 8_800, name, cancelled: true });
    const page = await billing.browser.get(entry.path);
    expect(page.html).toContain(`value="${paid.line.id}"`);
    const done = await billing.browser.post(entry.path, {
      ...{ csrf: billing.csrf, commandId: fieldValue(page, 'commandId'), verdict: 'cancelled' },
      ...{ takesBack: paid.line.id, reason: '銀行の取消', queue: '' },
    });
    expect(done.status).toBe(303);
    expect(await openOf(paper)).toBe(8_800);
    expect([await statusOf(paid.line.id), await statusOf(entry.line.id)]).toEqual(['cancelled', 'cancelled']);
  });
});
