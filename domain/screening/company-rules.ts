import { formsFit } from '../corporation/legal-forms.ts';
import type { NormalName } from './company-name.ts';
import { differingPairs, singleEdit } from './edits.ts';
import { couldBeRead } from './kanji-readings.ts';
import { lookAlike, sameFamily, skeleton, unvoiced } from './look-alikes.ts';
import { type Reading, readingsAgree } from './reading.ts';
import { characters } from './text.ts';
import type { Outcome } from './types.ts';
import { distinctive, type Token, tokens, type WordKind } from './words.ts';

/** What the comparison of two names says, and by which reason (its sentence is in sentences.ts). */
export interface Verdict {
  outcome: Outcome;
  rule: string;
  reason: Reason;
}

export type Reason =
  | 'equal'
  | 'otherForm'
  | 'reading'
  | 'romajiWithoutReading'
  | 'homophoneOne'
  | 'homophoneAll'
  | 'otherWord'
  | 'affix'
  | 'shortened'
  | 'contained'
  | 'longMark'
  | 'oneEdit'
  | 'onlyDistinctive'
  | 'homoglyph'
  | 'lookAlike'
  | 'corporateNumber'
  | 'otherCorporateNumber'
  | 'phone'
  | 'address'
  | 'birthDateContradicts'
  | 'birthDateNear'
  | 'readingAndBirthDate'
  | 'family'
  | 'soundAlike'
  | 'spelledAlike'
  | 'partAndBirthDate'
  | 'otherName'
  | 'otherPerson'
  | 'none';

const verdict = (outcome: Outcome, rule: string, reason: Reason): Verdict => ({ outcome, rule, reason });
const NONE = verdict('clear', 'none', 'none');
const size = (text: string): number => characters(text).length;
const withoutLongMarks = (text: string): string => text.replaceAll('ー', '');
const isKana = (text: string): boolean => /^[ァ-ヺー]+$/u.test(text);

/** A company's name with the readings known for it (フリガナ). */
export interface ReadName {
  name: NormalName;
  readings: readonly Reading[];
}

function samePrint(a: string, b: string): boolean {
  const pairs = differingPairs(a, b);
  return (
    pairs !== null &&
    pairs.length <= 2 &&
    pairs.every(([x, y]) => skeleton(x) === skeleton(y) || lookAlike(x, y))
  );
}

/** C6: only long marks differ. */
function longMarks(a: string, b: string): Verdict | null {
  if (withoutLongMarks(a) !== withoutLongMarks(b)) return null;
  return verdict(Math.max(size(a), size(b)) >= 5 ? 'hit' : 'review', 'C6', 'longMark');
}

/** C4: readings, where one side has no kanji. */
function byReading(a: ReadName, b: ReadName): Verdict | null {
  const readingsA = a.name.reading === null ? a.readings : [a.name.reading, ...a.readings];
  const readingsB = b.name.reading === null ? b.readings : [b.name.reading, ...b.readings];
  const oneWithoutKanji = !a.name.hasKanji || !b.name.hasKanji;
  const agree = readingsA.some((x) => readingsB.some((y) => readingsAgree(x, y)));
  if (oneWithoutKanji) {
    if (agree) return verdict('hit', 'C4', 'reading');
    for (const x of readingsA) {
      for (const y of readingsB) {
        const same = x.plain !== null && y.plain !== null ? longMarks(x.plain, y.plain) : null;
        if (same !== null) return same;
      }
    }
    return unreadName(a, b) ?? unreadName(b, a);
  }
  return null;
}

/** C4: one character differs, or all, and the reading is the same. */
function byHomophone(a: ReadName, b: ReadName): Verdict | null {
  if (!a.name.hasKanji || !b.name.hasKanji) return null;
  const agree = a.readings.some((x) => b.readings.some((y) => readingsAgree(x, y)));
  const couldAgree =
    agree ||
    a.readings.some((reading) => couldBeRead(b.name.core, reading.latin)) ||
    b.readings.some((reading) => couldBeRead(a.name.core, reading.latin));
  const pairs = couldAgree ? differingPairs(a.name.core, b.name.core) : null;
  if (pairs?.length === 1 && size(a.name.core) >= 2) return verdict('review', 'C4', 'homophoneOne');
  return agree ? verdict('clear', 'C4', 'homophoneAll') : null;
}

/** C4: a reading in kana or Latin letters against a name in kanji whose reading nobody gave. */
function unreadName(read: ReadName, unread: ReadName): Verdict | null {
  if (read.name.reading === null || !unread.name.hasKanji || unread.readings.length > 0) return null;
  const fits = couldBeRead(unread.name.core, read.name.reading.latin);
  return fits ? verdict('review', 'C4', 'romajiWithoutReading') : null;
}

interface Middle {
  before: string;
  after: string;
  a: Token[];
  b: Token[];
}

/** What is left between the words that two names share at the start and at the end. */
function middle(a: readonly Token[], b: readonly Token[]): Middle {
  let start = 0;
  while (start < a.length && start < b.length && a[start]?.text === b[start]?.text) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end)?.text === b.at(-1 - end)?.text)
    end += 1;
  const text = (parts: readonly Token[]): string => parts.map((part) => part.text).join('');
  return {
    before: text(a.slice(0, start)),
    after: text(a.slice(a.length - end)),
    a: a.slice(start, a.length - end),
    b: b.slice(start, b.length - end),
  };
}

const isAffix = ({ kind }: Token): boolean => kind === 'affix' || kind === 'region';

/** Whether a name can end before a token: not inside a run of kana or Latin letters, unless a generic word begins. */
function atWordEnd(before: string, next: Token | undefined): boolean {
  if (next === undefined || next.kind !== null) return true;
  const [last, first] = [before.slice(-1), next.text.charAt(0)];
  return !(isKana(last) && isKana(first)) && !(/[a-z]/.test(last) && /[a-z]/.test(first));
}

/** Kinds of words that make another name when they are missing in its middle. */
const NOT_DROPPED: readonly WordKind[] = ['direction', 'colour', 'number'];

/** C5 for a name that is the other one with something added. */
function addedWords(
  { before, after }: Middle,
  added: readonly Token[],
  shorter: readonly Token[],
): Verdict | null {
  const kept = size(before) + size(after);
  const extra = added.map(({ text }) => text).join('');
  const head = before === '';
  // 新 says something in front of a name only; elsewhere it is part of the name.
  const affix = added.every((token) => isAffix(token) && (head || size(token.text) > 1));
  if (affix) return verdict('review', 'C5', 'affix');
  const ratio = kept / (kept + size(extra));
  const generic = added.every(({ kind }) => kind !== null && (after === '' || !NOT_DROPPED.includes(kind)));
  const insideWord = !atWordEnd(before, added[0]);
  // Without one character of its middle, a name is another name; without a word it is an abbreviation.
  const enough = generic ? kept >= 3 : kept >= 4 && (after === '' || size(extra) >= 2);
  if (!head && ratio >= 0.6 && enough && !insideWord && distinctive(shorter) !== '') {
    return verdict('review', 'C5', 'shortened');
  }
  return null;
}

/** C5: other words of trade, direction, colour, number; names within names; generic affixes. */
function byWords(a: readonly Token[], b: readonly Token[]): Verdict | null {
  const between = middle(a, b);
  if (between.a.length === 0 || between.b.length === 0) {
    const [added, shorter] = between.a.length === 0 ? [between.b, a] : [between.a, b];
    return addedWords(between, added, shorter);
  }
  if (![...between.a, ...between.b].every(({ kind }) => kind !== null)) return null;
  const affixes =
    between.a.every(({ kind }) => kind === 'affix') && between.b.every(({ kind }) => kind === 'affix');
  return affixes ? verdict('review', 'C5', 'affix') : verdict('clear', 'C5', 'otherWord');
}

function tokenAt(parts: readonly Token[], at: number): Token | undefined {
  let end = 0;
  return parts.find(({ text }) => {
    end += size(text);
    return end > at;
  });
}

/** C7: one slip of the pen. */
function byEdit(a: string, b: string, tokensA: readonly Token[], tokensB: readonly Token[]): Verdict | null {
  const edit = singleEdit(a, b);
  if (edit === null) return null;
  const [longer, longerTokens, shorterTokens] =
    size(a) >= size(b) ? [a, tokensA, tokensB] : [b, tokensB, tokensA];
  const length = size(longer);
  const hit = tokenAt(longerTokens, edit.at);
  const left = Math.min(size(distinctive(longerTokens)), size(distinctive(shorterTokens)));
  if (hit?.kind === null && left <= 1) return verdict('clear', 'C7', 'onlyDistinctive');
  const slip =
    length >= 8 ||
    (length >= 5 &&
      ((edit.kind === 'added' && isKana(edit.character)) ||
        edit.kind === 'swapped' ||
        (edit.kind === 'substituted' && isKana(edit.from) && unvoiced(edit.from) === unvoiced(edit.to))));
  return slip ? verdict('review', 'C7', 'oneEdit') : null;
}

/** C7 between readings, where one side has no kanji. */
function byReadingEdit(a: ReadName, b: ReadName): Verdict | null {
  if (a.name.hasKanji === b.name.hasKanji) return null;
  const [plain, other] = a.name.hasKanji ? [b, a] : [a, b];
  const kana = plain.name.reading?.kana ?? null;
  if (kana === null) return null;
  for (const reading of other.readings) {
    if (reading.kana === null) continue;
    const found = byEdit(kana, reading.kana, tokens(kana), tokens(reading.kana));
    if (found?.outcome === 'review') return found;
  }
  return null;
}

/** Compares two company names by the ordered rules C1, C2, C4–C8; numbers, phones and addresses are not looked at. */
export function compareCompanyNames(a: ReadName, b: ReadName): Verdict {
  const [coreA, coreB] = [a.name.core, b.name.core];
  const same = (found: Verdict): Verdict =>
    found.outcome === 'hit' && !formsFit(a.name.forms, b.name.forms)
      ? verdict('review', 'C2', 'otherForm')
      : found;
  if (coreA === coreB) return same(verdict('hit', 'C1', 'equal'));
  if (coreA.length === coreB.length && skeleton(coreA) === skeleton(coreB))
    return same(verdict('hit', 'C8', 'homoglyph'));
  const long = longMarks(coreA, coreB);
  if (long !== null) return same(long);
  const read = byReading(a, b);
  if (read !== null) return same(read);
  const [tokensA, tokensB] = [tokens(coreA), tokens(coreB)];
  const words = byWords(tokensA, tokensB);
  if (words?.outcome === 'clear') return words;
  if (samePrint(coreA, coreB)) return verdict('review', 'C8', 'lookAlike');
  const pairs = differingPairs(coreA, coreB);
  if (pairs?.every(([x, y]) => sameFamily(x, y)) === true) return verdict('review', 'C4', 'homophoneOne');
  const contained = coreA.includes(coreB) || coreB.includes(coreA);
  return (
    words ??
    byHomophone(a, b) ??
    byEdit(coreA, coreB, tokensA, tokensB) ??
    byReadingEdit(a, b) ??
    (contained ? verdict('clear', 'C5', 'contained') : NONE)
  );
}
