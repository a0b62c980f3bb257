import { type CivilDate, civilDate, compareDates, endOfDayJst } from '../../../domain/calendar/civil-date.ts';
import type { Alteration, Contents } from '../../../domain/future/contents.ts';
import {
  type ContractFacts,
  type DoneChange,
  type EndFacts,
  type OpenChange,
  type PriceFacts,
  versionsUntilNow,
} from '../../../domain/future/facts.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { recordedBasis } from '../../../domain/period/recorded-basis.ts';
import type { contractPeriods, contracts, requests } from '../../schema/index.ts';
import type { RequestedChange } from '../../schema/requests.ts';

type ContractRow = typeof contracts.$inferSelect;
type PeriodRow = Pick<typeof contractPeriods.$inferSelect, 'index' | 'from' | 'to'>;

/** What of a request's row the future depends on. */
export type SequenceRow = Pick<
  typeof requests.$inferSelect,
  'id' | 'kind' | 'outcome' | 'arrivedAt' | 'createdAt' | 'requested' | 'computedOn' | 'firstOn' | 'overtaken'
>;

export type FutureContract = Pick<
  ContractRow,
  'firstDay' | 'status' | 'endsOn' | 'discontinuationId' | 'discontinuedOn' | 'ownEndsOn' | 'accountsInUse'
> &
  Contents;

/** The rows that a contract's future is worked out from. */
export interface FutureRows {
  contract: FutureContract;
  /** What it was concluded with; null where only the present is known. */
  conclusion: Contents | null;
  periods: readonly PeriodRow[];
  requests: readonly SequenceRow[];
  /** The plan that the discontinuation which reaches the contract ends; null: the whole service. */
  discontinuedPlan: string | null;
  prices: PriceFacts;
  endingPlans: ContractFacts['endingPlans'];
  campaign: ContractFacts['campaign'];
  /** The contract's day: what was dropped or superseded before it does not come back. */
  today: CivilDate;
  /** A request that has no answer yet, with the 1st by its arrival. */
  asked?: { requestId: string; firstOn: CivilDate };
}

/** The contract's facts from its rows. */
export function factsOf(rows: FutureRows): ContractFacts {
  const { contract, periods, requests: asked, prices, endingPlans, today } = rows;
  const done = asked.flatMap((row) => (isSettled(row, today) ? [] : doneChange(row)));
  const present = contentsOf(contract);
  const firstDay = civilDate(contract.firstDay);
  return {
    basis: recordedBasis(
      { kind: contract.kind, firstDay },
      periods.map(({ index, from, to }) => ({ index, from: civilDate(from), to: civilDate(to) })),
    ),
    versions: versionsUntilNow(rows.conclusion ?? present, done, present),
    done,
    open: asked.flatMap((row) => openChange(row, today, rows.asked)),
    ...endFacts(contract, rows.discontinuedPlan),
    prices,
    endingPlans,
    campaign: rows.campaign,
    accountsInUse: contract.accountsInUse,
  };
}

export function contentsOf(row: Contents): Contents {
  const { kind, planCode, options, licences } = row;
  return { kind, planCode, options, licences };
}

/** What a stored request alters. */
export function alterationOf(requested: RequestedChange | null): Alteration {
  const { contractKind, ...rest } = requested ?? {};
  return contractKind === undefined ? rest : { ...rest, kind: contractKind };
}

/** The contract's own end stands behind that of a discontinuation; of one that is over its last day is all there is. */
function endFacts(contract: FutureContract, planCode: string | null): EndFacts {
  const { endsOn, discontinuationId, discontinuedOn, ownEndsOn, status } = contract;
  const reached = discontinuationId !== null && discontinuedOn !== null && isLive(status);
  return {
    ownEndsOn: dateOrNull(reached ? ownEndsOn : endsOn),
    discontinuation: reached ? { lastDay: civilDate(discontinuedOn), planCode } : null,
  };
}

function doneChange(row: SequenceRow): DoneChange[] {
  const { kind, outcome, computedOn, requested } = row;
  const counts = kind === 'change' || (kind === 'termination' && requested !== null);
  if (!counts || outcome !== 'done' || computedOn === null) return [];
  // One that only took others back counted at once, and among the others from its own day on.
  const effectiveOn = civilDate(row.firstOn !== null && row.firstOn > computedOn ? row.firstOn : computedOn);
  return [
    {
      requestId: row.id,
      kind,
      // A part is terminated by the notice: what arrived before the end of that day it overtakes (第10条2項).
      arrivedAtMs: kind === 'termination' ? endOfDayJst(effectiveOn) : row.arrivedAt.getTime(),
      enteredAtMs: row.createdAt.getTime(),
      effectiveOn,
      alters: alterationOf(requested),
    },
  ];
}

function openChange(row: SequenceRow, today: CivilDate, asked: FutureRows['asked']): OpenChange[] {
  if (row.kind !== 'change') return [];
  const isAsked = asked !== undefined && row.id === asked.requestId;
  const firstOn = dateOrNull(row.firstOn ?? row.computedOn);
  const first = isAsked ? asked.firstOn : firstOn;
  const state = isAsked ? 'asked' : isSettled(row, today) ? 'settled' : stateOf(row, today);
  if (first === null || state === null) return [];
  return [
    {
      requestId: row.id,
      state,
      arrivedAtMs: row.arrivedAt.getTime(),
      enteredAtMs: row.createdAt.getTime(),
      firstOn: first,
      alters: alterationOf(row.requested),
      told: { on: dateOrNull(row.computedOn), overtaken: row.overtaken },
    },
  ];
}

/** A change that was done when it was accepted: its own day is still to come, and finds nothing to do. */
function isSettled({ kind, outcome, firstOn }: SequenceRow, today: CivilDate): boolean {
  return (
    kind === 'change' && outcome === 'done' && firstOn !== null && compareDates(civilDate(firstOn), today) > 0
  );
}

function stateOf({ outcome, computedOn }: SequenceRow, today: CivilDate): OpenChange['state'] | null {
  if (outcome === 'accepted') return 'accepted';
  const lost = outcome === 'superseded' || outcome === 'dropped';
  return lost && computedOn !== null && compareDates(civilDate(computedOn), today) > 0 ? outcome : null;
}

function dateOrNull(text: string | null): CivilDate | null {
  return text === null ? null : civilDate(text);
}
