import { bareLetters, foldText } from '../../domain/screening/text.ts';

/** Keeps the pieces of two fields apart. */
const FIELD_END = '\n';

/** Texts as one, as `hashedGrams` takes them: folded like names in screening, so 髙 is found by 高 and ﾊｯｿｰ by はっそー. */
export function foldForSearch(texts: readonly string[]): string {
  return texts
    .map((text) => bareLetters(foldText(text)))
    .filter((text) => text !== '')
    .join(FIELD_END);
}

/**
 * The pieces by which a text is found: each two neighbouring characters, and each single one that is not ASCII. A text
 * of one ASCII character has no piece.
 */
export function gramsOf(folded: string): string[] {
  const grams = new Set<string>();
  for (const field of folded.split(FIELD_END)) {
    const characters = [...field];
    for (const [index, character] of characters.entries()) {
      if (character > '\u007f') grams.add(character);
      const next = characters[index + 1];
      if (next !== undefined) grams.add(character + next);
    }
  }
  return [...grams];
}
