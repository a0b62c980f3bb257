import { clusters } from './fonts.ts';

/** Never first on a line (行頭禁則): closing marks, small kana, marks that belong to what stands before. */
const NOT_FIRST = new Set(
  '、。，．・：；？！゛゜ヽヾゝゞ々ー－‐〜～）〕］｝〉》」』】’”)]}>,.:;?!%％℃ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ 　'.split(
    '',
  ),
);
/** Never last on a line (行末禁則): opening marks and signs that belong to what follows. */
const NOT_LAST = new Set('（〔［｛〈《「『【‘“([{<￥¥〒＃#'.split(''));
const WORD = /^[A-Za-z0-9@/_.\-+&=?#%:'\u00C0-\u024F]$/;

/**
 * Breaks text into lines no wider than `width`, by the Japanese rules: anywhere between two characters except inside a
 * Latin word or number, before a closing mark or after an opening one. A word longer than a line is cut where it must be.
 * A line break in the text is kept. `widthOf` measures one cluster in the unit of `width`.
 */
export function wrapText(text: string, width: number, widthOf: (cluster: string) => number): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => wrapParagraph(clusters(paragraph), width, widthOf));
}

function wrapParagraph(
  chars: readonly string[],
  width: number,
  widthOf: (cluster: string) => number,
): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const unit of units(chars)) {
    const unitWidth = unit.reduce((sum, char) => sum + widthOf(char), 0);
    // A space at the end of a line takes no room.
    const spaceWidth = /^[ 　]$/.test(unit.at(-1) ?? '') ? widthOf(unit.at(-1) ?? '') : 0;
    if (used + unitWidth - spaceWidth <= width) {
      line += unit.join('');
      used += unitWidth;
      continue;
    }
    if (line !== '' && unitWidth - spaceWidth <= width) {
      lines.push(line);
      line = unit.join('');
      used = unitWidth;
      continue;
    }
    for (const char of unit) {
      if (line !== '' && used + widthOf(char) > width) {
        lines.push(line);
        line = '';
        used = 0;
      }
      line += char;
      used += widthOf(char);
    }
  }
  return [...lines, line];
}

/** Groups characters between which no line may be broken. */
function units(chars: readonly string[]): string[][] {
  const grouped: string[][] = [];
  for (const char of chars) {
    const unit = grouped.at(-1);
    const before = unit?.at(-1);
    if (unit !== undefined && before !== undefined && isJoined(before, char)) unit.push(char);
    else grouped.push([char]);
  }
  return grouped;
}

function isJoined(before: string, after: string): boolean {
  return NOT_FIRST.has(after) || NOT_LAST.has(before) || (WORD.test(before) && WORD.test(after));
}
