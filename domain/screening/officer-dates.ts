/** Dates in free text about officers, found as they stand; how to read them, domain/calendar/written-date.ts knows. */

const [DIGIT, KANJI] = ['[\\d０-９]', '[〇○一二三四五六七八九十]'];
const NUMBER = `(?:${DIGIT}{1,2}|${KANJI}{1,3})`;
const ERA =
  '(?:明治|大正|昭和|平成|令和|[㍾㍽㍼㍻㋿]|(?<![A-Za-zＡ-Ｚａ-ｚ])[MTSHRmtshrＭＴＳＨＲ]|[明大昭平令](?=[.．]?[\\d０-９]))';
const YEAR = `(?:${ERA}[ 　.．]?(?:${NUMBER}|元)|${DIGIT}{4}|[一二]${KANJI}{3})`;
const OTHER_YEAR = '(?:年?[(（][^()（）]{2,12}[)）])?';
const MONTH = `(?:[-/.年／．・－ー‐–—−][ 　]?${NUMBER}|年[ 　]?${NUMBER}|${NUMBER}(?=月))`;
const DAY = `[-/.月／．・－ー‐–—−][ 　]?${NUMBER}[ 　]?日?`;
/** The other calendar, a weekday or an age behind the day. */
const REMARK =
  '(?:[ 　]?[(（](?![^()（）]*任)(?:[日月火水木金土](?:曜日?)?|[^()（）]*[\\d０-９][^()（）]*)[)）])?';
const IN_PARTS = `${YEAR}${OTHER_YEAR}[ 　]?${MONTH}[ 　]?${DAY}`;
const IN_ONE = `(?<!${DIGIT})(?:1[89]|20)${DIGIT}{6}(?!${DIGIT})|(?<![A-Za-z])[MTSHR]${DIGIT}{6}(?!${DIGIT})`;
const BORN = '(?:生(?:まれ|れ)?)';
/** Only the year or the month: a date of birth where 生 says so. */
const PARTIAL = `${YEAR}(?:年(?:[ 　]?${NUMBER}月)?|[-/.／．]${NUMBER})[ 　]?(?=生)`;
const LABEL = '(?:生年月日[ :：]*)?';

/** A date of birth: in parts, in the calendars of Japan or both, as one row of digits, or less with 生 behind it. */
export const BIRTH_DATE = new RegExp(
  `[(（]?${LABEL}(?:(?:${IN_PARTS}|${IN_ONE})${REMARK}|${PARTIAL})${BORN}?[)）]?`,
  'gu',
);

/** A date of another kind, which says nothing about the birth: when somebody took office or was registered. */
export const OTHER_DATE = new RegExp(
  `[(（]?(?:${IN_PARTS}|${YEAR}年(?:[ 　]?${NUMBER}月)?)[ 　]*(?:付[ 　]*)?(?:[就重選再退辞解]任|登記|設立|現在|付|まで|より|から|以降)[^、，,;；|｜)）\\n]{0,8}[)）]?`,
  'gu',
);

/** The end of a date of birth that stands outside brackets: what follows is said of somebody else. */
export const DATE_END = new RegExp(`(?:${BIRTH_DATE.source})(?![^(（]*[)）])`, 'gu');

/** What a found date says, without the brackets around it, its label and 生. */
export function dateText(found: string): string {
  const text = found.replace(/^[(（]?(?:生年月日[ :：]*)?/u, '');
  const closed = (text.match(/[)）]/gu) ?? []).length > (text.match(/[(（]/gu) ?? []).length;
  return (closed ? text.slice(0, -1) : text).replace(/生(?:まれ|れ)?$/u, '');
}
