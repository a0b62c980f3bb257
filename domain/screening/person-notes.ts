import { bareLetters, hasKanji } from './text.ts';

/** Words that announce another name of the same person; folded, as all text here. */
const NOTE =
  '通称名?|別名義?|別称|異名|本名|実名|旧姓名?|旧氏名?|旧名|新姓|新氏名?|現姓|現氏名?|改名前|改姓前|婚姻前ノ?(?:姓|氏)?|通名|芸名|筆名|雅号|又ノ名|a\\.?k\\.?a\\.?(?![a-z])';
const NOTE_FIRST = new RegExp(`^ ?(?:${NOTE})(?:ハ|ヲ)?[ ::・=]*`, 'u');
/** Another name behind the first, without brackets: after a separator, or after こと and 又は. */
const NOTE_INSIDE = new RegExp(
  `[ 、,;/]+(?:${NOTE})(?:ハ|ヲ)?[ ::・=]*|(?<=\\p{Script=Han})コト(?=[ \\p{Script=Han}a-z])[ ::]*|[ 、]*(?:又ハ|マタハ)[ ::]*`,
  'u',
);
const BRACKETS = /[([「『【〔《〈]([^()[\]「」『』【】〔〕《》〈〉]*)[)\]」』】〕》〉]/gu;
/** 他2名, ほか3人, 外一名, 等, and こと without a second name. */
const OTHERS_BEHIND =
  /[ 、]*(?:(?:他|外|ホカ|以下|等|ラ)[ ]?[\d一二三四五六七八九十]{1,4}[名人者]|[ 、](?:他|外|ホカ|等)|(?<=\p{Script=Han})(?:コト|ラ))$/u;
const MAY_HAVE_NOTE = /[([「『【〔《〈]|コト|又[ハノ]|マタハ|k\.?a|[名姓称氏号前]|他|外|ホカ|以下|等|ラ/u;

const bareLength = (text: string): number => bareLetters(text).length;

/** The names that a note gives: separated by 、, or by ・ between names in kanji. */
function namesIn(note: string): string[] {
  return note
    .split(/[、,;/]+|(?<=\p{Script=Han})・(?=\p{Script=Han})/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A person's name without its notes, and the other names that they give (policy P5: an alias counts). Works on folded text. */
export function takeNotes(folded: string): { rest: string; others: string[] } {
  if (!MAY_HAVE_NOTE.test(folded)) return { rest: folded, others: [] };
  const others: string[] = [];
  let rest = folded.replace(BRACKETS, (_, inner: string) => {
    if (NOTE_FIRST.test(inner)) others.push(...namesIn(inner.replace(NOTE_FIRST, '')));
    else if (!hasKanji(inner) && /^[ァ-ヺーa-z ・.'-]{3,}$/u.test(inner)) others.push(inner);
    return ' ';
  });
  rest = rest.trim().replace(OTHERS_BEHIND, '');
  const [first = '', ...more] = rest.split(NOTE_INSIDE);
  const names = more.flatMap(namesIn);
  if (names.length > 0 && bareLength(first) >= 2 && names.every((name) => bareLength(name) >= 1)) {
    others.push(...names);
    rest = first;
  }
  rest = rest.trim();
  return {
    rest: bareLength(rest) === 0 ? folded : rest,
    others: others.flatMap((name) => [
      ...withGivenName(name, rest),
      ...(bareLength(name) >= 2 ? [name] : []),
    ]),
  };
}

/** A former surname given alone belongs to the given name of the name it stands with, wherever that begins. */
function withGivenName(surname: string, name: string): string[] {
  if (surname.includes(' ') || bareLength(surname) > 3 || !hasKanji(surname)) return [];
  if (name.includes(' ')) return [`${surname} ${name.split(' ').at(-1) ?? ''}`];
  return [1, 2, 3]
    .filter((length) => length < name.length)
    .map((length) => `${surname} ${name.slice(-length)}`);
}
