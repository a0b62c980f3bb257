import { characters } from './text.ts';

/** One edit that turns a text into another, at a character of the longer text (of the first when equally long). */
export type Edit =
  | { kind: 'substituted'; at: number; from: string; to: string }
  | { kind: 'added'; at: number; character: string }
  | { kind: 'swapped'; at: number };

/** The single edit between two texts, or null when they are equal or further apart. */
export function singleEdit(a: string, b: string): Edit | null {
  const [left, right] = [characters(a), characters(b)];
  if (Math.abs(left.length - right.length) > 1) return null;
  const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left];
  let start = 0;
  while (start < shorter.length && longer[start] === shorter[start]) start += 1;
  let end = 0;
  while (end < shorter.length - start && longer.at(-1 - end) === shorter.at(-1 - end)) end += 1;
  const [restLonger, restShorter] = [longer.length - start - end, shorter.length - start - end];
  const character = longer[start] ?? '';
  if (restLonger === 1 && restShorter === 0) return { kind: 'added', at: start, character };
  if (restLonger === 1 && restShorter === 1)
    return { kind: 'substituted', at: start, from: character, to: shorter[start] ?? '' };
  const swapped =
    restLonger === 2 &&
    restShorter === 2 &&
    longer[start] === shorter[start + 1] &&
    longer[start + 1] === shorter[start];
  return swapped ? { kind: 'swapped', at: start } : null;
}

/** The pairs of characters that differ between two texts of one length; null when the lengths differ. */
export function differingPairs(a: string, b: string): [string, string][] | null {
  const [left, right] = [characters(a), characters(b)];
  if (left.length !== right.length) return null;
  return left.flatMap((character, i): [string, string][] => {
    const other = right[i] ?? '';
    return character === other ? [] : [[character, other]];
  });
}

/** Indexes (code points) of the characters of each text that are not in their longest common subsequence. */
export function differingIndexes(a: string, b: string): { a: number[]; b: number[] } {
  const [left, right] = [characters(a), characters(b)];
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const result: { a: number[]; b: number[] } = { a: [], b: [] };
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      i += 1;
      j += 1;
    } else if (j >= right.length || (i < left.length && at(i + 1, j) >= at(i, j + 1))) {
      result.a.push(i);
      i += 1;
    } else {
      result.b.push(j);
      j += 1;
    }
  }
  return result;
}
