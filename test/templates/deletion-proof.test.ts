import { describe, expect, it } from 'vitest';
import { deletionProofPayload } from '../../dev/specimens.ts';
import { deletionProofTexts, renderDeletionProof } from '../../templates/deletion-proof.ts';
import { missingGlyphs } from '../../templates/pdf/fonts.ts';
import { pdfInfo, pdfText, pdfTextAsDrawn, runOnPdf, withoutSpace } from './pdf/read-pdf.ts';

describe('the proof of deletion (第22条6項)', () => {
  it('states what was deleted, what is kept, why and until when, and what the search afterwards found', async () => {
    const payload = deletionProofPayload();
    const text = withoutSpace(pdfTextAsDrawn(await renderDeletionProof(payload)));
    const plain = deletionProofTexts(payload).filter((fact) => !/^\d{4}-\d{2}-\d{2}$/.test(fact));
    for (const fact of plain) expect(text).toContain(withoutSpace(fact));
    for (const stated of [
      '発行日2028年1月4日（令和10年）',
      '契約終了日2027年11月30日（令和9年）',
      '184,203件',
      '2038年5月31日まで',
      '該当するデータなし',
      '（15件）のほかに、該当するデータなし',
      '御中',
    ]) {
      expect(text).toContain(stated);
    }
    expect(text).not.toMatch(/undefined|null|NaN|テスト環境/);
  });

  it('is the same file, byte for byte, for the same payload', async () => {
    const [first, second] = [
      await renderDeletionProof(deletionProofPayload()),
      await renderDeletionProof(deletionProofPayload()),
    ];
    expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  });

  it('carries a hundred kinds of data over to further pages under the same headings', async () => {
    const deleted = Array.from({ length: 100 }, (_, index) => ({
      store: `保存先${index}`,
      data: 'お客様が登録した音声ファイルと、その変換の記録と、再生の回数'.repeat(2),
      count: index,
      unit: '件',
      deletedOn: '2027-12-31',
    }));
    const pdf = await renderDeletionProof(deletionProofPayload({ deleted }));
    const text = withoutSpace(pdfTextAsDrawn(pdf));
    const pages = Number(pdfInfo(pdf).get('Pages'));
    expect(pages).toBeGreaterThan(2);
    for (const { store } of deleted) expect(text).toContain(store);
    expect(text.split('データの種類件数削除日').length - 1).toBeGreaterThan(2);
    expect(runOnPdf(pdf, 'qpdf', (file) => ['--check', file])).toContain(
      'No syntax or stream encoding errors',
    );
  });

  it('says so where nothing is kept, and on its face where a test environment made it', async () => {
    const pdf = await renderDeletionProof(deletionProofPayload({ kept: [], sandbox: true }));
    expect(withoutSpace(pdfText(pdf))).toContain('引き続き保存するデータデータの種類なし');
    expect(pdfText(pdf)).toContain('テスト環境（効力なし）');
    expect(pdfInfo(pdf).get('Title')).toContain('テスト環境');
    expect(missingGlyphs([pdfText(pdf).replace(/\f/g, '')])).toEqual([]);
  });
});
