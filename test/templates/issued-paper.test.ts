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
    contractNumber: 'HS-000123',
    customer: {
      ...customer,
      name: '株式会社髙﨑商事',
      postalCode: '105-0011',
      address: '東京都港区芝公園四丁目',
    },
    paper: {
      ...{ id: 'p', runId: 'r', contractId: 'c', type: 'invoice', status: 'issued', sandbox: true },
      ...{ recipient: 'customer', payer: 'customer', deliveredBy: 'operator' },
      ...{ issuedOn: day, dueOn: civilDate('2027-01-04'), periodFrom: day, periodTo: day },
      lines: [line('usage:call', '1231.5', '9.8', '12068.7'), line('plan:standard', '1', '360000', '360000')],
      ...{ netYen: 372_068, taxYen: totalYen - 372_068, totalYen, taxRounding: 'round' },
      ...{ findings: [], differences: [], series: 'INV', year: 2026, position: 1 },
      ...{ number: 'TEST-INV-2026-000001', issuedAt: at, drawnAt: null, createdAt: at },
    },
  };
}

const nameOf = (item: string) => ({ name: `品目 ${item}`, unit: '式' });

test('a paper and its data say its sum, its number and its lines, and are the same bytes however often they are drawn', async () => {
  // 37,206.8 is rounded up by the paper's own policy.
  const files = await drawPaper(ports, issued(409_275), nameOf);
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
  expect(await drawPaper(ports, issued(409_275), nameOf)).toEqual(files);
});

test('a paper whose lines do not make its sum is never drawn', async () => {
  await expect(drawPaper(ports, issued(409_274), nameOf)).rejects.toThrow('do not make its sum');
});

test('a recipient without a corporate number has no electronic address, and gets the PDF alone', async () => {
  expect((await drawPaper(ports, issued(409_275, ''), nameOf)).map(({ kind }) => kind)).toEqual(['invoice']);
});
