import { isKana, normaliseKana } from './kana.ts';
import { toHalfWidth, trimText } from './text.ts';

/** One officer as named in an application. `birthDate` is 'YYYY-MM-DD' or empty. */
export interface Officer {
  name: string;
  kana: string;
  birthDate: string;
  title: string;
}

/** Officers that one application may name, so that screening stays bounded. */
export const MAX_OFFICERS = 50;

/**
 * Officers from text with one person on each line: the name first, then フリガナ, 役職 and 生年月日 in any order and as
 * far as known, separated by 、 or commas, slashes or tabs (第4条4項③: each officer is screened by itself).
 */
export function readOfficers(text: string): Officer[] {
  return trimText(text)
    .split('\n')
    .map((line) =>
      line
        .split(/[、,，\t]|(?<!\d)[/／]|[/／](?!\d)/u)
        .map(trimText)
        .filter((part) => part !== ''),
    )
    .flatMap(([name, ...parts]) => (name === undefined ? [] : [readOfficer(name, parts)]));
}

function readOfficer(name: string, parts: readonly string[]): Officer {
  const officer: Officer = { name, kana: '', birthDate: '', title: '' };
  for (const part of parts) {
    const birthDate = readBirthDate(part);
    const kana = normaliseKana(part);
    if (birthDate !== null && officer.birthDate === '') officer.birthDate = birthDate;
    else if (isKana(kana) && officer.kana === '') officer.kana = kana;
    else officer.title = officer.title === '' ? part : `${officer.title} ${part}`;
  }
  return officer;
}

const ERAS: Record<string, number> = {
  明治: 1867,
  大正: 1911,
  昭和: 1925,
  平成: 1988,
  M: 1867,
  T: 1911,
  S: 1925,
  H: 1988,
};

/** 1960-01-02, 1960/1/2, 1960年1月2日, 昭和35年1月2日, S35.1.2; null for anything else and for days that do not exist. */
export function readBirthDate(raw: string): string | null {
  const match =
    /^(明治|大正|昭和|平成|[MTSH])?\s*(\d{1,4}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/iu.exec(
      toHalfWidth(raw),
    );
  if (match === null) return null;
  const [, era, yearText = '', month = '', day = ''] = match;
  const base = era === undefined ? 0 : ERAS[era.toUpperCase()];
  const year = (base ?? 0) + (yearText === '元' ? 1 : Number(yearText));
  if (year < 1868 || year > 2100) return null;
  const date = new Date(Date.UTC(year, Number(month) - 1, Number(day)));
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return date.toISOString().slice(0, 10) === text ? text : null;
}
