import { bareLetters, foldText } from '../../domain/screening/text.ts';

/** Keeps the pieces of two fields apart. */
const FIELD_END = '\n';
/** The longest piece: names that differ by a number alone still share few of this length. */
const LONGEST = 3;

/** Texts as one, as `hashedGrams` takes them: folded like names in screening, so 髙 is found by 高 and ﾊｯｿｰ by はっそー. */
export function foldForSearch(texts: readonly string[]): string {
  return texts
    .map((text) => bareLetters(foldText(text)))
    .filter((text) => text !== '')
    .join(FIELD_END);
}

/** The pieces by which a text can be found: each three and each two neighbouring characters, and each single one that is not ASCII. */
export function gramsOf(folded: string): string[] {
  return piecesOf(folded, () => [1, 2, LONGEST]);
}

/** The pieces that a text must have to be found by this one: the longest alone, which the fewest have. One ASCII character has none. */
export function soughtGramsOf(folded: string): string[] {
  return piecesOf(folded, (characters) => [Math.min(LONGEST, characters)]);
}

function piecesOf(folded: string, lengthsFor: (characters: number) => number[]): string[] {
  const pieces = new Set<string>();
  for (const field of folded.split(FIELD_END)) {
    const characters = [...field];
    for (const length of lengthsFor(characters.length)) {
      for (let at = 0; at + length <= characters.length; at += 1) {
        const piece = characters.slice(at, at + length).join('');
        if (length > 1 || piece > '\u007f') pieces.add(piece);
      }
    }
  }
  return [...pieces];
}
