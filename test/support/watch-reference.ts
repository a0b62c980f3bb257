import {
  civilDate,
  endOfDayJst,
  jstDate,
  jstInstant,
  parseInstant,
} from '../../domain/calendar/civil-date.ts';
import type { Finding } from '../../domain/watch/findings.ts';
import { isWithheld, maskNumber, normaliseNumber } from '../../domain/watch/numbers.ts';
import { type WatchPolicies, watchPoliciesWith } from '../../domain/watch/policies.ts';
import { WATCH_RULES, type WatchRule } from '../../domain/watch/rules.ts';

/*
 * The rules of docs/watchers.md in their plainest form: every count from the whole set, every time anew, nothing kept between
 * two questions. Slow on purpose; shares with the watcher only how numbers are read.
 */

/** Events and contracts in their JSON form. */
export interface WatchInput {
  policy: Record<string, unknown>;
  contracts: ContractJson[];
  events: EventJson[];
}

export interface ContractJson {
  id: string;
  corporation?: string;
  from?: string;
  to?: string;
  reason?: boolean;
  numbers?: number;
  policy?: Record<string, unknown>;
  exceptions?: { rule: string; knownAt: string; from: string; to: string; allow: number | null }[];
}

export interface EventJson {
  type: string;
  contract: string;
  status: string;
  at: string;
  receivedAt?: string;
  sid?: string;
  clause?: string;
  direction?: string;
  from?: string;
  to?: string;
  parent?: string;
  durationS?: number;
  digest?: string;
  number?: string;
  by?: string;
}

type Line = EventJson & { sid: string; t: number };
type Item = { t: number; sid: string; number: string | undefined; key: string };
type Call = Item & { out: boolean; line: Line; end: number | null };
type Text = Item & { out: boolean; line: Line };
type Change = Item & { line: Line };

const HOUR = 3_600_000;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byTime = (a: Item, b: Item) => a.t - b.t || compare(a.sid, b.sid);
const n = (raw: string | undefined) => normaliseNumber(raw ?? '').text;
const masked = (raw: string | undefined) => (raw ? maskNumber(raw, normaliseNumber(raw)) : '');
const isNumber = (raw: string | undefined) => !normaliseNumber(raw ?? '').address && n(raw) !== '';
const isDay = (a: number, b: number) => jstDate(a) === jstDate(b);

/** The facts: one line for each type, sid and status, with its earliest time. */
function factsOf({ policy, contracts, events }: WatchInput): Line[] {
  const common = watchPoliciesWith(policy);
  const facts = new Map<string, Line>();
  for (const event of events) {
    if (event.type === 'case' || !contracts.some(({ id }) => id === event.contract)) continue;
    let t = parseInstant(event.at);
    const received = event.receivedAt === undefined ? t : parseInstant(event.receivedAt);
    if (received - t > common['watch.lateHours'] * HOUR) continue;
    if (t - received > common['watch.skewSeconds'] * 1000) t = received;
    const key = `${event.type} ${event.sid} ${event.status}`;
    const known = facts.get(key);
    if (known === undefined || t < known.t) facts.set(key, { ...event, sid: event.sid ?? '', t });
  }
  return [...facts.values()];
}

const earliest = (lines: readonly Line[], statuses: readonly string[]) =>
  lines.filter(({ status }) => statuses.includes(status)).sort((a, b) => a.t - b.t)[0];

function groups(lines: readonly Line[], type: string): Line[][] {
  const sids = new Set(lines.filter((line) => line.type === type).map(({ sid }) => sid));
  return [...sids].map((sid) => lines.filter((line) => line.type === type && line.sid === sid));
}

function callsOf(lines: readonly Line[]): Call[] {
  return groups(lines, 'call').flatMap((all) => {
    const begin = earliest(all, ['initiated', 'ringing', 'in-progress']);
    const end = earliest(all, ['completed', 'busy', 'failed', 'no-answer', 'canceled']);
    const line = begin ?? end;
    if (line === undefined) return [];
    const t = begin?.t ?? line.t - (line.durationS ?? 0) * 1000;
    const out = line.direction !== 'inbound';
    const other = out ? line.to : line.from;
    const ended = end === undefined ? null : Math.max(end.t, t);
    return [{ t, sid: line.sid, number: masked(other), key: n(other), out, line, end: ended }];
  });
}

function textsOf(lines: readonly Line[]): Text[] {
  return groups(lines, 'sms').flatMap((all) => {
    const out = all[0]?.direction !== 'inbound';
    const line = earliest(all, out ? ['sending', 'sent', 'delivered', 'undelivered', 'read'] : ['received']);
    if (line === undefined) return [];
    const other = out ? line.to : line.from;
    return [{ t: line.t, sid: line.sid, number: masked(other), key: n(other), out, line }];
  });
}

function changesOf(lines: readonly Line[], status: string): Change[] {
  return lines
    .filter((line) => line.type === 'number' && line.status === status)
    .map((line) => ({ t: line.t, sid: line.sid, number: masked(line.number), key: n(line.number), line }));
}

const living = (contracts: readonly ContractJson[], corporation: string | undefined, t: number) =>
  contracts.filter(
    ({ corporation: of, from, to }) =>
      corporation !== undefined &&
      of === corporation &&
      (from === undefined || from <= jstDate(t)) &&
      (to === undefined || to >= jstDate(t)),
  );

interface Judged {
  items: Item[];
  /** c(e), where only what is after the last closing counts. */
  count: (item: Item, after: number) => number;
  threshold: number;
}

function rulesOf(
  input: WatchInput,
  contract: ContractJson,
  policy: WatchPolicies,
): Record<WatchRule, Judged> {
  const facts = factsOf(input);
  const own = facts.filter((line) => line.contract === contract.id);
  const [calls, texts] = [callsOf(own), textsOf(own)];
  const [bought, released] = [changesOf(own, 'purchased'), changesOf(own, 'released')];
  const [callsOut, textsOut] = [calls.filter(({ out }) => out), texts.filter(({ out }) => out)];
  const came = [...calls, ...texts].filter(({ out }) => !out);

  const counted = (items: Item[], near: (e: Item, t: number) => boolean, threshold: number): Judged => ({
    items,
    count: (e, after) => items.filter((x) => x.t > after && x.t <= e.t && near(x, e.t)).length,
    threshold,
  });
  const ofDay = (items: Item[], threshold: number) => counted(items, (x, t) => isDay(x.t, t), threshold);
  const different = (items: Item[], windowMs: number, threshold: number): Judged => ({
    items,
    count: (e, after) =>
      new Set(items.filter((x) => x.t > after && x.t <= e.t && x.t > e.t - windowMs).map(({ key }) => key))
        .size,
    threshold,
  });

  const urgent = ['110', '118', '119', ...policy['watch.similarNumbers']].map((each) => n(each));
  const passedOn = ({ line }: Call) =>
    calls.some(({ sid, out, line: parent }) => sid === line.parent && !out && isWithheld(parent.from ?? ''));
  const hides = (call: Call) =>
    isNumber(call.line.to) &&
    (normaliseNumber(call.line.to ?? '').prefix184 ||
      (isWithheld(call.line.from ?? '') && !(call.line.parent && passedOn(call))));
  const isRelay = ({ t, key, line }: Text) =>
    texts.some(
      (x) =>
        !x.out &&
        Boolean(line.digest) &&
        x.line.digest === line.digest &&
        t - x.t >= 0 &&
        t - x.t <= policy['watch.smsRelaySeconds'] * 1000 &&
        x.key !== key,
    );
  const isUnasked = ({ t, key, line }: Text) =>
    isNumber(line.to) &&
    !came.some((x) => x.key === key && x.t <= t && x.t >= t - policy['watch.solicitedHours'] * HOUR);
  const isCycle = ({ t, key, line }: Change) =>
    line.by !== 'operator' &&
    bought.some((x) => x.line.by !== 'operator' && x.key === key && x.t <= t && isDay(x.t, t));
  const isShort = ({ t, end, line }: Call) =>
    isNumber(line.to) && end !== null && end - t <= policy['watch.shortCallSeconds'] * 1000;
  const until = ({ t, end }: Call) => end ?? t + policy['watch.openCallHours'] * HOUR;
  const lines = calls.filter((call) => policy['watch.legs'] === 'all' || !call.line.parent);
  const mates = (t: number) => living(input.contracts, contract.corporation, t);
  const starts =
    contract.corporation !== undefined && contract.from !== undefined && !contract.reason
      ? [{ t: jstInstant(civilDate(contract.from)), sid: contract.id, number: undefined, key: '' }]
      : [];
  const held = (t: number) =>
    mates(t).reduce((sum, { id, numbers = 0 }) => {
      const of = facts.filter((line) => line.type === 'number' && line.contract === id && line.t <= t);
      const bought = of.filter(({ status }) => status === 'purchased').length;
      return sum + numbers + bought - (of.length - bought);
    }, 0);

  return {
    load: counted([...calls, ...textsOut], (x, t) => x.t > t - 60_000, policy['watch.loadPerMinute']),
    emergencyCalls: ofDay(
      callsOut.filter(({ key }) => urgent.includes(key)),
      policy['watch.emergencyCalls'],
    ),
    withheldCallerId: ofDay(callsOut.filter(hides), policy['watch.withheldCalls']),
    smsRelay: ofDay(textsOut.filter(isRelay), policy['watch.smsRelays']),
    bulkSms: different(
      textsOut.filter(isUnasked),
      policy['watch.bulkSmsMinutes'] * 60_000,
      policy['watch.bulkSmsRecipients'],
    ),
    numberPurchases: ofDay(
      bought.filter(({ line }) => line.by !== 'operator'),
      policy['watch.numberPurchases'],
    ),
    numberCycles: ofDay(released.filter(isCycle), policy['watch.numberCycles']),
    shortCalls: different(
      callsOut.filter(isShort),
      policy['watch.shortCallMinutes'] * 60_000,
      policy['watch.shortCallRecipients'],
    ),
    simultaneousCalls: {
      items: lines.filter((call) => until(call) > call.t),
      count: ({ t }) => lines.filter((call) => call.t <= t && t < until(call)).length,
      threshold: policy['watch.simultaneousCalls'],
    },
    severalContracts: {
      items: starts,
      count: ({ t }) => mates(t).length,
      threshold: policy['watch.contractsPerCorporation'],
    },
    numbersOverLimit: {
      items: bought.filter(({ t }) => mates(t).length >= 2),
      count: ({ t }) => held(t),
      threshold: policy['watch.numbersPerCorporation'] + 1,
    },
  };
}

function isExcused(contract: ContractJson, rule: WatchRule, t: number, count: number): boolean {
  if (!WATCH_RULES[rule].excusable) return false;
  return (contract.exceptions ?? []).some(
    (each) =>
      each.rule === rule &&
      parseInstant(each.knownAt) < t &&
      t >= jstInstant(civilDate(each.from)) &&
      t <= endOfDayJst(civilDate(each.to)) &&
      (each.allow === null || count <= each.allow),
  );
}

type Match = { rule: WatchRule; item: Item; count: number };

/** Every finding of the whole set, case after case. */
export function referenceFindings(input: WatchInput): Finding[] {
  const findings: Finding[] = [];
  for (const contract of input.contracts) {
    const policy = watchPoliciesWith({ ...input.policy, ...contract.policy });
    const rules = Object.entries(rulesOf(input, contract, policy)) as [WatchRule, Judged][];
    for (const clause of new Set(rules.map(([rule]) => WATCH_RULES[rule].clause))) {
      const ofClause = rules.filter(([rule]) => WATCH_RULES[rule].clause === clause);
      const matchesAfter = (after: number): Match[] =>
        ofClause.flatMap(([rule, { items, count, threshold }]) =>
          items
            .filter(({ t }) => t > after)
            .map((item) => ({ rule, item, count: count(item, after) }))
            .filter((m) => m.count >= threshold && !isExcused(contract, rule, m.item.t, m.count)),
        );
      const closings = input.events
        .filter((each) => each.type === 'case' && each.contract === contract.id && each.clause === clause)
        .map(({ at }) => parseInstant(at))
        .sort((a, b) => a - b);
      let after = Number.NEGATIVE_INFINITY;
      for (const until of [...closings, Number.POSITIVE_INFINITY]) {
        const matches = matchesAfter(after).filter(({ item }) => item.t <= until);
        if (matches.length === 0) continue;
        findings.push(...findingsOf(contract.id, clause, matches));
        after = until;
      }
    }
  }
  return findings.sort(
    (a, b) => compare(a.from, b.from) || compare(a.contract, b.contract) || compare(a.rule, b.rule),
  );
}

function findingsOf(contract: string, clause: string, matches: readonly Match[]): Finding[] {
  const text = (t: number) => new Date(t).toISOString();
  return [...new Set(matches.map(({ rule }) => rule))].map((rule) => {
    const of = matches.filter((match) => match.rule === rule).sort((a, b) => byTime(a.item, b.item));
    const times = of.map(({ item }) => item.t);
    return {
      contract,
      rule,
      clause,
      from: text(Math.min(...times)),
      to: text(Math.max(...times)),
      count: Math.max(...of.map(({ count }) => count)),
      matches: of.length,
      evidence: of.slice(0, 3).map(({ item: { t, sid, number } }) => ({
        sid,
        at: text(t),
        ...(number === undefined ? {} : { number }),
      })),
    };
  });
}
