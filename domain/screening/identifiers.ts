import { bareLetters, foldText } from './text.ts';

/** The 13 digits of a corporate number as typed (an invoice registration number's T is dropped); null for anything else. */
export function corporateNumberKey(raw: string): string | null {
  const number = raw.normalize('NFKC').replace(/\D/g, '');
  return number.length === 13 ? number : null;
}

/** A Japanese phone number as national digits (+81 as 0, extension dropped); null when it is not 10 or 11 digits. */
export function phoneKey(raw: string): string | null {
  const text = foldText(raw)
    .replace(/(?:内線|ext|ナイセン).*$/u, '')
    .replace(/\(0\)/g, '');
  const number = text.replace(/\D/g, '').replace(/^(?:00)?81(?=[1-9]\d{8,9}$)/, '0');
  return /^0\d{9,10}$/.test(number) ? number : null;
}

const PREFECTURE = /^(?:北海道|東京都|(?:京都|大阪)府|.{2,3}県)(?=.{2,})/u;
const DIGITS: Record<string, number> = {
  〇: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

function kanjiNumber(text: string): string {
  let total = 0;
  let current = 0;
  for (const character of text) {
    const digit = DIGITS[character];
    if (digit !== undefined) current = current * 10 + digit;
    else {
      total += (current === 0 ? 1 : current) * (character === '百' ? 100 : 10);
      current = 0;
    }
  }
  return String(total + current);
}

export interface Address {
  /** Place, house number and room with one spelling; equal keys are one address down to the room. */
  key: string;
  prefecture: string;
}

/**
 * One spelling for an address: width, 丁目・番・号 and kanji numerals as 1-2-3, prefecture apart, the building's name left
 * out and its room kept. Null without a house number (two numbers at least).
 */
export function addressOf(raw: string): Address | null {
  const text = foldText(raw)
    .replace(/^〒?\d{3}-?\d{4}[ ,]*/u, '')
    .replace(/(?<=\d)ー/gu, '-')
    .replace(/[〇一二三四五六七八九十百]+(?=丁目|番地|番(?!町)|号|階)/gu, kanjiNumber)
    .replace(/(?<=[-丁目番号\d])[〇一二三四五六七八九十]+(?=$|-)/gu, kanjiNumber)
    .replace(/大字|(?<=[町村])字/gu, '');
  const prefecture = PREFECTURE.exec(text)?.[0] ?? '';
  const rest = text.slice(prefecture.length);
  const [, place = '', house = '', building = ''] =
    /^(.*?)(\d+ ?(?:(?:丁目|番地?ノ?|号|ノ|-)[ ]?(?:\d+ ?)?)*)(.*)$/u.exec(rest) ?? [];
  const numbers = house.match(/\d+/g) ?? [];
  if (place === '' || numbers.length < 2) return null;
  const rooms = building.replace(/(?<=\d)階/gu, 'f').match(/\d+[a-z]?|[a-z]\d*/gu) ?? [];
  return { key: `${bareLetters(place)}|${[...numbers, ...rooms.slice(-1)].join('-')}`, prefecture };
}

/** Whether two addresses are one place down to the room; a prefecture left out on one side does not matter. */
export function sameAddress(a: Address | null, b: Address | null): boolean {
  if (a === null || b === null || a.key !== b.key) return false;
  return a.prefecture === '' || b.prefecture === '' || a.prefecture === b.prefecture;
}
