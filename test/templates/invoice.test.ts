import { describe, expect, it } from 'vitest';
import { invoicePayload, manyItems } from '../../dev/specimens.ts';
import { invoiceTotals } from '../../domain/billing/invoice.ts';
import { invoiceTexts, renderInvoice } from '../../templates/invoice.ts';
import { missingGlyphs } from '../../templates/pdf/fonts.ts';
import { pdfInfo, pdfText, pdfTextAsDrawn, runOnPdf, withoutSpace } from './pdf/read-pdf.ts';

const textOf = async (...args: Parameters<typeof invoicePayload>) =>
  withoutSpace(pdfTextAsDrawn(await renderInvoice(invoicePayload(...args))));

describe('the invoice (第6条, 適格請求書)', () => {
  it('states all that a qualified invoice needs: issuer, T number, date, items with their month, totals and tax per rate, recipient', async () => {
    const text = await textOf();
    const { recipient, operator, bankAccount, items } = invoicePayload();
    const facts = [recipient.name, recipient.address, operator.name, operator.address, bankAccount.holder];
    for (const fact of [...facts, ...items.map(({ description }) => description)]) {
      expect(text).toContain(withoutSpace(fact));
    }
    for (const stated of [
      '請求書番号INV-2026-001234',
      '登録番号T1010001012345',
      '発行日2026年12月1日（令和8年）',
      '2026年11月分',
      '2026年12月1日〜2027年11月30日',
      '1,394分8.210%11,430.8',
      '321通9.510%3,049.5',
      '-3,000',
      // 360,000 + 60,000 + 11,430.8 + 3,049.5 − 3,000 = 431,480.3
      '10%対象431,48043,148474,628',
      'ご請求金額（税込）474,628円',
      'お支払期限2026年12月31日',
      '御中',
    ]) {
      expect(text).toContain(stated);
    }
    expect(text).not.toMatch(/undefined|null|NaN|訂正|テスト環境/);
  });

  it('rounds once for each rate, and shows each rate apart', async () => {
    const [item] = manyItems(1);
    if (item === undefined) throw new Error('no item');
    const items = [
      ...Array.from({ length: 3 }, () => ({ ...item, unitPrice: '0.4', quantity: 1 })),
      { ...item, unitPrice: '1000.9', quantity: 1, taxPercent: 8 },
      { ...item, unitPrice: '500', quantity: 1, taxPercent: 0 },
    ];
    const text = await textOf({ items });
    // Three times 0.4 is 1.2: one yen, where rounding each line would leave none.
    expect(text).toContain('10%対象101');
    expect(text).toContain('8%対象1,000801,080');
    expect(text).toContain('消費税の対象外5000500');
    expect(text).toContain(`${invoiceTotals(items).value.totalYen.toLocaleString('en-US')}円`);
  });

  it('names the invoice that it corrects', async () => {
    const text = await textOf({ corrects: { invoiceNumber: 'INV-2026-001200', issuedOn: '2026-11-01' } });
    expect(text).toContain('2026年11月1日発行の請求書INV-2026-001200を訂正し、これに代わるものです。');
  });

  it('carries 100 items over to further pages, each whole, under the same headings and with page numbers', async () => {
    const items = manyItems(100);
    const pdf = await renderInvoice(invoicePayload({ items }));
    const text = withoutSpace(pdfTextAsDrawn(pdf));
    const pages = Number(pdfInfo(pdf).get('Pages'));
    expect(pages).toBeGreaterThan(2);
    for (const { description } of items) expect(text).toContain(withoutSpace(description));
    for (let page = 1; page <= pages; page++) expect(text).toContain(`${page}/${pages}`);
    expect(text.split('利用月・期間内容').length - 1).toBeGreaterThanOrEqual(pages - 1);
    expect(runOnPdf(pdf, 'qpdf', (file) => ['--check', file])).toContain(
      'No syntax or stream encoding errors',
    );
  });

  it('is the same file, byte for byte, for the same payload, and says it is tagged and Japanese', async () => {
    const [first, second] = [await renderInvoice(invoicePayload()), await renderInvoice(invoicePayload())];
    expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
    expect(pdfInfo(first).get('Tagged')).toBe('yes');
    expect(pdfInfo(first).get('Title')).toBe('請求書 INV-2026-001234');
    expect(pdfInfo(first).get('Pages')).toBe('1');
  });

  it('is refused without a registration number, without items and with a character that no font has', async () => {
    const { operator } = invoicePayload();
    const wrong = { ...operator, registrationNumber: '1010001012345' };
    await expect(renderInvoice(invoicePayload({ operator: wrong }))).rejects.toThrow('T and 13 digits');
    await expect(renderInvoice(invoicePayload({ items: [] }))).rejects.toThrow('no items');
    const payload = invoicePayload({ notes: ['備考\u{E000}'] });
    expect(missingGlyphs(invoiceTexts(payload))).toEqual([{ char: '\u{E000}', codePoint: 'U+E000' }]);
    await expect(renderInvoice(payload)).rejects.toThrow('U+E000');
  });

  it('says on its face that a test environment made it, and has every character of its own wording', async () => {
    const pdf = await renderInvoice(invoicePayload({ sandbox: true }));
    expect(pdfText(pdf)).toContain('テスト環境（効力なし）');
    expect(missingGlyphs([pdfText(pdf).replace(/\f/g, '')])).toEqual([]);
  });
});
