import { diffArrays, diffWords } from 'diff';
import { articleOf } from '../../domain/notice/terms-text.ts';

/** A run of characters of a paragraph: in both editions, in the newer or in the older one only. */
export interface Run {
  text: string;
  kind: 'same' | 'added' | 'removed';
}

/** A paragraph that differs, under the article it stands in ('' before the first). */
export interface ChangedParagraph {
  article: string;
  kind: 'added' | 'removed' | 'changed';
  runs: Run[];
}

/** `paragraphs` null: the two texts are too different to be compared in a reasonable time. */
export interface Difference {
  paragraphs: ChangedParagraph[] | null;
  added: number;
  removed: number;
  changed: number;
}

/** Time for one comparison, in milliseconds; beyond it paragraphs are shown as a whole. */
const ALL_MS = 3_000;
const PARAGRAPH_MS = 100;
/** Share of words in common from which two paragraphs are one that was changed. */
const ALIKE = 0.4;
/** Old paragraphs that a new one is held against. */
const MAX_LOOKED_AT = 20;

const japanese = new Intl.Segmenter('ja', { granularity: 'word' });

/** What changed from one edition's paragraphs to another's: by article, paragraph and word. */
export function differenceOf(before: readonly string[], after: readonly string[]): Difference {
  const deadlineMs = performance.now() + ALL_MS;
  const parts = diffArrays([...before], [...after], { timeout: ALL_MS });
  if (parts === undefined) return { paragraphs: null, added: 0, removed: 0, changed: 0 };
  const changes: ChangedParagraph[] = [];
  let article = '';
  let gone: string[] = [];
  const flush = (come: readonly string[]) => {
    for (const { text, ...change } of paired(gone, come, deadlineMs)) {
      article = articleOf(text) ?? article;
      changes.push({ ...change, article });
    }
    gone = [];
  };
  for (const { value, added, removed } of parts) {
    if (removed) gone = value;
    else if (added) flush(value);
    else {
      flush([]);
      for (const paragraph of value) article = articleOf(paragraph) ?? article;
    }
  }
  flush([]);
  const count = (kind: ChangedParagraph['kind']) => changes.filter((change) => change.kind === kind).length;
  return { paragraphs: changes, added: count('added'), removed: count('removed'), changed: count('changed') };
}

type Pair = Omit<ChangedParagraph, 'article'> & { text: string };

/** Old and new paragraphs of one place, each new one beside the first old one that it resembles. */
function paired(gone: readonly string[], come: readonly string[], deadlineMs: number): Pair[] {
  const pairs: Pair[] = [];
  let next = 0;
  for (const text of come) {
    const found = resembling(gone, next, text, deadlineMs);
    if (found === null) {
      pairs.push({ kind: 'added', text, runs: [{ text, kind: 'added' }] });
      continue;
    }
    for (const old of gone.slice(next, found.at)) pairs.push(removedPair(old));
    pairs.push({ kind: 'changed', text, runs: found.runs });
    next = found.at + 1;
  }
  for (const old of gone.slice(next)) pairs.push(removedPair(old));
  return pairs;
}

function resembling(
  gone: readonly string[],
  next: number,
  text: string,
  deadlineMs: number,
): { at: number; runs: Run[] } | null {
  for (let at = next; at < Math.min(gone.length, next + MAX_LOOKED_AT); at += 1) {
    if (performance.now() > deadlineMs) return null;
    const runs = wordRuns(gone[at] ?? '', text);
    if (runs !== null && likeness(runs) >= ALIKE) return { at, runs };
  }
  return null;
}

const removedPair = (text: string): Pair => ({ kind: 'removed', text, runs: [{ text, kind: 'removed' }] });

function wordRuns(before: string, after: string): Run[] | null {
  const parts = diffWords(before, after, { intlSegmenter: japanese, timeout: PARAGRAPH_MS });
  return (
    parts?.map(({ value, added, removed }) => ({
      text: value,
      kind: added ? 'added' : removed ? 'removed' : 'same',
    })) ?? null
  );
}

function likeness(runs: readonly Run[]): number {
  const length = (kind: Run['kind']) =>
    runs.filter((run) => run.kind === kind).reduce((sum, { text }) => sum + text.length, 0);
  const same = length('same');
  return same / Math.max(1, same + Math.max(length('added'), length('removed')));
}
