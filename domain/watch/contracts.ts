import { InvalidValueError } from '../base/invalid-value.ts';
import { endOfDayJst, jstInstant } from '../calendar/civil-date.ts';
import type { CaseReader } from '../cases/case-reader.ts';
import { isWatchRule, WATCH_RULES, type WatchRule } from './rules.ts';

/** Use that was recorded beforehand: no match from…to while the count is at most `allow` (null: any count). Milliseconds. */
export interface Exception {
  rule: WatchRule;
  knownMs: number;
  fromMs: number;
  toMs: number;
  allow: number | null;
}

/** A contract as the watchers see it; it lives from…to, both included, null: open. Milliseconds. */
export interface WatchedContract {
  id: string;
  corporation: string | null;
  fromMs: number | null;
  toMs: number | null;
  /** A stated reason for a further contract of the corporation (第18条1項㉘). */
  hasReason: boolean;
  /** Numbers held before the first event. */
  numbers: number;
  /** Its own values of `watch.` policies. */
  policy: Readonly<Record<string, unknown>>;
  exceptions: readonly Exception[];
}

/** Reads a contract from its JSON form. Throws InvalidValueError naming the field. */
export function readContract(fields: CaseReader): WatchedContract {
  return {
    id: fields.text('id'),
    corporation: fields.has('corporation') ? fields.text('corporation') : null,
    fromMs: fields.has('from') ? jstInstant(fields.date('from')) : null,
    toMs: fields.has('to') ? endOfDayJst(fields.date('to')) : null,
    hasReason: fields.stated('reason'),
    numbers: fields.has('numbers') ? fields.wholeNumber('numbers') : 0,
    policy: fields.object('policy'),
    exceptions: fields.has('exceptions') ? fields.list('exceptions', readException) : [],
  };
}

function readException(fields: CaseReader): Exception {
  const rule = fields.text('rule');
  if (!isWatchRule(rule)) throw new InvalidValueError(`「rule」：「${rule}」という検知はありません。`);
  const { from, to } = fields.range();
  return {
    rule,
    knownMs: fields.instant('knownAt'),
    fromMs: jstInstant(from),
    toMs: endOfDayJst(to),
    allow: fields.has('allow') ? fields.wholeNumber('allow') : null,
  };
}

/** Whether the exception takes the match of an item at `t` with this count away: it can only ever excuse. */
export function excuses(
  { rule, knownMs, fromMs, toMs, allow }: Exception,
  t: number,
  count: number,
): boolean {
  return (
    WATCH_RULES[rule].excusable &&
    knownMs < t &&
    fromMs <= t &&
    t <= toMs &&
    (allow === null || count <= allow)
  );
}

/** Whether the contract lives on the day of an instant. */
export function livesAt({ fromMs, toMs }: WatchedContract, t: number): boolean {
  return (fromMs === null || fromMs <= t) && (toMs === null || t <= toMs);
}
