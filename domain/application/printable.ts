import { type ApplicationInput, FIELD_LABELS, NAMES_AND_PLACES, type Problem } from './application-input.ts';

/** A character, as it is written, that no document can show. */
export interface Unprintable {
  char: string;
  /** For example `U+E000`, or `U+845B U+E0101` for a shape that no font has. */
  codePoint: string;
}

/** The characters of texts that no document can show: the fonts know them, the rules do not. */
export type FindUnprintable = (texts: readonly string[]) => readonly Unprintable[];

/**
 * Characters of names and places that no document can show (外字, emoji, unknown shapes of a kanji), at most one problem
 * for each field: a certificate with a hole is not issued (第5条1項).
 */
export function checkPrintable(
  input: Pick<ApplicationInput, (typeof NAMES_AND_PLACES)[number]>,
  find: FindUnprintable,
): Problem[] {
  return NAMES_AND_PLACES.flatMap((field) => {
    const message = unprintableMessage(FIELD_LABELS[field], find([input[field]]));
    return message === null ? [] : [{ field, code: 'unprintable', message, ground: 1 }];
  });
}

/** Names the characters, or null without any; those of a private font by their code only, as no one else sees them. */
export function unprintableMessage(label: string, found: readonly Unprintable[]): string | null {
  if (found.length === 0) return null;
  const named = found.map(({ char, codePoint }) =>
    /[\p{Co}\p{Cn}]|^\p{M}/u.test(char) ? codePoint : `「${char}」（${codePoint}）`,
  );
  return `${label}に、書類に印刷できない文字があります：${named.join('、')}。外字・絵文字などは使えません。別の文字で入力してください。`;
}
