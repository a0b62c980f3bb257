import { readWrittenDay } from '../calendar/written-date.ts';
import { BIRTH_DATE, dateText } from '../screening/officer-dates.ts';
import { isTitle } from '../screening/person-name.ts';
import { foldText } from '../screening/text.ts';
import { isKana, normaliseKana } from './kana.ts';
import { trimText } from './text.ts';

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

/** A name with its date of birth or titles in one column, apart: 取締役 佐藤花子 1970年4月1日. */
function partName(column: string): Pick<Officer, 'name' | 'birthDate' | 'title'> {
  const [date = ''] = column.match(BIRTH_DATE) ?? [];
  const birthDate = readWrittenDay(dateText(date)) ?? '';
  const words = (birthDate === '' ? column : column.replace(date, ' ')).split(
    /(?<=[ \u3000])|(?=[ \u3000])/u,
  );
  const isTitleWord = (word: string): boolean => isTitle(foldText(word));
  const name = trimText(words.filter((word) => !isTitleWord(word)).join('')).replace(/[ \u3000]{2,}/gu, ' ');
  if (name === '') return { name: column, birthDate: '', title: '' };
  return { name, birthDate, title: words.filter(isTitleWord).join(' ') };
}

function readOfficer(name: string, parts: readonly string[]): Officer {
  const officer: Officer = { ...partName(name), kana: '' };
  for (const part of parts) {
    const birthDate = readWrittenDay(part);
    const kana = normaliseKana(part);
    if (birthDate !== null && officer.birthDate === '') officer.birthDate = birthDate;
    else if (isKana(kana) && officer.kana === '') officer.kana = kana;
    else officer.title = officer.title === '' ? part : `${officer.title} ${part}`;
  }
  return officer;
}
