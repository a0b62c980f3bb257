import { cutForm, FULL_FORMS } from '../corporation/legal-forms.ts';
import { wideKey } from './look-alikes.ts';
import { type Reading, readingOf } from './reading.ts';
import { bareLetters, foldText, hasKanji } from './text.ts';
import { BRANCH, isPlace } from './words.ts';

/** One name in its normal forms; `original` is always kept as it was entered. */
export interface NormalName {
  original: string;
  /** Letters only, without the company form, honorifics, branches and notes. */
  core: string;
  wide: string;
  hasKanji: boolean;
  /** The name read as it stands, when it has no kanji. */
  reading: Reading | null;
  /** What the legal forms found with the name can stand for. */
  forms: readonly string[];
}

function stripForms(folded: string): { rest: string; forms: string[] } {
  const forms: string[] = [];
  let rest = folded;
  for (let cut = cutForm(rest); cut !== null && bareLetters(cut.rest) !== ''; cut = cutForm(rest)) {
    rest = cut.rest;
    forms.push(...cut.forms);
  }
  return { rest, forms };
}

const FORM_INSIDE = new RegExp(`^(.+(?:${FULL_FORMS}|\\((?:株|有|同)\\)))(.+)$`, 'u');
const ADDRESSEE = /[ ]*(?:御中|オンチユウ|各位|様|殿|宛| (?:代表|取締役|担当).*)$/u;
const BRANCH_END =
  /(?:支店|支社|営業所|出張所|事業所|事業部|支部|支所|工場|センター|本店|本社|本部|[部課係室])$/u;

/** The text without one trailing office, or as it is. */
function withoutOffice(text: string): string {
  const [, company = '', office = ''] = FORM_INSIDE.exec(text) ?? [];
  if (BRANCH_END.test(office.trim()) && bareLetters(stripForms(company).rest) !== '') return company;
  const shorter = text.replace(BRANCH, '');
  const { rest, forms } = stripForms(shorter);
  const onlyForm = forms.length === 0 && FORM_ONLY.test(rest);
  return onlyForm || bareLetters(rest).length < 2 ? text : shorter;
}

function stripBranch(text: string): string {
  let rest = text.replace(ADDRESSEE, '');
  for (let shorter = withoutOffice(rest); shorter !== rest; shorter = withoutOffice(rest)) rest = shorter;
  return rest;
}

const FORM_ONLY = new RegExp(`^(?:${FULL_FORMS})$`, 'u');
/** With a bracketed company form inside, as notes have it. */
const BRACKETS =
  /[([「『【〔《〈]((?:[^()[\]「」『』【】〔〕《》〈〉]|[([][^()[\]]{1,5}[)\]])+)[)\]」』】〕》〉]/gu;
const FORMER = /^ ?(?:旧(?:商号|社名|名称|称|名|屋号)?|元|前商号|前社名|改称前|変更前)[ ::・]*/u;
const OTHER_NAME =
  /^ ?(?:通称|別名|別称|略称|屋号|英文名?|英語名|カナ|フリガナ|現(?:商号|社名|在)?)[ ::・]*/u;
const FORMER_TAIL =
  /[ ,、;/]+(?:旧(?:商号|社名|名称|称|名)?[ ::]|旧(?:商号|社名|名称)|(?:商号|社名)変更前[ ::]*)(.+)$/u;

/** Notes taken out of a name: former and other names count as names of their own (policy C1). */
function takeNotes(folded: string): { rest: string; others: string[] } {
  const others: string[] = [];
  let rest = folded.replace(BRACKETS, (whole, inner: string) => {
    if (FORMER.test(inner) || OTHER_NAME.test(inner)) {
      others.push(inner.replace(FORMER, '').replace(OTHER_NAME, ''));
      return ' ';
    }
    const readable = !hasKanji(inner) && inner.length > 3 && bareLetters(inner).length > 3;
    const isForm = cutForm(whole)?.rest === '';
    if (readable && !isForm) {
      others.push(inner);
      return ' ';
    }
    return BRANCH_END.test(inner) || isPlace(inner) ? ' ' : whole;
  });
  rest = rest.replace(FORMER_TAIL, (_, name: string) => {
    others.push(name);
    return '';
  });
  return bareLetters(stripForms(rest.trim()).rest) === ''
    ? { rest: folded, others: [] }
    : { rest: rest.trim(), others };
}

function normalOf(original: string, folded: string): NormalName {
  const { rest, forms } = stripForms(stripBranch(folded));
  const core = bareLetters(rest) || bareLetters(folded) || folded;
  return {
    original,
    core,
    wide: wideKey(core),
    hasKanji: hasKanji(core),
    reading: hasKanji(core) ? null : readingOf(rest),
    forms,
  };
}

/** The normal forms of a company's name as entered, with the names that its notes give (旧商号, 通称, reading). */
export function companyNames(original: string): NormalName[] {
  const folded = foldText(original);
  if (folded === '') return [];
  const noted = /[([「『【〔《〈]|旧|変更前/u.test(folded) ? takeNotes(folded) : { rest: folded, others: [] };
  return [noted.rest, ...noted.others]
    .filter((text) => text.trim() !== '')
    .map((text) => normalOf(original, text.trim()));
}

/** The reading of a company's フリガナ without the company form; null when it is no reading. */
export function companyReading(kana: string): Reading | null {
  const folded = foldText(kana);
  return folded === '' ? null : readingOf(stripForms(folded).rest);
}
