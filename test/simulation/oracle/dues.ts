import { certify, revise } from './certificates.ts';
import { sameContents } from './contents.ts';
import { type Day, day, iso, jstMidnight } from './dates.ts';
import { discontinuationDues } from './discontinuations.ts';
import { type Contract, contractOf, endOf, isLive, type Life, mail, today } from './life.ts';
import { periodOn, periodsOf, periodWithIndex } from './periods.ts';
import { future } from './projection.ts';
import { renewalCutoff } from './rules.ts';
import { settle, tell } from './settle.ts';
import { moveTo } from './status.ts';
import { close, hasOwnWatch } from './tasks.ts';
import { boundEdition } from './terms.ts';

const HOUR_MS = 3_600_000;

/** Something that is to be done by itself. Of those of one instant the first of the list comes first. */
export interface Due {
  atMs: number;
  perform: (life: Life) => void;
}

/** The next thing to be done for a contract that lives, or null. */
export function nextDue(life: Life): Due | null {
  const { contract } = life;
  if (contract === null || !isLive(contract)) return null;
  const dues = [
    ...changes(contract),
    ...renewal(life, contract),
    ...reminder(life, contract),
    ...ends(contract),
    ...editions(life, contract),
    ...feeChanges(life, contract),
    ...discontinuationDues(life, contract, end),
  ];
  return dues.reduce<Due | null>(
    (first, due) => (first === null || due.atMs < first.atMs ? due : first),
    null,
  );
}

function changes({ requests }: Contract): Due[] {
  return requests.flatMap(({ id, kind, outcome, on }) =>
    kind === 'change' && outcome === 'accepted' && on !== null
      ? [{ atMs: jstMidnight(on), perform: (life: Life) => takesEffect(life, id) }]
      : [],
  );
}

/** 8: a change counts from its 1st, if it still stands. A renewal of the same day brings the certificate for both. */
function takesEffect(life: Life, id: string): void {
  const contract = contractOf(life);
  const request = contract.requests.find((each) => each.id === id);
  const news = settle(life);
  tell(life, `due/${id}/${iso(today(life))}`, news);
  if (request === undefined || request.outcome !== 'accepted' || request.on !== today(life)) return;
  const sequence = future(life);
  const [before, after] = [sequence.contentsOn(today(life) - 1), sequence.contentsOn(today(life))];
  request.outcome = 'done';
  leavePlan(life, contract);
  if (sameContents(before, after)) return;
  const bases = contract.bases.length;
  contract.bases = sequence.bases.some(({ firstDay }) => firstDay === today(life))
    ? basesUntil(sequence.bases, today(life))
    : contract.bases;
  if (contract.bases.length > bases) record(life, periodOn(contract.bases, today(life)).index);
  else if (renewsToday(life, contract)) return;
  certify(life, `change/${id}`, today(life));
}

function basesUntil(bases: Contract['bases'], date: Day): Contract['bases'] {
  const [first, ...rest] = bases;
  return [first, ...rest.filter(({ firstDay }) => firstDay <= date)];
}

/** 16: a change that leads away from a discontinued plan frees the contract. */
function leavePlan(life: Life, contract: Contract): void {
  const { discontinuation } = contract;
  if (discontinuation === null || discontinuation.plan === null) return;
  const plan = future(life).contentsOn(today(life)).plan;
  if (plan === discontinuation.plan) return;
  contract.discontinuation = null;
  contract.status = contract.ownEndsOn === null ? 'active' : 'ending';
  const { contract: line } = life.out;
  if (line === null) return;
  line.status = contract.status;
  line.endsOn = contract.ownEndsOn === null ? null : iso(contract.ownEndsOn);
}

function renewsToday(life: Life, contract: Contract): boolean {
  return renewal(life, contract).some(({ atMs }) => atMs === jstMidnight(today(life)));
}

/** 5: an annual contract renews by itself after its period, unless it ends by then or becomes monthly. */
function renewal(life: Life, contract: Contract): Due[] {
  const { bases } = future(life);
  const current = periodWithIndex(contract.bases, contract.recorded);
  if (current.kind !== 'annual') return [];
  const endsOn = endOf(contract);
  if (endsOn !== null && endsOn <= current.to) return [];
  const next = periodOn(bases, current.to + 1);
  if (next.kind !== 'annual') return [];
  return [
    {
      atMs: jstMidnight(next.from),
      perform: () => {
        record(life, next.index);
        certify(life, `renewal/${next.index}`, next.from);
      },
    },
  ];
}

/** 5: the period is on record; of a monthly contract only the first of its months. */
export function record(life: Life, index: number): void {
  const contract = contractOf(life);
  const { from, to } = periodWithIndex(contract.bases, index);
  const line = { index, from: iso(from), to: iso(to) };
  life.out.periods = [...life.out.periods.filter((each) => each.index !== index), line];
  contract.recorded = index;
}

/** 5: the reminder before the cut-off; none once that has passed, or where the end is known. */
function reminder(life: Life, contract: Contract): Due[] {
  if (endOf(contract) !== null) return [];
  const kinds = life.policies['renewal.reminderKinds'];
  for (const period of periodsOf(future(life).bases)) {
    if (period.index <= contract.reminded || period.index < contract.recorded) continue;
    if (period.kind === 'annual' && period.index > contract.recorded) return [];
    if (!kinds.includes(period.kind)) return [];
    const { cancelBy } = renewalCutoff(period.to, life.policies);
    const atMs = jstMidnight(cancelBy - life.policies['renewal.reminderDays']) + 9 * HOUR_MS;
    const perform = () => {
      contract.reminded = period.index;
      if (cancelBy >= today(life)) mail(life, `reminder/${period.index}`, 'cancelByReminder');
    };
    return [{ atMs, perform }];
  }
  return [];
}

/** 17: everybody is told of an edition; on its day the certificates name it where it binds. */
function editions({ world }: Life, contract: Contract): Due[] {
  return world.laterEditions.flatMap(({ number, announcedOn, effectiveOn }) => {
    const announce = () => {
      contract.happened.add(`announced/${number}`);
      contract.reachable = true;
      contract.editions.push({ number, effectiveOn: day(effectiveOn), noticedOn: day(announcedOn) });
    };
    const takeEffect = (life: Life) => {
      contract.happened.add(`effective/${number}`);
      if (boundEdition(contract, today(life)) !== contract.certifiedEdition) revise(life, `terms/${number}`);
    };
    return [
      { name: `announced/${number}`, on: announcedOn, perform: announce },
      { name: `effective/${number}`, on: effectiveOn, perform: takeEffect },
    ].flatMap(({ name, on, perform }) =>
      contract.happened.has(name) ? [] : [{ atMs: jstMidnight(day(on)) + 7 * HOUR_MS, perform }],
    );
  });
}

/** 6-4: everybody is told of a fee change; from when each pays it follows from the notice and its periods. */
function feeChanges({ world }: Life, contract: Contract): Due[] {
  return world.feeChanges.flatMap(({ prices: { version }, announcedOn, effectiveOn }) => {
    const name = `prices/${version}`;
    if (contract.happened.has(name)) return [];
    const perform = () => {
      contract.happened.add(name);
      contract.reachable = true;
      contract.prices.push({ version, effectiveOn: day(effectiveOn), noticedOn: day(announcedOn) });
    };
    return [{ atMs: jstMidnight(day(announcedOn)) + 7 * HOUR_MS, perform }];
  });
}

/** The end of a campaign, and of the contract. */
function ends(contract: Contract): Due[] {
  const endsOn = endOf(contract);
  const dues: Due[] = [];
  const { campaignUntil } = contract;
  if (campaignUntil !== null && (endsOn === null || endsOn > campaignUntil)) {
    const perform = (life: Life) => {
      contract.campaignUntil = null;
      revise(life, `campaign-end/${iso(today(life))}`);
    };
    dues.push({ atMs: jstMidnight(campaignUntil + 1), perform });
  }
  if (endsOn !== null) {
    // 16: a discontinuation ends its contracts itself; by themselves they end only half a day later.
    const together = contract.discontinuation?.lastDay === endsOn;
    dues.push({ atMs: jstMidnight(endsOn + 1) + (together ? 12 * HOUR_MS : 0), perform: end });
  }
  return dues;
}

/** 10, 16: the contract is over with its last day. */
export function end(life: Life): void {
  const contract = contractOf(life);
  const { ownEndsOn, discontinuation } = contract;
  // 10-1: where both fall on one day, it is the contract's own end.
  const own = ownEndsOn !== null && (discontinuation === null || ownEndsOn <= discontinuation.lastDay);
  moveTo(life, 'ended', own ? '第10条1項' : '第16条');
  mail(life, 'ended', 'contractEnded');
}

/** What is still to come or waits when a contract is over never takes effect; its customer is told. */
export function dropRest(life: Life): void {
  const contract = contractOf(life);
  const lastDay = day(life.out.contract?.endsOn ?? iso(today(life)));
  const news: string[] = [];
  for (const request of contract.requests) {
    const { id, kind, outcome, on } = request;
    const pending = kind === 'change' && outcome === 'accepted';
    if (!pending && outcome !== 'waiting') continue;
    if (kind === 'change') news.push(`${id} dropped ${iso(pending && on !== null ? on : lastDay)}`);
    // A day that the customer was told stays on record.
    Object.assign(request, { outcome: 'dropped', clause: '第10条' });
  }
  for (const task of life.tasks) if (!hasOwnWatch(task)) close(task, 'cancelled', life.nowMs);
  contract.caused = [];
  tell(life, 'over', news);
}
