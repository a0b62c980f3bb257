import type { Reason } from './company-rules.ts';
import type { Field, Outcome } from './types.ts';

const REASONS: Record<Reason, string> = {
  equal: '表記（文字の幅、旧字体、かな、空白、会社の種類の位置など）をそろえると、名前が一致します。',
  otherForm: '名前は一致しますが、会社の種類（株式会社・合同会社など）が異なります。',
  reading: '読みが一致します。',
  romajiWithoutReading: 'リストに読みがありませんが、この漢字はこのように読むことができます。',
  homophoneOne: '漢字が1字だけ異なり、読みが一致すると考えられます。',
  homophoneAll: '読みは一致しますが、漢字が異なる別の名前です。',
  otherWord: '業種・方角・色・数字などを表す語が異なる、別の名前です。',
  affix: 'ホールディングス・グループ・地域名など、一般的な語の有無だけが異なります。',
  shortened: '一方は他方の名前の一部を省いたものと考えられます。',
  contained: '一方の短い名前が他方に含まれるだけで、別の名前です。',
  longMark: '長音符号の有無だけが異なります。',
  oneEdit: '1文字の違い（脱字・余分な字・入れ替わり・濁点など）だけです。',
  onlyDistinctive: '違いが名前を見分ける唯一の文字にあるため、別の名前です。',
  homoglyph: '形の同じ文字（「カ」と「力」など）をそろえると、名前が一致します。',
  lookAlike: '形の似た文字（「ソ」と「ン」など）だけが異なります。',
  corporateNumber: '法人番号が一致します。',
  otherCorporateNumber: '名前は一致しますが、法人番号が異なります。',
  phone: '名前は異なりますが、電話番号が一致します。',
  address: '名前は異なりますが、住所が部屋まで一致します。',
  birthDateContradicts: '名前は一致または類似しますが、生年月日が異なるため、別人と判断しました。',
  birthDateNear: '名前は一致しますが、生年月日がわずかに異なります（書き間違いの可能性があります）。',
  readingAndBirthDate: '読みまたは字形の近い名前で、生年月日も一致します。',
  family: '同じように使われる字（斎・斉、郎・朗、裕・祐など）だけが異なります。',
  soundAlike: '姓・名の一方が一致し、もう一方は同じ読みができる別の漢字です。',
  spelledAlike: '外国の名前で、つづりがわずかに異なります。',
  partAndBirthDate: '生年月日が一致し、姓・名の一方または読みも一致します。',
  otherName: '姓または名の一方だけが一致する、別の名前です。',
  otherPerson: '別の名前です。',
  none: '名前に似た点がありません。',
};

const FIELDS: Record<Field, string> = {
  name: '名前',
  kana: 'フリガナ',
  birthDate: '生年月日',
  address: '住所',
  phone: '電話番号',
  corporateNumber: '法人番号',
};

const NEXT: Record<Outcome, string> = {
  hit: '担当者が解除するまで手続きを止めます。',
  review: '担当者1名の確認が必要です。',
  clear: '確認は不要です。',
};

/** Why a comparison came out as it did, in Japanese, with the fields that agree, contradict or are not known. */
export function sentenceOf(
  reason: Reason,
  outcome: Outcome,
  fields: { agreeing: readonly Field[]; contradicting: readonly Field[]; missing: readonly Field[] },
  officer: string | null,
): string {
  const list = (names: readonly Field[]): string => names.map((field) => FIELDS[field]).join('・');
  const others = (names: readonly Field[]): Field[] => names.filter((field) => field !== 'name');
  const [agreeing, contradicting] = [others(fields.agreeing), others(fields.contradicting)];
  return [
    officer === null ? '' : `申込に記載の人物「${officer}」について、`,
    REASONS[reason],
    agreeing.length === 0 ? '' : `一致：${list(agreeing)}。`,
    contradicting.length === 0 ? '' : `相違：${list(contradicting)}。`,
    fields.missing.length === 0 ? '' : `不明：${list(fields.missing)}。`,
    NEXT[outcome],
  ].join('');
}
