import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readingOf } from '../domain/screening/reading.ts';
import { bareLetters, characters, foldText, hasKanji } from '../domain/screening/text.ts';

/*
 * Writes domain/screening/ipadic/names.json from the names of IPADIC (Noun.name.csv, EUC-JP, for example of Debian's package
 * mecab-ipadic): `npx tsx dev/name-readings.ts /usr/share/mecab/dic/ipadic/Noun.name.csv`. Run it again when the folding of
 * names changes: the file holds folded names.
 */

/**
 * Beyond this distance in cost from a name's likeliest reading a reading is rare (啓子 as ヒロコ). Names of one character have
 * several readings in use, whatever they cost (淳 as アツシ and ジュン).
 */
const RARE = 1_500;

const KINDS = { surnames: '姓', given: '名' } as const;

interface Reading {
  name: string;
  kana: string;
  cost: number;
}

function readingsOf(lines: readonly string[][], kind: string): Reading[] {
  return lines.flatMap((cells) => {
    const [written = '', , , cost = ''] = cells;
    const [name, kana] = [bareLetters(foldText(written)), readingOf(cells[11] ?? '')?.kana ?? null];
    return cells[7] === kind && hasKanji(name) && kana !== null ? [{ name, kana, cost: Number(cost) }] : [];
  });
}

/** 'reading:name name -name,reading:…'; a name for which the reading is rare stands behind a hyphen. */
function packed(readings: readonly Reading[]): string {
  const best = new Map<string, number>();
  for (const { name, cost } of readings) best.set(name, Math.min(best.get(name) ?? cost, cost));
  const groups = new Map<string, Map<string, number>>();
  for (const { name, kana, cost } of readings) {
    const group = groups.get(kana) ?? new Map<string, number>();
    groups.set(kana, group.set(name, Math.min(group.get(name) ?? cost, cost)));
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kana, names]) => {
      const rare = (name: string, cost: number): boolean =>
        characters(name).length > 1 && cost > (best.get(name) ?? cost) + RARE;
      const marked = [...names].map(([name, cost]) => (rare(name, cost) ? `-${name}` : name));
      return `${kana}:${marked.sort().join(' ')}`;
    })
    .join(',');
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Usage: npx tsx dev/name-readings.ts Noun.name.csv');
const lines = new TextDecoder('euc-jp')
  .decode(readFileSync(path))
  .split('\n')
  .map((line) => line.split(','));
const names = Object.fromEntries(
  Object.entries(KINDS).map(([key, kind]) => [key, packed(readingsOf(lines, kind))]),
);
const target = fileURLToPath(new URL('../domain/screening/ipadic/names.json', import.meta.url));
writeFileSync(target, `${JSON.stringify(names, null, 2)}\n`);
