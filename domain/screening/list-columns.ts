import { trimText } from '../application/text.ts';
import { keysOf } from '../base/keys.ts';

export type ListColumn =
  | 'id'
  | 'kind'
  | 'name'
  | 'kana'
  | 'aliases'
  | 'birthDate'
  | 'address'
  | 'phone'
  | 'corporateNumber';

/** A column of a file and what it was taken for; `as` is null for one that is not read. */
export interface ReadColumn {
  heading: string;
  as: ListColumn | null;
}

export interface ListHeader {
  /** Where each column stands, from 0. */
  places: Map<ListColumn, number>;
  /** All columns of the file in their order. */
  columns: ReadColumn[];
}

/** The names that a template or another system gives exactly. */
const COLUMN_NAMES: Record<ListColumn, readonly string[]> = {
  id: ['id', 'entryid', '番号', '管理番号', '識別番号'],
  kind: ['kind', 'type', '種別', '区分'],
  name: ['name', '名称', '氏名', '名前', '会社名', '商号', '名称・氏名', '氏名・名称'],
  kana: ['kana', 'フリガナ', 'ふりがな', 'カナ', '読み', 'ヨミ', '名称カナ', '氏名カナ'],
  aliases: ['aliases', 'alias', '別名', '通称', '異名', '旧名称', '別名・通称'],
  birthDate: ['birthdate', 'birth_date', 'birth date', 'dateofbirth', '生年月日'],
  address: ['address', '住所', '所在地', '本店所在地'],
  phone: ['phone', 'tel', '電話', '電話番号'],
  corporateNumber: ['corporatenumber', 'corporate_number', 'corporate number', '法人番号'],
};

/**
 * Words that a heading of a column has in it, for headings that are none of the names; the first that fits. A heading about
 * another thing or person of the same words (会社法人等番号, FAX番号, 代表者生年月日) is not taken.
 */
const COLUMN_WORDS: readonly (readonly [RegExp, ListColumn | null])[] = [
  [
    /個人番号|マイナンバー|my ?number|会社法人等番号|fax|ファックス|ファクシミリ|郵便|備考|メモ|memo|note|代表(?!番号|\))|役員|担当|登録者|更新者|作成者|入力者|紹介|親会社|関連/,
    null,
  ],
  [/法人番号|corporate ?(number|no)/, 'corporateNumber'],
  [/生年月日|誕生日|生まれ|birth|^dob$/, 'birthDate'],
  [/カナ|かな|仮名|フリガナ|ふりがな|ヨミ|よみ|読み?方?$|読み|kana|reading|phonetic/, 'kana'],
  [/別名|別称|通称|異名|偽名|旧(名|姓|氏|商号|称)|alias|a\.?k\.?a/, 'aliases'],
  [/住所|所在|居所|address/, 'address'],
  [/電話|携帯|連絡先番号|phone|^tel|mobile/, 'phone'],
  [/種別|区分|種類|kind|type|(法人|個人)[・/と、 ]*(個人|法人)|の別$/, 'kind'],
  [/氏名|姓名|名称|名前|会社名|法人名|企業名|団体名|対象者|人名|商号|name/, 'name'],
  [
    /^(no\.?|id|#)$|(管理|識別|整理|登録|通し|連|通|リスト|エントリ)番号?$|番号$|^entry|[^a-z]id$|^id[^a-z]/,
    'id',
  ],
];

export const COLUMN_LABELS: Record<ListColumn, string> = {
  id: 'id（管理番号）',
  kind: '種別',
  name: '名称',
  kana: 'フリガナ',
  aliases: '別名',
  birthDate: '生年月日',
  address: '住所',
  phone: '電話番号',
  corporateNumber: '法人番号',
};

const REQUIRED: readonly ListColumn[] = ['id', 'kind', 'name'];

export const foldCell = (text: string) => trimText(text).normalize('NFKC').toLowerCase();

/** Which column stands where, by a header row in Japanese or English; a text says what is wrong with the header. */
export function readHeader(cells: readonly string[]): ListHeader | string {
  const places = new Map<ListColumn, number>();
  const named = cells.map(namedColumn);
  for (const [index, column] of named.entries()) {
    if (column === null) continue;
    if (places.has(column)) return `見出し行に「${COLUMN_LABELS[column]}」の列が2つあります。`;
    places.set(column, index);
  }
  for (const [index, cell] of cells.entries()) {
    const column = named[index] === null ? likelyColumn(cell) : null;
    if (column !== null && !places.has(column)) places.set(column, index);
  }
  const absent = REQUIRED.filter((column) => !places.has(column));
  if (absent.length > 0) {
    const names = absent.map((column) => `「${COLUMN_LABELS[column]}」`).join('');
    return `1行目の見出しに${names}の列がありません（使える見出し：id、kind、name、kana、aliases、birthDate、address、phone、corporateNumber、または日本語の列名）。`;
  }
  const taken = new Map([...places].map(([column, place]) => [place, column]));
  const columns = cells.map((cell, index) => ({ heading: trimText(cell), as: taken.get(index) ?? null }));
  return { places, columns };
}

function namedColumn(cell: string): ListColumn | null {
  const names = keysOf(COLUMN_NAMES);
  return (
    names.find((column) => COLUMN_NAMES[column].some((name) => foldCell(name) === foldCell(cell))) ?? null
  );
}

function likelyColumn(cell: string): ListColumn | null {
  const heading = foldCell(cell).replace(/\s+/g, ' ');
  return COLUMN_WORDS.find(([words]) => words.test(heading))?.[1] ?? null;
}
