import type { Executor } from '../../client.ts';
import { countUnanswered } from '../command/unanswered.ts';
import { countTold, lastRounds, type RoundRow } from './rounds.ts';

/** What the comparison of rows with workflows has found, in numbers. */
export interface ReconciliationFigures {
  /** When a case was compared last; null before the first. */
  comparedAt: string | null;
  /** The last round that came to its end, and the one that goes on. */
  last: RoundFigures | null;
  current: RoundFigures | null;
  /** Cases that staff are told of now. */
  told: number;
  /** Commands without an answer for longer than they need on their way. */
  unanswered: number;
}

export interface RoundFigures {
  checked: number;
  differing: number;
  healing: number;
  silent: number;
  begunAt: string;
  finishedAt: string | null;
}

/** A command younger than this is on its way. */
const ON_ITS_WAY_MS = 60_000;

export async function readReconciliation(db: Executor, now: Date): Promise<ReconciliationFigures> {
  const [rounds, told, unanswered] = await Promise.all([
    lastRounds(db, 2),
    countTold(db),
    countUnanswered(db, new Date(now.getTime() - ON_ITS_WAY_MS)),
  ]);
  const [newest] = rounds;
  const last = rounds.find(({ finishedAt }) => finishedAt !== null);
  return {
    comparedAt: newest?.comparedAt.toISOString() ?? null,
    last: last === undefined ? null : figuresOf(last),
    current: newest === undefined || newest.finishedAt !== null ? null : figuresOf(newest),
    told,
    unanswered,
  };
}

function figuresOf({ checked, differing, healing, silent, createdAt, finishedAt }: RoundRow): RoundFigures {
  return {
    ...{ checked, differing, healing, silent },
    begunAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
