import { describe, expect, it } from 'vitest';
import { certificatePayload, LONG_CUSTOMER, phoneNumbers } from '../../dev/specimens.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { certificateTexts, renderCertificate } from '../../templates/certificate.ts';
import { missingGlyphs } from '../../templates/pdf/fonts.ts';
import { pdfInfo, pdfText, runOnPdf, withoutSpace } from './pdf/read-pdf.ts';

const seal = new URL('../data/seal.png', import.meta.url).pathname;

describe('the certificate (第5条1項)', () => {
  it('gives back every fact it states, letter by letter, when its text is copied', async () => {
    const payload = certificatePayload();
    const text = withoutSpace(pdfText(await renderCertificate(payload)));
    const { sealImagePath: _, ...operator } = payload.operator;
    const dates = [payload.issuedOn, payload.concludedOn, payload.cancelBy, ...Object.values(payload.period)];
    const labels = ['annual', 'postpaid'];
    for (const fact of certificateTexts({ ...payload, operator })) {
      if (fact === '' || dates.includes(fact) || labels.includes(fact)) continue;
      expect(text).toContain(withoutSpace(fact));
    }
    for (const stated of [
      '第2版',
      '発行日2026年11月24日（令和8年）',
      '契約締結日2026年11月22日（令和8年）',
      '2026年12月1日（令和8年）から2027年11月30日（令和9年）まで',
      '2027年10月20日（令和9年）到着分まで',
      'SMS送信オプション×1',
      'シナリオ追加オプション×3',
      '10ライセンス',
      '年額契約',
      '後払い方式',
      '御中',
    ]) {
      expect(text).toContain(stated);
    }
  });

  it('is the same file, byte for byte, for the same payload, whatever was drawn in between', async () => {
    const first = await renderCertificate(certificatePayload());
    await renderCertificate(certificatePayload({ sandbox: true, plan: '葛\u{E0100}が' }));
    const second = await renderCertificate(certificatePayload());
    expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  });

  it('is a sound file that says it is tagged, Japanese, PDF/A-2a and PDF/UA-1, with title and author', async () => {
    const payload = certificatePayload();
    const pdf = await renderCertificate({
      ...payload,
      operator: { ...payload.operator, name: 'A&B<C>株式会社', sealImagePath: seal },
    });
    expect(runOnPdf(pdf, 'qpdf', (file) => ['--check', file])).toContain(
      'No syntax or stream encoding errors',
    );
    const info = pdfInfo(pdf);
    expect(info.get('Title')).toBe('Hasso 契約証書 HC-2026-000123 第2版');
    expect(info.get('Author')).toBe('A＆B＜C＞株式会社');
    expect(info.get('Tagged')).toBe('yes');
    expect(info.get('Page size')).toContain('A4');
    const raw = Buffer.from(pdf).toString('utf8');
    expect(raw).toContain('<rdf:li>A＆B＜C＞株式会社</rdf:li>');
    expect(raw).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(raw).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(raw).toContain('/Lang (ja)');
  });

  it('stays on one page and within 70 KB for an ordinary contract', async () => {
    const { campaignTerms: _, ...payload } = certificatePayload();
    const pdf = await renderCertificate(payload);
    expect(pdfInfo(pdf).get('Pages')).toBe('1');
    expect(pdf.length).toBeLessThanOrEqual(70_000);
  });

  it('carries 50 numbers, a long name and a long address over to further pages without losing any', async () => {
    const numbers = phoneNumbers(50);
    const { name, address } = LONG_CUSTOMER;
    const payload = certificatePayload({ phoneNumbers: numbers, customer: LONG_CUSTOMER });
    const pdf = await renderCertificate(payload);
    const pages = Number(pdfInfo(pdf).get('Pages'));
    const text = withoutSpace(pdfText(pdf));
    expect(pages).toBeGreaterThan(1);
    for (const number of numbers) expect(text).toContain(number);
    expect(text).toContain(`${name}御中`);
    expect(text).toContain(address);
    for (let page = 1; page <= pages; page++) expect(text).toContain(`${page}/${pages}`);
  });

  it('breaks a list that is longer than a page and repeats its label', async () => {
    const numbers = phoneNumbers(300);
    const pdf = await renderCertificate(certificatePayload({ phoneNumbers: numbers }));
    const text = withoutSpace(pdfText(pdf));
    for (const number of numbers) expect(text).toContain(number);
    expect(text.split('電話番号（300件）').length - 1).toBeGreaterThan(1);
  });

  it('says on its face, on every page and in its title that a test environment made it', async () => {
    const real = await renderCertificate(certificatePayload());
    const test = await renderCertificate(certificatePayload({ sandbox: true }));
    expect(pdfText(real)).not.toContain('テスト環境');
    expect(pdfText(test)).toContain('テスト環境（効力なし）');
    expect(pdfInfo(test).get('Title')).toContain('テスト環境');
  });

  it('drawn as a sample says so on its face, in its footer and in its title', async () => {
    const sample = await renderCertificate(certificatePayload({ sample: true }));
    expect(pdfText(sample).split('見本（効力なし）').length - 1).toBeGreaterThanOrEqual(2);
    expect(pdfInfo(sample).get('Title')).toContain('見本');
    expect(pdfText(await renderCertificate(certificatePayload()))).not.toContain('見本');
  });

  it('leaves out the rows of what the contract does not have, and never prints undefined', async () => {
    const {
      cancelBy: _c,
      partnerName: _p,
      campaignTerms: _t,
      verification: _v,
      ...rest
    } = certificatePayload();
    const payload = {
      ...rest,
      options: [],
      phoneNumbers: [],
      contractType: 'monthly',
      communicationPayment: 'prepaid',
    } as const;
    const text = pdfText(await renderCertificate({ ...payload, options: [], phoneNumbers: [] }));
    expect(text).not.toMatch(/undefined|null|NaN|サービスパートナー|解約申請期限|キャンペーン|有効性/);
    expect(text).toContain('月額契約');
    expect(text).toContain('プリペイドチャージ方式');
    expect(text).toContain('なし');
  });

  it('is refused rather than drawn with a hole, and the hole is named beforehand', async () => {
    const payload = certificatePayload({ plan: 'プラン\u{E000}' });
    expect(missingGlyphs(certificateTexts(payload))).toEqual([{ char: '\u{E000}', codePoint: 'U+E000' }]);
    await expect(renderCertificate(payload)).rejects.toThrow('U+E000');
  });

  it('has every character of its own wording in its fonts', async () => {
    const text = pdfText(await renderCertificate(certificatePayload({ sandbox: true })));
    expect(missingGlyphs([text.replace(/\f/g, '')])).toEqual([]);
  });

  it('is refused for text that is no civil date', async () => {
    await expect(
      renderCertificate(certificatePayload({ issuedOn: '2026-02-30' as CivilDate })),
    ).rejects.toThrow('2026-02-30');
  });
});
