import { type Fields, isEmpty, kindOf, namesOf, planOf, sameContents, without } from './contents.ts';
import type { Day } from './dates.ts';
import { type Bases, renewalFrom, withKind } from './periods.ts';

/** The later arrival counts; of two at one instant the one entered later. */
export type Arrival = readonly [arrivedMs: number, enteredMs: number];

export const isLater = (a: Arrival, b: Arrival): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);

/** A change that is accepted or asked for, or that may stand again. */
export interface OpenChange {
  id: string;
  arrival: Arrival;
  /** The 1st by its arrival. */
  firstOn: Day;
  alters: Fields;
  /** It is asked for now: what it breaks refuses it. */
  asked: boolean;
}

/** A change, or a part that the operator terminated, that has taken effect. */
export interface DoneChange {
  arrival: Arrival;
  on: Day;
  alters: Fields;
  part: boolean;
}

export interface SequenceFacts {
  conclusion: Fields;
  bases: Bases;
  done: readonly DoneChange[];
  open: readonly OpenChange[];
  ownEndsOn: Day | null;
  discontinuation: { lastDay: Day; plan: string | null } | null;
  /** Plans that are discontinued: nobody may change to one. */
  endingPlans: readonly string[];
  rankOf: (plan: string) => number;
}

export interface Verdict {
  id: string;
  state: 'stands' | 'superseded' | 'dropped' | 'refused';
  on: Day;
  /** What later arrivals have taken over of it. */
  overtaken: string[];
  lostTo: string | null;
  clause: string;
}

export interface Sequence {
  verdicts: ReadonlyMap<string, Verdict>;
  contentsOn: (date: Day) => Fields;
  bases: Bases;
  end: { on: Day; by: 'contract' | 'discontinuation' } | null;
}

interface Placed extends OpenChange {
  on: Day;
  /** What arrivals that have taken effect leave of it. */
  left: Fields;
}

interface Standing extends Placed {
  overtaken: string[];
  lostTo: string | null;
}

/**
 * "Sequences": all changes that are accepted and yet to come, judged as one. What is contracted on a day is, field by field,
 * what the latest arrival says among those that stand and count by then; so a later arrival wins over an earlier one, on
 * its own day whole, on later days in what it alters.
 */
export function judge(facts: SequenceFacts): Sequence {
  const verdicts = new Map<string, Verdict>();
  const kept: Placed[] = [];
  for (const change of facts.open.toSorted((a, b) => (isLater(a.arrival, b.arrival) ? 1 : -1))) {
    const candidate = place(facts, change, standingOf(kept).standing);
    const overtakers = facts.done.filter(({ arrival }) => isLater(arrival, change.arrival));
    const rival = overtakers.some(({ on, part }) => on === candidate.on && !part);
    if (rival || (isEmpty(candidate.left) && !isEmpty(change.alters))) {
      verdicts.set(change.id, { ...lost(candidate, 'superseded', '8-2'), lostTo: 'done' });
      continue;
    }
    const clause = brokenRule(facts, candidate, standingOf(kept).standing);
    if (clause === null) kept.push(candidate);
    else verdicts.set(change.id, lost(candidate, change.asked ? 'refused' : 'dropped', clause));
  }
  const { standing, superseded } = standingOf(kept);
  for (const each of superseded)
    verdicts.set(each.id, { ...lost(each, 'superseded', '8-2'), lostTo: each.lostTo });
  return conclude(facts, standing, verdicts);
}

function lost(change: Placed, state: Verdict['state'], clause: string): Verdict {
  return { id: change.id, state, on: change.on, overtaken: overtakenBefore(change), lostTo: null, clause };
}

const overtakenBefore = ({ alters, left }: Placed): string[] =>
  namesOf(alters).filter((name) => !(name in left));

/** What stands of those that break no rule, from the latest arrival back: only what stands takes anything over. */
function standingOf(kept: readonly Placed[]): { standing: Standing[]; superseded: Standing[] } {
  const standing: Standing[] = [];
  const superseded: Standing[] = [];
  for (const change of kept.toReversed()) {
    const rival = standing.find(({ on }) => on === change.on);
    const takers = standing.filter(
      ({ on, left }) => on < change.on && namesOf(left).some((name) => name in change.left),
    );
    const taken = new Set(takers.flatMap(({ left }) => namesOf(left)));
    const overtaken = [...overtakenBefore(change), ...namesOf(change.left).filter((name) => taken.has(name))];
    const lostTo = rival?.id ?? takers.at(-1)?.id ?? null;
    const loses = rival !== undefined || isEmpty(without(change.left, taken));
    (loses ? superseded : standing).push({ ...change, overtaken, lostTo });
  }
  return { standing, superseded };
}

/** Contents on a day by what has taken effect and by what stands. */
function contentsOn(facts: SequenceFacts, standing: readonly Placed[], date: Day): Fields {
  return [...facts.done, ...standing.map(({ arrival, on, left: alters }) => ({ arrival, on, alters }))]
    .filter(({ on }) => on <= date)
    .toSorted((a, b) => (isLater(a.arrival, b.arrival) ? 1 : -1))
    .reduce<Fields>((contents, { alters }) => Object.assign(contents, alters), { ...facts.conclusion });
}

/** Periods with the kinds that those that stand bring. */
function basesWith(facts: SequenceFacts, standing: readonly Placed[]): Bases {
  let { bases } = facts;
  for (const { on } of standing.toSorted((a, b) => a.on - b.on)) {
    const before = kindOf(contentsOn(facts, standing, on - 1));
    const after = kindOf(contentsOn(facts, standing, on));
    if (before !== after) bases = withKind(bases, after, on);
  }
  return bases;
}

/** A change counts from its 1st; one between annual and monthly waits, whole, for the next renewal. */
function place(facts: SequenceFacts, change: OpenChange, standing: readonly Placed[]): Placed {
  const before = standing.filter(({ on }) => on < change.firstOn);
  const present = kindOf(contentsOn(facts, before, change.firstOn - 1));
  const waits = change.alters.kind !== undefined && change.alters.kind !== present;
  const on = waits ? renewalFrom(basesWith(facts, before), change.firstOn) : change.firstOn;
  const taken = facts.done
    .filter(({ arrival }) => isLater(arrival, change.arrival))
    .flatMap(({ alters }) => namesOf(alters));
  return { ...change, on, left: without(change.alters, taken) };
}

/** The clause of the first rule that a change breaks at its place, or null. */
function brokenRule(facts: SequenceFacts, change: Placed, standing: readonly Placed[]): string | null {
  const others = standing.filter(({ on }) => on < change.on);
  const before = planOf(contentsOn(facts, others, change.on - 1));
  const after = planOf({ ...contentsOn(facts, others, change.on - 1), ...change.left });
  if (facts.rankOf(after) < facts.rankOf(before)) return '8-3';
  if (change.asked && after !== before && facts.endingPlans.includes(after)) return '16';
  return null;
}

/** The end, which those that stand may move (16: a change away from the plan), and what would count only after it. */
function conclude(
  facts: SequenceFacts,
  standing: readonly Standing[],
  verdicts: Map<string, Verdict>,
): Sequence {
  const end = endOf(facts, standing);
  const tooLate = standing.filter(({ on }) => end !== null && on > end.on);
  const refused = tooLate.filter(({ asked }) => asked);
  if (refused.length > 0) {
    // What is refused takes nothing from the others.
    const open = facts.open.filter(({ id }) => refused.every((each) => each.id !== id));
    const without = judge({ ...facts, open });
    const all = new Map(without.verdicts);
    for (const each of refused) all.set(each.id, lost(each, 'refused', '10-1'));
    return { ...without, verdicts: all };
  }
  const stays = standing.filter((each) => !tooLate.includes(each));
  for (const each of tooLate)
    verdicts.set(each.id, { ...lost(each, 'dropped', '10-1'), overtaken: each.overtaken });
  for (const each of stays) {
    const { id, on, overtaken, lostTo } = each;
    verdicts.set(id, { id, state: 'stands', on, overtaken, lostTo, clause: '8-2' });
  }
  return {
    verdicts,
    contentsOn: (date) => contentsOn(facts, stays, date),
    bases: basesWith(facts, stays),
    end,
  };
}

function endOf(facts: SequenceFacts, standing: readonly Placed[]): Sequence['end'] {
  const { ownEndsOn, discontinuation } = facts;
  const own = ownEndsOn === null ? null : { on: ownEndsOn, by: 'contract' as const };
  if (discontinuation === null) return own;
  const { lastDay, plan } = discontinuation;
  const leaves = plan !== null && planOf(contentsOn(facts, standing, lastDay + 1)) !== plan;
  if (leaves || (own !== null && own.on <= lastDay)) return own;
  return { on: lastDay, by: 'discontinuation' };
}

/** Whether nothing is different on a day from the day before. */
export const changesNothing = ({ contentsOn: on }: Sequence, date: Day): boolean =>
  sameContents(on(date - 1), on(date));
