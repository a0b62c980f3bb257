import type { TaskKind } from '../processes/index.ts';

/** How long applications wait, in whole days since they came in, up to and with the last day of each class; the last one has no end. */
export const AGES = [
  { label: '当日', upTo: 0 },
  { label: '1〜2日', upTo: 2 },
  { label: '3〜7日', upTo: 7 },
  { label: '8〜14日', upTo: 14 },
  { label: '15日以上', upTo: null },
] as const satisfies readonly { label: string; upTo: number | null }[];

/**
 * Applications by how long they wait, in the order of `AGES`.
 * @param rows how many came in so many whole days ago
 */
export function byAge(rows: readonly { days: number; count: number }[]): number[] {
  const counts = AGES.map(() => 0);
  for (const { days, count } of rows) {
    const at = AGES.findIndex(({ upTo }) => upTo === null || days <= upTo);
    counts[at] = (counts[at] ?? 0) + count;
  }
  return counts;
}

/** Tasks that exist because something failed, not because a person is to decide. */
export const FAILURES = [
  'mailProblem',
  'certificateProblem',
  'offBoardingProblem',
  'deletionProblem',
  'suspensionProblem',
  'reconciliation',
] as const satisfies readonly TaskKind[];
