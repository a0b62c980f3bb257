import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TaggedDocument } from '../../../templates/pdf/document.ts';
import { FontSet, missingGlyphs } from '../../../templates/pdf/fonts.ts';
import { greyPicture, pdfText, runOnPdf } from './read-pdf.ts';

const { resolve } = createRequire(import.meta.url);
const regular = resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf');
const bold = resolve('@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf');
const folder = mkdtempSync(join(tmpdir(), 'hasso-font-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('missing glyphs', () => {
  it('are none for the letters of names that careless fonts lose', () => {
    expect(
      missingGlyphs(['髙﨑邉邊𠮷㈱①塚德濵栁槗隆神〜－ー々〆ヶ', 'ＡＢＣ abc 0120-000-123', '一行目\n二行目']),
    ).toEqual([]);
  });

  it('are reported once each, with their code point: private use, other scripts, emoji, control characters', () => {
    expect(missingGlyphs(['外字\u{E000}と\u{E000}', '👍', 'タブ\t'])).toEqual([
      { char: '\u{E000}', codePoint: 'U+E000' },
      { char: '👍', codePoint: 'U+1F44D' },
      { char: '\t', codePoint: 'U+0009' },
    ]);
  });

  it('include an ideographic variation that the font cannot draw, instead of its base character', () => {
    expect(missingGlyphs(['葛\u{E0101}', '葛\u{E01EF}'])).toEqual([
      { char: '葛\u{E0101}', codePoint: 'U+845B U+E0101' },
      { char: '葛\u{E01EF}', codePoint: 'U+845B U+E01EF' },
    ]);
  });
});

describe('drawing', () => {
  const draw = async (text: string, fonts?: FontSet) => {
    const document = new TaggedDocument({
      title: '試験',
      author: '試験',
      createdOn: '2026-11-24',
      decoratePage: () => undefined,
      continuedTop: 60,
      bottom: 780,
      ...(fonts === undefined ? {} : { fonts }),
    });
    document.paragraph(text, 60, 400, { size: 12 }, 18);
    return document.finish(() => undefined);
  };

  it('draws a variation of the font with its own glyph and gives both characters back', async () => {
    const picture = (pdf: Uint8Array) => greyPicture(pdf, 2, { x: 50, y: 50, width: 100, height: 40 });
    const varied = await draw('葛\u{E0100}城');
    expect(pdfText(await draw('葛城と葛\u{E0100}城')).trim()).toBe('葛城と葛\u{E0100}城');
    expect(picture(varied)).not.toEqual(picture(await draw('葛城')));
    expect(picture(varied)).toEqual(picture(await draw('葛\u{E0100}城')));
  });

  it('gives characters that share a glyph back as they were written', async () => {
    const text = '神と神、一と⼀、が(合成)とか\u3099(分解)';
    expect(missingGlyphs([text])).toEqual([]);
    expect(pdfText(await draw(text)).trim()).toBe(text);
  });

  it('takes a character that the first font lacks from the next one, and says so for characters that none has', async () => {
    const first = join(folder, 'without-yoshi.ttf');
    writeFileSync(first, without(readFileSync(bold), 0x20bb7));
    const fonts = new FontSet({ regular: [first, regular], bold: [first, regular] });
    expect(fonts.runs('𠮷野商事', 'regular').map(({ face, text }) => [face.postscriptName, text])).toEqual([
      ['NotoSansJP-Regular', '𠮷'],
      ['NotoSansJP-Bold', '野商事'],
    ]);
    expect(fonts.missingGlyphs(['𠮷\u{E000}'])).toEqual([{ char: '\u{E000}', codePoint: 'U+E000' }]);
    const pdf = await draw('株式会社𠮷野商事', fonts);
    expect(pdfText(pdf).trim()).toBe('株式会社𠮷野商事');
    expect(runOnPdf(pdf, 'pdffonts', (file) => [file])).toMatch(/NotoSansJP-Bold.*NotoSansJP-Regular/s);
  });
});

/** A copy of a font whose character map has lost one character. */
function without(font: Buffer, codePoint: number): Buffer {
  const copy = Buffer.from(font);
  const tables = copy.readUInt16BE(4);
  for (let table = 0; table < tables; table++) {
    const record = 12 + table * 16;
    if (copy.toString('latin1', record, record + 4) !== 'cmap') continue;
    const cmap = copy.readUInt32BE(record + 8);
    for (let index = 0; index < copy.readUInt16BE(cmap + 2); index++) {
      const subtable = cmap + copy.readUInt32BE(cmap + 4 + index * 8 + 4);
      if (copy.readUInt16BE(subtable) === 12) emptyGroup(copy, subtable, codePoint);
    }
  }
  return copy;
}

function emptyGroup(font: Buffer, subtable: number, codePoint: number): void {
  for (let group = 0; group < font.readUInt32BE(subtable + 12); group++) {
    const at = subtable + 16 + group * 12;
    if (font.readUInt32BE(at) === codePoint && font.readUInt32BE(at + 4) === codePoint)
      font.writeUInt32BE(codePoint + 1, at);
  }
}
