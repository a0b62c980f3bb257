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
  /** Legal forms found with the name; `latin` fits every form (Co., Ltd. is used for several). */
  forms: readonly string[];
}

const FORMS: readonly (readonly [form: string, full: string, short: string, bank: string])[] = [
  ['株式会社', '株式会社|カブシキ[ガカ]イシ[ャヤ]', '株', 'カ'],
  ['有限会社', '有限会社|ユウゲン[ガカ]イシ[ャヤ]', '有', 'ユ'],
  ['合同会社', '合同会社|ゴウドウ[ガカ]イシ[ャヤ]', '合同|同', 'ド'],
  ['合資会社', '合資会社|ゴウシ[ガカ]イシ[ャヤ]', '合資|資', 'シ'],
  ['合名会社', '合名会社|ゴウメイ[ガカ]イシ[ャヤ]', '合名|名', 'メ'],
  ['相互会社', '相互会社', '相互|相', 'ソ'],
  ['特定目的会社', '特定目的会社', '特', 'トクモ'],
  ['一般社団法人', '一般社団法人|イツパンシヤダンホウジン', '一社', ''],
  ['一般財団法人', '一般財団法人', '一財', ''],
  ['公益社団法人', '公益社団法人', '公社|公益社', ''],
  ['公益財団法人', '公益財団法人', '公財|公益財', ''],
  ['社団法人', '社団法人', '社', 'シヤ|シャ'],
  ['財団法人', '財団法人', '財', 'ザイ'],
  ['医療法人', '医療法人(?:社団|財団)?', '医|医社', 'イ'],
  ['学校法人', '学校法人', '学', 'ガク'],
  ['宗教法人', '宗教法人', '宗', 'シユウ|シュウ'],
  ['社会福祉法人', '社会福祉法人', '福|社福', 'フク'],
  ['特定非営利活動法人', '特定非営利活動法人|npo法人', '特非|npo', 'トクヒ'],
  ['協同組合', '農業協同組合|事業協同組合|協同組合', '協', 'キヨウクミ|キョウクミ'],
  ['弁護士法人', '弁護士法人', '弁', 'ベン'],
  ['税理士法人', '税理士法人', '税', 'ゼイ'],
  ['司法書士法人', '司法書士法人', '司', 'シホウ'],
  ['行政書士法人', '行政書士法人', '行', 'ギヨ|ギョ'],
  ['独立行政法人', '独立行政法人', '独', 'ドク'],
];

const LATIN_FORMS: readonly (readonly [form: string, pattern: string])[] = [
  ['株式会社', 'kabushiki[ -]?[kg]aisha|k\\. ?k\\.?|kk'],
  ['有限会社', 'yu+gen[ -]?[kg]aisha|y\\. ?k\\.?|yk'],
  ['合同会社', 'go+do+[ -]?[kg]aisha|g\\. ?k\\.?|gk|l\\. ?l\\. ?c\\.?|llc'],
  [
    'latin',
    'co(?:mpany|rporation)?[., ]*(?:ltd|limited)\\.?|corporation|corp\\.?|incorporated|inc\\.?|limited|ltd\\.?|co\\.|company|plc\\.?|gmbh|pty\\.? ltd\\.?',
  ],
];

interface FormPattern {
  form: string;
  front: RegExp;
  back: RegExp;
}

const PATTERNS: readonly FormPattern[] = [
  ...FORMS.map(([form, full, short, bank]) => {
    const brackets = bank === '' ? short : `${short}|${bank}`;
    return {
      form,
      front: new RegExp(`^(?:\\(?(?:${full})\\)?|[([]?(?:${brackets})[)\\]])[ .・]*`, 'u'),
      back: new RegExp(`[ .・]*(?:\\(?(?:${full})\\)?|[([](?:${brackets})[)\\]]?)$`, 'u'),
    };
  }),
  ...LATIN_FORMS.map(([form, pattern]) => ({
    form,
    front: new RegExp(`^(?:${pattern})[ ,.]+`, 'u'),
    back: new RegExp(`(?:[ ,.]+|(?<=[^a-z]))\\(?(?:${pattern})\\)?$`, 'u'),
  })),
];

/** Most names carry no form beyond these characters, so the patterns are only tried where one can be. */
const MAY_HAVE_FORM = /[社人()[\]]|組合|カブシキ|ユウゲン|ゴウ|[a-z]\.?\)?$|^[a-z]/u;

function stripForms(folded: string): { rest: string; forms: string[] } {
  const forms: string[] = [];
  let rest = folded;
  for (let changed = true; changed && MAY_HAVE_FORM.test(rest); ) {
    changed = false;
    for (const { form, front, back } of PATTERNS) {
      let shorter = rest.replace(front, '');
      if (shorter === rest) shorter = rest.replace(back, '');
      if (shorter === rest || bareLetters(shorter) === '') continue;
      rest = shorter;
      forms.push(form);
      changed = true;
      break;
    }
  }
  return { rest, forms };
}

const FULL_FORMS = FORMS.map(([, full]) => full).join('|');
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
const BRACKETS = /[([「『【〔]([^()[\]「」『』【】〔〕]+)[)\]」』】〕]/gu;
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
    const isForm = PATTERNS.some(({ front }) => whole.replace(front, '') === '');
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
  const noted = /[([「『【〔]|旧|変更前/u.test(folded) ? takeNotes(folded) : { rest: folded, others: [] };
  return [noted.rest, ...noted.others]
    .filter((text) => text.trim() !== '')
    .map((text) => normalOf(original, text.trim()));
}

/** The reading of a company's フリガナ without the company form; null when it is no reading. */
export function companyReading(kana: string): Reading | null {
  const folded = foldText(kana);
  return folded === '' ? null : readingOf(stripForms(folded).rest);
}

/** Whether the legal forms of two names can be those of one company; a missing form fits every form. */
export function formsFit(a: NormalName, b: NormalName): boolean {
  const known = (name: NormalName): string[] => name.forms.filter((form) => form !== 'latin');
  const [formsA, formsB] = [known(a), known(b)];
  return formsA.length === 0 || formsB.length === 0 || formsA.some((form) => formsB.includes(form));
}
