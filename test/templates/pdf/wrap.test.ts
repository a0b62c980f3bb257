import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusters } from '../../../templates/pdf/fonts.ts';
import { wrapText } from '../../../templates/pdf/wrap.ts';

/** Full-width characters count two, others one. */
const widthOf = (cluster: string) => (/^[ -~]/.test(cluster) ? 1 : 2);
const widthOfLine = (line: string) =>
  clusters(line.replace(/[ 　]+$/, '')).reduce((sum, char) => sum + widthOf(char), 0);
const text = fc.string({
  unit: fc.constantFrom(...'株式会社髙﨑邉𠮷ー。、（）「」っAbc019-. 　\u{845B}'.split('')),
  maxLength: 80,
});

describe('line breaking', () => {
  it('loses and adds no character', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (value, width) => {
        expect(wrapText(value, width, widthOf).join('')).toBe(value);
      }),
    );
  });

  it('keeps every line within the width', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (value, width) => {
        for (const line of wrapText(value, width, widthOf))
          expect(widthOfLine(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('starts no line with a closing mark and ends none with an opening one', () => {
    expect(wrapText('あいうえお。かき', 10, widthOf)).toEqual(['あいうえ', 'お。かき']);
    expect(wrapText('あいうえ（かき）', 10, widthOf)).toEqual(['あいうえ', '（かき）']);
  });

  it('does not cut a number or a Latin word that fits on a line of its own', () => {
    expect(wrapText('番号050-1234-5678', 14, widthOf)).toEqual(['番号', '050-1234-5678']);
  });

  it('cuts a word that is longer than a line', () => {
    expect(wrapText('abcdefghij', 4, widthOf)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('keeps line breaks of the text, empty lines too', () => {
    expect(wrapText('あ\n\nい', 10, widthOf)).toEqual(['あ', '', 'い']);
  });
});
