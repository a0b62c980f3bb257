import { type Refusal, refuse } from '../base/answers.ts';
import { type Explained, refused, type Step, type Verdict } from '../base/explain.ts';
import { addDays, type CivilDate, compareDates, formatDateJa } from '../calendar/civil-date.ts';
import {
  checkChangeAgainstEnd,
  checkLicences,
  checkPlanChange,
  explainKindChange,
  resolveCollision,
} from '../change/changes.ts';
import { firstEnd, isReached, type LastDay } from '../discontinuation/last-day.ts';
import {
  type Alteration,
  alter,
  type Contents,
  type ContentsField,
  fieldsOf,
  isEmpty,
  without,
} from './contents.ts';
import {
  type ContractFacts,
  type DoneChange,
  type OpenChange,
  presentContents,
  type Versions,
} from './facts.ts';
import { type PeriodLine, renewalFrom, withKind } from './period-line.ts';
import { type PlanPrice, planOf, priceListOf } from './prices.ts';

/** What becomes of a change in the sequence of all. */
export interface JudgedChange {
  requestId: string;
  state: 'accepted' | 'superseded' | 'dropped' | 'refused';
  /** The day on which it takes effect, or would have. */
  on: CivilDate;
  /** What is left of it: later arrivals have taken over the rest. */
  alters: Alteration;
  overtaken: ContentsField[];
  /** The later arrival that it lost to, whole or in part. */
  lostTo: string | null;
  /** How its day was found, and what it lost to. */
  steps: Step[];
  refusal: Refusal | null;
}

/** The changes in the order of their days, as long as they stand, with what they make of contents and periods. */
export interface Sequence {
  judged: JudgedChange[];
  /** What is contracted from which day on, the past included. */
  versions: Versions;
  line: PeriodLine;
  end: LastDay | null;
}

interface Placed {
  change: OpenChange;
  on: CivilDate;
  alters: Alteration;
  steps: Step[];
  lostTo: string | null;
}

/**
 * Judges all changes of a contract that are yet to come as one sequence, in the order of their arrival at the operator
 * (第8条): what a later arrival alters it takes over from an earlier one that would take effect on a later day; of two for one
 * day the later arrival stands, whole; nobody gets a lower plan; none takes effect after the end. In which order they were
 * accepted does not matter. A part terminated by the operator (第10条2項) is taken over like by a later arrival.
 */
export function judgeSequence(facts: ContractFacts): Sequence {
  const judged = new Map<string, JudgedChange>();
  let placed: Placed[] = [];
  for (const change of facts.open.toSorted(byArrival)) {
    const candidate = afterDone(facts, change, placed);
    const refusal = candidate.state === 'lost' ? null : brokenRule(facts, change, candidate, placed);
    if (candidate.state === 'lost') {
      judged.set(change.requestId, supersededBy(candidate, candidate.by));
    } else if (refusal !== null) {
      judged.set(change.requestId, fallen(candidate, refusal));
    } else {
      const { stays, lost } = makeRoom(placed, candidate);
      for (const each of lost) judged.set(each.requestId, each);
      placed = [...stays, candidate].sort((a, b) => compareDates(a.on, b.on));
    }
  }
  return concludeSequence(facts, onRenewals(facts, placed), judged);
}

/** The line of periods and the versions of contents that changes on their days lead to. */
function walk(facts: ContractFacts, placed: readonly Placed[]): Pick<Sequence, 'line' | 'versions'> {
  let line: PeriodLine = [facts.basis];
  let { versions } = facts;
  let contents = presentContents(facts);
  for (const { on, alters } of placed) {
    if (alters.kind !== undefined && alters.kind !== contents.kind) line = withKind(line, alters.kind, on);
    contents = alter(contents, alters);
    versions = [...versions, { from: on, contents }];
  }
  return { line, versions };
}

function contentsBefore(facts: ContractFacts, placed: readonly Placed[], day: CivilDate): Contents {
  return placed
    .filter(({ on }) => compareDates(on, day) < 0)
    .reduce<Contents>((contents, { alters }) => alter(contents, alters), presentContents(facts));
}

type Candidate = Placed & ({ state: 'stands' } | { state: 'lost'; by: DoneChange });

/** A change without what later arrivals that have taken effect took over, and its day. */
function afterDone(facts: ContractFacts, change: OpenChange, placed: readonly Placed[]): Candidate {
  const later = facts.done.filter((done) => arrivesAfter(done, change));
  const taken = new Set(later.flatMap(({ alters }) => fieldsOf(alters)));
  const alters = without(change.alters, taken);
  const { value: on, steps } = dayOf(facts, change, placed);
  const overtaking = later.find((done) =>
    fieldsOf(done.alters).some((field) => fieldsOf(change.alters).includes(field)),
  );
  const common = { change, on, alters, steps, lostTo: overtaking?.requestId ?? null };
  const rival = later.find((done) => done.kind === 'change' && done.effectiveOn === on);
  if (rival !== undefined) return { ...common, state: 'lost', by: rival };
  if (isEmpty(alters) && overtaking !== undefined) return { ...common, state: 'lost', by: overtaking };
  return { ...common, state: 'stands' };
}

/**
 * The 1st by arrival; a change between annual and monthly waits, whole, for the next renewal from then on (第5条, 第8条). That
 * its kind is taken back later moves no day.
 */
function dayOf(
  facts: ContractFacts,
  { firstOn, alters: { kind } }: OpenChange,
  placed: readonly Placed[],
): Explained<CivilDate> {
  const before = placed.filter(({ on }) => compareDates(on, firstOn) < 0);
  const { line } = walk(facts, before);
  const present = contentsBefore(facts, before, firstOn).kind;
  if (kind === undefined || kind === present) return { value: firstOn, steps: [] };
  const on = renewalFrom(line, firstOn);
  return { value: on, steps: explainKindChange(firstOn, on).steps };
}

/** The first rule that a change breaks at its place. Also adds the steps of those that it keeps. */
function brokenRule(
  facts: ContractFacts,
  change: OpenChange,
  { on, alters, steps }: Placed,
  placed: readonly Placed[],
): Refusal | null {
  const before = contentsBefore(facts, placed, on);
  const after = alter(before, alters);
  const plan = planFor(facts, after.planCode);
  const licences = Math.max(after.licences, plan.includedLicences);
  const ending = facts.endingPlans.find(({ planCode }) => planCode === after.planCode);
  const moves = after.planCode !== before.planCode;
  const checks: Explained<Verdict>[] = [
    checkPlanChange({ fromRank: planFor(facts, before.planCode).rank, toRank: plan.rank }),
    checkLicences({ licences, accountsInUse: facts.accountsInUse }),
    ...(change.state === 'asked' && moves && ending !== undefined ? [planIsEnding(ending.lastDay)] : []),
  ];
  for (const check of checks) {
    if (!check.value.allowed) return refusalOf(check, check.value.clause, steps);
    steps.push(...check.steps);
  }
  return null;
}

function planFor({ prices }: ContractFacts, planCode: string): PlanPrice {
  const version = Math.max(prices.sold.version, ...prices.sold.recorded.map((each) => each.version));
  return planOf(priceListOf(prices.lists, version), planCode);
}

function planIsEnding(lastDay: CivilDate): Explained<Verdict> {
  const text = `この料金プランは${formatDateJa(lastDay)}に廃止されるため、このプランへの変更は受け付けられません。`;
  return refused('第16条', text);
}

function refusalOf({ steps }: Explained<Verdict>, clause: string, before: readonly Step[]): Refusal {
  const message = steps.at(-1)?.text ?? 'この変更は受け付けられません。';
  return { ...refuse('ruleRefuses', message, clause), reasons: [...before, ...steps] };
}

/** What those placed before keep beside a later arrival, and which of them keep nothing. */
function makeRoom(placed: readonly Placed[], later: Placed): { stays: Placed[]; lost: JudgedChange[] } {
  const taken = new Set(fieldsOf(later.alters));
  const stays: Placed[] = [];
  const lost: JudgedChange[] = [];
  for (const earlier of placed) {
    const order = compareDates(earlier.on, later.on);
    const alters = order > 0 ? without(earlier.alters, taken) : earlier.alters;
    const loses = fieldsOf(alters).length < fieldsOf(earlier.alters).length;
    if (order === 0 || isEmpty(alters)) lost.push(supersededBy(earlier, later.change));
    else stays.push(loses ? { ...earlier, alters, lostTo: later.change.requestId } : earlier);
  }
  return { stays, lost };
}

/** A later arrival may have taken away a renewal that another waited for: that one waits for the next (第5条3項). */
function onRenewals(facts: ContractFacts, placed: readonly Placed[]): readonly Placed[] {
  for (const each of placed) {
    const before = placed.filter(({ on }) => compareDates(on, each.on) < 0);
    const { line, versions } = walk(facts, before);
    const kind = each.alters.kind ?? null;
    if (kind === null || kind === versions.at(-1)?.contents.kind) continue;
    const on = renewalFrom(line, each.on);
    if (on === each.on) continue;
    const moved = { ...each, on, steps: [...each.steps, ...explainKindChange(each.on, on).steps] };
    const all = placed.map((other) => (other === each ? moved : other));
    return onRenewals(
      facts,
      all.toSorted((a, b) => compareDates(a.on, b.on)),
    );
  }
  return placed;
}

/** The end, as it is with all that stand; what would take effect after it does not (第10条1項, 第16条). */
function concludeSequence(
  facts: ContractFacts,
  placed: readonly Placed[],
  judged: Map<string, JudgedChange>,
): Sequence {
  const end = endOf(facts, placed);
  const standing: Placed[] = [];
  for (const each of placed) {
    const check = checkChangeAgainstEnd(each.on, end?.on ?? null);
    if (check.value.allowed) {
      standing.push(each);
      judged.set(each.change.requestId, {
        ...judgedAs(each, 'accepted'),
        steps: [...each.steps, ...check.steps],
      });
    } else {
      judged.set(each.change.requestId, fallen(each, refusalOf(check, check.value.clause, each.steps)));
    }
  }
  const found = facts.open.flatMap(({ requestId }) => judged.get(requestId) ?? []);
  const refusedNow = found.filter(({ state }) => state === 'refused');
  if (refusedNow.length === 0) return { judged: found, ...walk(facts, standing), end };
  // What is refused takes nothing from the others.
  const open = facts.open.filter(({ requestId }) => refusedNow.every((each) => each.requestId !== requestId));
  const others = judgeSequence({ ...facts, open });
  return { ...others, judged: [...others.judged, ...refusedNow] };
}

/** The contract's own last day, or that of a discontinuation, unless a change leads away from the plan by the day after it. */
function endOf(facts: ContractFacts, placed: readonly Placed[]): LastDay | null {
  const { ownEndsOn, discontinuation } = facts;
  const planOn = (day: CivilDate) => contentsBefore(facts, placed, addDays(day, 1)).planCode;
  const reached = discontinuation !== null && isReached(discontinuation, planOn);
  return firstEnd(ownEndsOn, reached ? discontinuation.lastDay : null);
}

function judgedAs({ change, on, alters, steps, lostTo }: Placed, state: JudgedChange['state']): JudgedChange {
  const left = new Set(fieldsOf(alters));
  const overtaken = fieldsOf(change.alters).filter((field) => !left.has(field));
  return { requestId: change.requestId, state, on, alters, overtaken, lostTo, steps, refusal: null };
}

/** One that was asked is refused, one that had been accepted falls. */
function fallen(placed: Placed, refusal: Refusal): JudgedChange {
  const state = placed.change.state === 'asked' ? 'refused' : 'dropped';
  return { ...judgedAs(placed, state), steps: refusal.reasons ?? [], refusal };
}

function supersededBy(earlier: Placed, later: { requestId: string; arrivedAtMs: number }): JudgedChange {
  const { steps } = resolveCollision(earlier.change, later);
  return { ...judgedAs(earlier, 'superseded'), lostTo: later.requestId, steps: [...earlier.steps, ...steps] };
}

interface Arrived {
  arrivedAtMs: number;
  enteredAtMs: number;
}

const byArrival = (a: Arrived, b: Arrived): number =>
  a.arrivedAtMs - b.arrivedAtMs || a.enteredAtMs - b.enteredAtMs;

const arrivesAfter = (a: Arrived, b: Arrived): boolean => byArrival(a, b) > 0;
