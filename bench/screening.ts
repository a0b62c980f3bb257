/**
 * Milliseconds per query against a list of 100,000 entries, beside the bare way for the same queries in the same run: a
 * scan of all entries that compares the bigrams of NFKC names. Both are ready beforehand: the index is built, and the
 * scan has its bigram sets. `--json` prints one object.
 */
import { buildIndex, type ListEntry, type ScreeningQuery, screen } from '../domain/screening/index.ts';
import { randomNumbers } from './support/random.ts';

const ENTRIES = 100_000;
const QUERIES = 60;
const WARM_UP = 10;
/** Dice coefficient from which the scan would report an entry. */
const BARE_THRESHOLD = 0.6;

const SURNAME = [
  '霧',
  '鷺',
  '潮',
  '楠',
  '樫',
  '榊',
  '萩',
  '蓬',
  '鶴',
  '隼',
  '燕',
  '高',
  '浜',
  '斎',
  '桜',
  '富',
  '朝',
  '星',
  '雪',
  '暁',
];
const PLACE = [
  '野',
  '原',
  '瀬',
  '崎',
  '沼',
  '塚',
  '坂',
  '峰',
  '谷',
  '浦',
  '井',
  '木',
  '橋',
  '森',
  '町',
  '里',
  '淵',
  '垣',
  '倉',
  '藤',
];
const GIVEN = [
  '颯太',
  '律',
  '史郎',
  '澪',
  '圭介',
  '慎一',
  '純',
  '陽子',
  '恭平',
  '裕樹',
  '健人',
  '達也',
  '雅美',
  '直樹',
  '和彦',
  '光',
  '恵里',
  '千代',
];
const BRAND = [
  'アオ',
  'キリ',
  'ナギ',
  'シオ',
  'ルリ',
  'ミナ',
  'ツキ',
  'ホシ',
  'ソラ',
  'カゼ',
  'ヴェル',
  'フィル',
  'リュミ',
  'グラン',
  'トワ',
  'ネオ',
  'コー',
];
const TRADE = [
  '商事',
  '商店',
  '建設',
  '工業',
  '運輸',
  '物産',
  '水産',
  '印刷',
  '食品',
  'フーズ',
  'システム',
  'サービス',
  '企画',
  '倉庫',
  '',
];
const FORM = ['株式会社', '株式会社', '株式会社', '有限会社', '合同会社'];

const random = randomNumbers(20_260_401);
const whole = (below: number): number => Math.floor(random() * below);
const pick = (words: readonly string[]): string => words[whole(words.length)] ?? '';

function entry(index: number): ListEntry {
  const id = `B${index}`;
  if (random() < 0.5) {
    const date = `${1940 + whole(60)}-${String(1 + whole(12)).padStart(2, '0')}-${String(1 + whole(28)).padStart(2, '0')}`;
    const name = `${pick(SURNAME)}${pick(PLACE)} ${pick(GIVEN)}`;
    return { id, kind: 'person', name, ...(random() < 0.7 ? { birthDate: date } : {}) };
  }
  const core =
    random() < 0.5 ? pick(BRAND) + pick(BRAND) + pick(BRAND) : pick(SURNAME) + pick(SURNAME) + pick(PLACE);
  const name = core + pick(TRADE);
  const phone = `0${pick(['3', '6'])}-0000-${String(whole(10_000)).padStart(4, '0')}`;
  const full = random() < 0.6 ? pick(FORM) + name : name + pick(FORM);
  return { id, kind: 'company', name: full, ...(random() < 0.3 ? { phone } : {}) };
}

/** Half of the queries are entries written otherwise, half are strangers, each with two officers. */
function query(index: number, list: readonly ListEntry[]): ScreeningQuery {
  const known = index % 2 === 0 ? list[whole(list.length)] : undefined;
  const company = known?.kind === 'company' ? known : entry(ENTRIES + index);
  const name = company.name.replace('株式会社', '㈱').replaceAll('高', '髙').replaceAll('浜', '濱');
  const officer = (): string => `${pick(SURNAME)}${pick(PLACE)} ${pick(GIVEN)}`;
  return { kind: 'company', name, representative: { name: officer() }, officersText: `取締役 ${officer()}` };
}

function bigrams(text: string): Set<string> {
  const plain = text.normalize('NFKC').replace(/\s/gu, '');
  return new Set(Array.from({ length: Math.max(plain.length - 1, 1) }, (_, at) => plain.slice(at, at + 2)));
}

function scan(sets: readonly Set<string>[], name: string): number {
  const wanted = bigrams(name);
  let found = 0;
  for (const set of sets) {
    let shared = 0;
    for (const bigram of wanted) if (set.has(bigram)) shared += 1;
    if ((2 * shared) / (wanted.size + set.size) >= BARE_THRESHOLD) found += 1;
  }
  return found;
}

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const list = Array.from({ length: ENTRIES }, (_, index) => entry(index));
const sets = list.map(({ name }) => bigrams(name));
const started = performance.now();
const index = buildIndex(list);
const indexMs = Math.round(performance.now() - started);

const ours: number[] = [];
const bare: number[] = [];
for (let run = 0; run < WARM_UP + QUERIES; run++) {
  const asked = query(run, list);
  const names = [asked.name, asked.representative?.name ?? '', asked.officersText ?? ''];
  const mine = timed(() => screen(index, asked));
  const theirs = timed(() => names.map((name) => scan(sets, name)));
  if (run < WARM_UP) continue;
  ours.push(mine);
  bare.push(theirs);
}

const [oursMs, bareMs] = [quantile(ours, 0.5), quantile(bare, 0.5)];
const result = {
  name: 'screening',
  ratio: rounded(bareMs / oursMs),
  ours: rounded(oursMs),
  bare: rounded(bareMs),
  unit: 'ms',
  runs: QUERIES,
  p95: rounded(quantile(ours, 0.95)),
  indexMs,
};
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else {
  console.log(
    `screening: ${result.ours} ms per query (p95 ${result.p95} ms), index of ${ENTRIES} entries in ${indexMs} ms`,
  );
  console.log(
    `scan of all entries: ${result.bare} ms; ratio ${result.ratio} over ${QUERIES} queries (medians)`,
  );
}
