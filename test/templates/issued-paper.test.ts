import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { drawPaper } from '../../activities/billing/draw.ts';
import { developmentSigningKey } from '../../activities/documents/signing-key.ts';
import { issuerOf } from '../../domain/billing/issuer.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { pdfText, withoutSpace } from './pdf/read-pdf.ts';

type Issued = Parameters<typeof drawPaper>[1];

const folder = mkdtempSync(join(tmpdir(), 'hasso-paper-'));
afterAll(() => rmSync(folder, { recursive: true }));
const storage = createFileStorage(folder);
const ports = {
  storage,
  signingKey: () => developmentSigningKey(join(folder, 'key.p12'), new Date()),
  issuer: issuerOf({
    ...{ OPERATOR_NAME: '株式会社インターコム', OPERATOR_ADDRESS: '東京都千代田区外神田一丁目1番1号' },
    ...{ SUPPORT_CHANNEL: 'メール', SUPPORT_HOURS: '平日', INVOICE_ISSUER_NUMBER: 'T7000012050002' },
    INVOICE_BANK_ACCOUNT: '9999:見本銀行:001:本店:1:1234567:ｶ)ｲﾝﾀｰｺﾑ',
  }),
};
const day = civilDate('2026-12-10');
const at = new Date('2026-12-11T01:00:00Z');

/** 1231.5 × 9.8 = 12,068.7 and a year of 360,000: 372,068 without tax. */
function issued(totalYen: number, corporateNumber = '4011001098993'): Issued {
  const line = (item: string, quantity: string, unitPrice: string, amount: string) => ({
    ...{ key: item, item, quantity, unitPrice, amount, taxPercent: 10, billedOn: day, why: [] },
    ...{ from: civilDate('2026-11-01'), to: civilDate('2026-11-30') },
  });
  const customer = { ...{ id: 'c', kana: '', phone: '', sandbox: true, createdAt: at }, corporateNumber };
  return {
    ...{ contractNumber: 'HS-000123', corrects: null, returns: null },
    customer: {
      ...customer,
      name: '株式会社髙﨑商事',
      postalCode: '105-0011',
      address: '東京都港区芝公園四丁目',
    },
    paper: {
      ...{ id: 'p', runId: 'r', contractId: 'c', type: 'invoice', status: 'issued', sandbox: true },
      ...{ recipient: 'customer', payer: 'customer', deliveredBy: 'operator' },
      ...{ about: '', correctsId: null, ofId: null },
      ...{ issuedOn: day, dueOn: civilDate('2027-01-04'), periodFrom: day, periodTo: day },
      lines: [line('usage:call', '1231.5', '9.8', '12068.7'), line('plan:standard', '1', '360000', '360000')],
      ...{ netYen: 372_068, taxYen: totalYen - 372_068, totalYen, taxRounding: 'round', taxIncluded: false },
      ...{ findings: [], differences: [], series: 'INV', year: 2026, position: 1 },
      ...{ number: 'TEST-INV-2026-000001', issuedAt: at, drawnAt: null, createdAt: at },
    },
  };
}

const nameOf = (item: string) => ({ name: `品目 ${item}`, unit: '式' });
const NONE = new Map();

const partners = new Map([
  [
    'P',
    {
      corporateNumber: '7000012050002',
      details: {
        ...{ id: 'd', partnerId: 'P', name: '株式会社取次サービス', postalCode: '530-0001' },
        ...{ address: '大阪府大阪市北区梅田一丁目', registrationNumber: 'T7000012050002' },
        ...{ registryState: 'found' as const, checkedAt: at, commandId: 'c', enteredBy: 's', createdAt: at },
      },
    },
  ],
]);

/** A paper that goes another way than from us to the customer. */
function through(way: Partial<Issued['paper']>): Issued {
  const whole = issued(409_275);
  return { ...whole, paper: { ...whole.paper, ...way } };
}

const textOf = async (key: string | undefined) => withoutSpace(pdfText(await storage.get(key ?? '')));

test('a paper and its data say its sum, its number and its lines, and are the same bytes however often they are drawn', async () => {
  // 37,206.8 is rounded up by the paper's own policy.
  const files = await drawPaper(ports, issued(409_275), nameOf, NONE);
  expect(files.map(({ kind, number, amountYen }) => [kind, number, amountYen])).toEqual([
    ['invoice', 'TEST-INV-2026-000001', 409_275],
    ['invoiceData', 'TEST-INV-2026-000001', 409_275],
  ]);
  const [pdf, data] = await Promise.all(files.map(({ storageKey }) => storage.get(storageKey)));
  const text = withoutSpace(pdfText(pdf ?? new Uint8Array()));
  for (const said of [
    '409,275円',
    '37,207',
    '1,231.5式',
    '登録番号T7000012050002',
    '2027年1月4日',
    '四捨五入',
  ]) {
    expect(text).toContain(said);
  }
  expect(new TextDecoder().decode(data)).toContain(
    '<cbc:PayableAmount currencyID="JPY">409275</cbc:PayableAmount>',
  );
  expect(await drawPaper(ports, issued(409_275), nameOf, NONE)).toEqual(files);
});

test('a paper whose lines do not make its sum is never drawn', async () => {
  await expect(drawPaper(ports, issued(409_274), nameOf, NONE)).rejects.toThrow('do not make its sum');
});

test('a recipient without a corporate number has no electronic address, and gets the PDF alone', async () => {
  expect((await drawPaper(ports, issued(409_275, ''), nameOf, NONE)).map(({ kind }) => kind)).toEqual([
    'invoice',
  ]);
});

test('a statement is made out to the intermediary, says that it is no qualified invoice, and has no electronic invoice', async () => {
  const files = await drawPaper(
    ports,
    through({ type: 'statement', recipient: 'P', payer: 'P' }),
    nameOf,
    partners,
  );
  expect(files.map(({ kind, counterparty }) => [kind, counterparty])).toEqual([
    ['statement', '株式会社取次サービス'],
  ]);
  const text = await textOf(files[0]?.storageKey);
  for (const said of [
    '精算書番号',
    'ご精算金額（税込）',
    '株式会社取次サービス',
    '大阪府大阪市北区梅田一丁目',
    'ご利用のお客様',
    '株式会社髙﨑商事',
    '適格請求書ではありません',
  ]) {
    expect(text).toContain(said);
  }
  expect(text).not.toContain('請求書番号');
});

test('an invoice to a reseller is made out to it, on paper and as data', async () => {
  const files = await drawPaper(ports, through({ recipient: 'P', payer: 'P' }), nameOf, partners);
  expect(await textOf(files[0]?.storageKey)).toContain('大阪府大阪市北区梅田一丁目');
  const data = new TextDecoder().decode(await storage.get(files[1]?.storageKey ?? ''));
  expect(data).toContain('<cbc:EndpointID schemeID="0188">7000012050002</cbc:EndpointID>');
  expect(data).toContain('株式会社取次サービス');
});

test('an invoice that a partner hands over is made out to the customer and says who brings it', async () => {
  const [pdf] = await drawPaper(ports, through({ deliveredBy: 'P' }), nameOf, partners);
  const text = await textOf(pdf?.storageKey);
  expect(text).toContain('東京都港区芝公園四丁目');
  expect(text).toContain('当社に代わって株式会社取次サービスがお届けします');
});

test('a paper to a partner that nobody knows is never drawn', async () => {
  await expect(drawPaper(ports, through({ recipient: 'Q', payer: 'Q' }), nameOf, partners)).rejects.toThrow(
    'not registered',
  );
});

test('a corrected paper names the old one on its face and in its data; without a line left nothing is to be paid', async () => {
  const paper = issued(0);
  const corrects = { number: 'TEST-INV-2026-000001', issuedOn: day };
  const anew: Issued = {
    ...paper,
    corrects,
    paper: {
      ...{ ...paper.paper, number: 'TEST-INV-2026-000002', lines: [], dueOn: null },
      ...{ netYen: 0, taxYen: 0, totalYen: 0 },
    },
  };
  const [pdf, data] = await Promise.all(
    (await drawPaper(ports, anew, nameOf, NONE)).map(({ storageKey }) => storage.get(storageKey)),
  );
  const text = withoutSpace(pdfText(pdf ?? new Uint8Array()));
  expect(text).toContain('2026年12月10日発行の請求書TEST-INV-2026-000001を訂正し');
  expect(text).toContain('お支払いは不要です');
  expect(text).not.toContain('お振込先');
  const xml = new TextDecoder().decode(data);
  expect(xml).toContain('<cbc:ID>TEST-INV-2026-000001</cbc:ID><cbc:IssueDate>2026-12-10</cbc:IssueDate>');
  expect(xml).not.toContain('DueDate');
});

test('a return invoice names its original and its month, and its data is negative', async () => {
  const paper = issued(409_275);
  const back: Issued = {
    ...paper,
    returns: { number: 'TEST-INV-2026-000001', issuedOn: day },
    paper: { ...paper.paper, type: 'returnInvoice', number: 'TEST-RET-2026-000001', dueOn: null },
  };
  const [pdf, data] = await Promise.all(
    (await drawPaper(ports, back, nameOf, NONE)).map(({ storageKey }) => storage.get(storageKey)),
  );
  const text = withoutSpace(pdfText(pdf ?? new Uint8Array()));
  for (const said of [
    '適格返還請求書',
    'TEST-INV-2026-000001（2026年12月のお取引）',
    'ご返金額',
    '409,275円',
  ]) {
    expect(text).toContain(said);
  }
  expect(new TextDecoder().decode(data)).toContain(
    '<cbc:PayableAmount currencyID="JPY">-409275</cbc:PayableAmount>',
  );
});

test('an invoice without a day to pay by is never drawn', async () => {
  const paper = issued(409_275);
  await expect(
    drawPaper(ports, { ...paper, paper: { ...paper.paper, dueOn: null } }, nameOf, NONE),
  ).rejects.toThrow('no due date');
});
