import { characters } from './text.ts';

/** Characters that print the same, so that recognition and typing mix them up (policy C8): the first stands for both. */
const HOMOGLYPHS =
  'カ力 ロ口 ロ囗 ニ二 ハ八 ー一 ー丨 タ夕 エ工 ト卜 チ千 ミ三 ヌ又 ム厶 オ才 ヒ匕 ノ丿 日曰 o0 o〇 l1 li'.split(
    ' ',
  );

/** Pairs that look alike but can be told apart: a reviewer decides (policy C8). */
const LOOK_ALIKES = [
  'ソン シツ クワ コユ アマ スヌ ウワ フワ ラヲ ホ木 セ七 チ干 チ于 s5 b8 z2',
  '未末 土士 己巳 己已 巳已 牛午 人入 鳥烏 治冶 栗粟 萩荻 宇字 官宮 享亨 微徴 緑縁 網綱 崇祟 侍待 間問 刀刃 石右 見貝',
  '田由 甲申 由甲 旦且 閉閑 徒従 輪輸 哀衰 撤徹 遣遺 戌戊 戌成 永氷 陣陳 幣弊 弧孤 抗杭 技枝 拓柘 折析 棟楝 隅偶 薄簿 日目 大犬 犬太',
]
  .join(' ')
  .split(' ');

/** Characters of one reading that people and registers exchange in names (policy P3). */
const FAMILIES = '斎斉 郎朗 裕祐 裕佑 祐佑 崎埼'.split(' ');

function bothWays(pairs: readonly string[]): ReadonlySet<string> {
  return new Set(pairs.flatMap((pair) => [pair, characters(pair).reverse().join('')]));
}

const LOOK_ALIKE_PAIRS = bothWays(LOOK_ALIKES);
const FAMILY_PAIRS = bothWays(FAMILIES);

/** Each character of a group of linked pairs mapped to one of the group. */
function representatives(pairs: readonly string[]): Map<string, string> {
  const representative = new Map<string, string>();
  for (const [a = '', b = ''] of pairs) {
    const [keep, drop] = [representative.get(a) ?? a, representative.get(b) ?? b];
    for (const [character, current] of representative) {
      if (current === drop) representative.set(character, keep);
    }
    representative.set(a, keep).set(b, keep).set(drop, keep);
  }
  return representative;
}

const SKELETON = representatives(HOMOGLYPHS);
const VOICED = characters(
  'ガカギキグクゲケゴコザサジシズスゼセゾソダタヂシヅスデテドトバハビヒブフベヘボホパハピヒプフペヘポホ',
);
const VOICED_PAIRS = VOICED.flatMap((kana, i) => (i % 2 === 0 ? [kana + (VOICED[i + 1] ?? '')] : []));
const WIDE = representatives([...HOMOGLYPHS, ...LOOK_ALIKES, ...FAMILIES, ...VOICED_PAIRS]);

function mapped(text: string, table: ReadonlyMap<string, string>): string {
  let result = '';
  for (const character of text) result += table.get(character) ?? character;
  return result;
}

/** The text with every homoglyph replaced by one of its group: equal skeletons print the same. */
export function skeleton(text: string): string {
  return mapped(text, SKELETON);
}

/** A key that survives homoglyphs, look-alikes, families, voicing and long marks: for finding candidates only. */
export function wideKey(text: string): string {
  const key = mapped(text, WIDE).replaceAll('ー', '');
  return key === '' ? text : key;
}

/** Whether two characters look alike without being homoglyphs. */
export function lookAlike(a: string, b: string): boolean {
  return LOOK_ALIKE_PAIRS.has(a + b) || LOOK_ALIKE_PAIRS.has(skeleton(a) + skeleton(b));
}

/** Whether two characters are of one family of names, as 斎 and 斉. */
export function sameFamily(a: string, b: string): boolean {
  return FAMILY_PAIRS.has(a + b);
}

/** Kana without its voicing mark; other characters unchanged. */
export function unvoiced(kana: string): string {
  return kana.normalize('NFD').charAt(0);
}
