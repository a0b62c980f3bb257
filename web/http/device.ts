import type { Context } from 'hono';

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iPhone・iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux|CrOS/, 'Linux'],
];

/** What a request came from, in words for the person who made it: 「Windows の Chrome」. It proves nothing. */
export function deviceWords(c: Context): string {
  const agent = c.req.header('User-Agent') ?? '';
  const nameIn = (table: readonly [RegExp, string][]) => table.find(([sign]) => sign.test(agent))?.[1];
  const system = nameIn(SYSTEMS);
  const browser = nameIn(BROWSERS) ?? 'ブラウザー';
  return system === undefined ? browser : `${system} の ${browser}`;
}
