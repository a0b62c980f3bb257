import { characterCount, hasForbiddenCharacter, trimText } from '../../../domain/application/text.ts';
import { containsMyNumber } from '../../../domain/data/my-number.ts';

/** A text that customers are told, as typed, or what is wrong with it; it goes into a template as it is. */
export function readText(
  typed: string,
  max: number,
  label: string,
  multiline: boolean,
): { text: string } | { message: string } {
  const text = trimText(typed);
  if (text === '') return { message: `${label}を入力してください。` };
  if (characterCount(text) > max) return { message: `${label}は${max}文字以内で入力してください。` };
  if (hasForbiddenCharacter(text, multiline)) return { message: `${label}に使えない文字が含まれています。` };
  if (/\{\{|\}\}/.test(text)) return { message: `${label}に「{{」「}}」は使えません。` };
  if (containsMyNumber(text)) {
    return { message: `${label}に個人番号（マイナンバー）と思われる数字があります。削除してください。` };
  }
  return { text };
}
