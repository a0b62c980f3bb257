import { foldKana } from '../screening/text.ts';

/** What Co., Ltd. and the like say: some company of Japanese law, or of a country that uses them. */
export const ANY_COMPANY = 'company';

/**
 * The legal forms of Japanese law, each in one line: the name (other names of the same form after it), its reading, how it
 * is abbreviated in brackets or in a circle, and how banks abbreviate it (全銀協). One abbreviation may stand for several.
 */
const TABLE = `
株式会社 | カブシキガイシャ | 株 | カ カブ
有限会社 特例有限会社 | ユウゲンガイシャ | 有 | ユ
合同会社 | ゴウドウガイシャ | 同 合同 合 | ド
合資会社 | ゴウシガイシャ | 資 合資 合 | シ
合名会社 | ゴウメイガイシャ | 名 合名 合 | メ
相互会社 | ソウゴガイシャ | 相 相互 | ソ
特定目的会社 | トクテイモクテキガイシャ | 特 特目 | トクモ
投資法人 | トウシホウジン | 投 |
有限責任事業組合 | ユウゲンセキニンジギョウクミアイ | 有責 llp | ユウクミ
投資事業有限責任組合 投資事業組合 | トウシジギョウユウゲンセキニンクミアイ | 投組 |
一般社団法人 | イッパンシャダンホウジン | 一社 一般社 | シヤ
一般財団法人 | イッパンザイダンホウジン | 一財 一般財 | ザイ
公益社団法人 | コウエキシャダンホウジン | 公社 公益社 | シヤ
公益財団法人 | コウエキザイダンホウジン | 公財 公益財 | ザイ
社団法人 | シャダンホウジン | 社 | シヤ
財団法人 | ザイダンホウジン | 財 | ザイ
有限責任中間法人 無限責任中間法人 中間法人 | チュウカンホウジン | 中 | チユウ
医療法人 医療法人社団 医療法人財団 特定医療法人 特定医療法人社団 特定医療法人財団 | イリョウホウジン | 医 医社 医財 | イ
社会医療法人 社会医療法人社団 社会医療法人財団 | シャカイイリョウホウジン | 社医 | イ
学校法人 準学校法人 | ガッコウホウジン | 学 | ガク
宗教法人 | シュウキョウホウジン | 宗 | シユウ
社会福祉法人 | シャカイフクシホウジン | 福 社福 | フク
更生保護法人 | コウセイホゴホウジン | 更 更生 | ホゴ
特定非営利活動法人 認定特定非営利活動法人 特例認定特定非営利活動法人 npo法人 認定npo法人 特例認定npo法人 | トクテイヒエイリカツドウホウジン | 特非 npo | トクヒ
独立行政法人 | ドクリツギョウセイホウジン | 独 独法 | ドク
国立研究開発法人 | コクリツケンキュウカイハツホウジン | 国研 | ドク
地方独立行政法人 | チホウドクリツギョウセイホウジン | 地独 | チドク
国立大学法人 | コクリツダイガクホウジン | 大 国大 | ダイ
公立大学法人 | コウリツダイガクホウジン | 大 公大 | ダイ
大学共同利用機関法人 | ダイガクキョウドウリヨウキカンホウジン | 大共 |
弁護士法人 | ベンゴシホウジン | 弁 | ベン
外国法事務弁護士法人 | ガイコクホウジムベンゴシホウジン | 外弁 | ベン
弁護士・外国法事務弁護士共同法人 | ベンゴシガイコクホウジムベンゴシキョウドウホウジン | |
司法書士法人 | シホウショシホウジン | 司 司書 | シホウ
行政書士法人 | ギョウセイショシホウジン | 行 行書 | ギヨ
税理士法人 | ゼイリシホウジン | 税 税理 | ゼイ
監査法人 有限責任監査法人 | カンサホウジン | 監 |
弁理士法人 特許業務法人 | ベンリシホウジン | 弁理 特許 | トツキヨ
社会保険労務士法人 社労士法人 | シャカイホケンロウムシホウジン | 労務 社労 社労士 | ロウム
土地家屋調査士法人 | トチカオクチョウサシホウジン | 調 調査士 |
農事組合法人 | ノウジクミアイホウジン | 農 農組 | ノウジ
管理組合法人 団地管理組合法人 | カンリクミアイホウジン | 管 管組 | カンリ
職業訓練法人 | ショクギョウクンレンホウジン | 職 職訓 |
認可地縁団体 | ニンカチエンダンタイ | |
協同組合 事業協同組合 | キョウドウクミアイ | 協 協組 | キヨウクミ
農業協同組合 | ノウギョウキョウドウクミアイ | 農協 | ノウキヨウ
農業協同組合連合会 | ノウギョウキョウドウクミアイレンゴウカイ | 農協連 | ノウキヨウレン
漁業協同組合 | ギョギョウキョウドウクミアイ | 漁協 | ギヨキヨウ
漁業協同組合連合会 | ギョギョウキョウドウクミアイレンゴウカイ | 漁連 | ギヨレン
水産加工業協同組合 | スイサンカコウギョウキョウドウクミアイ | |
生活協同組合 消費生活協同組合 | セイカツキョウドウクミアイ | 生協 | セイキヨウ
生活協同組合連合会 | セイカツキョウドウクミアイレンゴウカイ | 生協連 |
労働者協同組合 | ロウドウシャキョウドウクミアイ | 労協 |
協同組合連合会 | キョウドウクミアイレンゴウカイ | 協連 |
企業組合 | キギョウクミアイ | 企 企組 |
協業組合 | キョウギョウクミアイ | 協業 |
商工組合 | ショウコウクミアイ | 商工 |
商工組合連合会 | ショウコウクミアイレンゴウカイ | |
商店街振興組合 | ショウテンガイシンコウクミアイ | 商振 |
生活衛生同業組合 | セイカツエイセイドウギョウクミアイ | |
森林組合 | シンリンクミアイ | 森組 |
生産森林組合 | セイサンシンリンクミアイ | |
酒造組合 | シュゾウクミアイ | |
信用金庫 | シンヨウキンコ | 信金 |
信用組合 信用協同組合 | シンヨウクミアイ | 信組 |
労働金庫 | ロウドウキンコ | 労金 |
商工会 | ショウコウカイ | |
商工会議所 | ショウコウカイギショ | |
健康保険組合 | ケンコウホケンクミアイ | 健保 | ケンポ
国民健康保険組合 | コクミンケンコウホケンクミアイ | 国保 | コクホ
共済組合 | キョウサイクミアイ | 共済 | キヨウサイ
厚生年金基金 | コウセイネンキンキキン | | コウネン
企業年金基金 | キギョウネンキンキキン | |
労働組合 | ロウドウクミアイ | 労組 | ロウクミ
土地改良区 | トチカイリョウク | |
土地区画整理組合 | トチクカクセイリクミアイ | |
市街地再開発組合 | シガイチサイカイハツクミアイ | |
有限公司 股份有限公司 有限責任公司 | | |
`;

/** Forms in Latin letters by the form of Japanese law that they stand for, or their own country's. */
const LATIN: readonly (readonly [form: string, pattern: string])[] = [
  ['株式会社', 'kabushiki[ -]?[kg]aisha|k\\. ?k\\.?|kk'],
  ['有限会社', 'yu+gen[ -]?[kg]aisha|y\\. ?k\\.?|yk'],
  ['合同会社', 'go+do+[ -]?[kg]aisha|g\\. ?k\\.?|gk|l\\. ?l\\. ?c\\.?|llc'],
  ['有限責任事業組合', 'l\\. ?l\\. ?p\\.?|llp'],
  ['特定目的会社', 'tokutei[ -]?mokuteki[ -]?[kg]aisha|t\\. ?m\\. ?k\\.?|tmk'],
  ['gmbh', 'g\\. ?m\\. ?b\\. ?h\\.?|gmbh(?: ?& ?co\\.? ?kg)?|ges\\.? ?m\\.? ?b\\.? ?h\\.?'],
  ['ag', 'a\\. ?g\\.|ag|aktiengesellschaft'],
  ['sa', 's\\. ?a\\.?(?: de c\\.? ?v\\.?)?|sa'],
  ['sas', 's\\. ?a\\. ?s\\.?|sas'],
  ['sarl', 's\\. ?a\\. ?r\\. ?l\\.?|sarl|s\\. ?r\\. ?l\\.?|srl'],
  ['spa', 's\\. ?p\\. ?a\\.?'],
  ['bv', 'b\\. ?v\\.?|bv'],
  ['nv', 'n\\. ?v\\.?|nv'],
  ['ab', 'ab|aktiebolag'],
  ['as', 'a/s|aps|asa'],
  ['oy', 'oyj?'],
  ['bhd', '(?:sdn\\.?,? ?)?bhd\\.?|sendirian berhad|berhad'],
  ['ltda', 'ltda\\.?|lda\\.?'],
  ['ooo', 'ooo|pjsc|ojsc|jsc'],
  [ANY_COMPANY, 'incorporated|inc\\.?|corporation|corpn\\.?|corp\\.?|p\\. ?l\\. ?c\\.?|plc\\.?'],
  [ANY_COMPANY, '(?:(?:pty|pte|pvt)\\.?|private|proprietary)?[ ,.]*(?:limited|ltd\\.?)'],
  [ANY_COMPANY, '(?:(?:&|and) ?)?(?:company|compy\\.?|comp\\.?|co\\.?)|l\\. ?p\\.?|lp'],
];
/** Those that stand before a name. */
const LATIN_PREFIX =
  'kabushiki[ -]?[kg]aisha|yu+gen[ -]?[kg]aisha|go+do+[ -]?[kg]aisha|[kyg]\\. ?k\\.?|[kyg]k|pt\\.?|ooo|oao|zao|pjsc';

/** Brackets that people put around an abbreviated form, as folding leaves them. */
const [OPEN, CLOSE] = ['[(\\[{〔【《〈「『〖]', '[)\\]}〕】》〉」』〗]'];

interface Row {
  form: string;
  names: readonly string[];
  reading: string;
  short: readonly string[];
  bank: readonly string[];
}

const words = (text: string | undefined): string[] => (text ?? '').split(' ').filter((word) => word !== '');

const ROWS: readonly Row[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [names, reading, short, bank] = line.split('|').map((cell) => cell.trim());
    return {
      form: words(names)[0] ?? '',
      names: words(names),
      reading: reading ?? '',
      short: words(short),
      bank: words(bank),
    };
  });

/** Every way to write a form, small kana large, with the forms that it can stand for. */
function formsByWriting(): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  for (const { form, names, reading, short, bank } of ROWS) {
    for (const writing of [...names, reading, ...short, ...bank]) {
      const key = foldKana(writing);
      if (key !== '') table.set(key, [...(table.get(key) ?? []), form]);
    }
  }
  return table;
}

const BY_WRITING = formsByWriting();

const SMALL: Record<string, string> = {
  ッ: '[ッツ]',
  ャ: '[ャヤ]',
  ュ: '[ュユ]',
  ョ: '[ョヨ]',
  ガ: '[ガカ]',
};

/** The pattern of one of these writings, the longest first; kana small or large. */
function oneOf(writings: readonly string[]): string {
  return [...new Set(writings)]
    .filter((writing) => writing !== '')
    .sort((a, b) => b.length - a.length)
    .map((writing) => writing.replace(/[ッャュョ]|ガ(?=イシャ)/gu, (kana) => SMALL[kana] ?? kana))
    .join('|');
}

/** The full names of all forms in kanji, as a pattern for folded text. */
export const FULL_FORMS = oneOf(ROWS.flatMap(({ names }) => names));
const FULL = oneOf(ROWS.flatMap(({ names, reading }) => [...names, reading]));
/** In brackets: the readings' small kana are written large by banks. */
const SHORT = oneOf(ROWS.flatMap(({ short, bank }) => [...short, ...bank, ...bank.map(smallKana)]));

function smallKana(bank: string): string {
  return bank.replace(
    /(?<=[シチキギ])[ヤユヨ]/gu,
    (kana) => ({ ヤ: 'ャ', ユ: 'ュ', ヨ: 'ョ' })[kana] ?? kana,
  );
}

const FRONT = new RegExp(`^(?:${OPEN}?(${FULL})${CLOSE}?|${OPEN}?(${SHORT})${CLOSE})[ .・]*`, 'u');
const BACK = new RegExp(`[ .・]*(?:${OPEN}?(${FULL})${CLOSE}?|${OPEN}(${SHORT})${CLOSE}?)$`, 'u');
const LATIN_FRONT = new RegExp(`^(?:(${LATIN_PREFIX})[ ,.]+|(ll[cp]|[kyg]\\. ?k\\.)(?=[^a-z\\d ,.]))`, 'u');
const LATIN_BACK = new RegExp(
  `(?:[ ,.]+|(?<=[^a-z]))\\(?(${LATIN.map(([, pattern]) => pattern).join('|')})\\)?[ ,.]*$`,
  'u',
);
const LATIN_WHOLE = LATIN.map(([form, pattern]) => ({ form, whole: new RegExp(`^(?:${pattern})$`, 'u') }));

/** The characters that forms begin and end with: most names have none there and need no long pattern. */
const WRITINGS = [...ROWS.flatMap(({ names, reading }) => [...names, reading]), ...BY_WRITING.keys()];
const FIRST = new Set([...WRITINGS.map((writing) => writing.charAt(0)), ...'([{〔【《〈「『〖']);
const LAST = new Set([...WRITINGS.map((writing) => writing.slice(-1)), ...')]}〕】》〉」』〗']);

/** A form cut from one end of a name, with all that it can stand for. */
export interface CutForm {
  rest: string;
  forms: readonly string[];
}

/** The form at the front of a folded name, or else at its back; null when there is none. */
export function cutForm(folded: string): CutForm | null {
  const front = FIRST.has(folded.charAt(0)) ? FRONT.exec(folded) : null;
  const found = front ?? (LAST.has(folded.slice(-1)) ? BACK.exec(folded) : null);
  if (found === null) return /[a-z]/.test(folded) ? cutLatinForm(folded) : null;
  const [whole, full, short] = found;
  return {
    rest: front === null ? folded.slice(0, found.index) : folded.slice(whole.length),
    forms: BY_WRITING.get(foldKana(full ?? short ?? '')) ?? [],
  };
}

function cutLatinForm(folded: string): CutForm | null {
  const front = LATIN_FRONT.exec(folded);
  const found = front ?? LATIN_BACK.exec(folded);
  if (found === null) return null;
  const [whole, spaced, written = spaced ?? ''] = found;
  const form = LATIN_WHOLE.find(({ whole: pattern }) => pattern.test(written))?.form;
  return {
    rest: front === null ? folded.slice(0, found.index) : folded.slice(whole.length),
    forms: form === undefined ? [] : [form],
  };
}

/** Whether the forms of two names can be those of one company; a missing form fits every form. */
export function formsFit(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0 || a.some((form) => b.includes(form))) return true;
  const ofLaw = (forms: readonly string[]): boolean => forms.some((form) => JAPANESE.has(form));
  return (a.includes(ANY_COMPANY) && ofLaw(b)) || (b.includes(ANY_COMPANY) && ofLaw(a));
}

const JAPANESE = new Set(ROWS.map(({ form }) => form));
const ABBREVIATED = new RegExp(`${OPEN}(${SHORT})${CLOSE}`, 'gu');

/** A folded name with its abbreviated forms written out, wherever they stand. */
export function spellOutForms(folded: string): string {
  return folded.replace(ABBREVIATED, (whole, short: string) => BY_WRITING.get(foldKana(short))?.[0] ?? whole);
}
