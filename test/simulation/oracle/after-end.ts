import type { CommandOf } from '../lines.ts';
import type { OutcomeLine } from '../outcome-lines.ts';
import { type Day, day, iso, jstMidnight } from './dates.ts';
import { contractOf, entry, type Life, today } from './life.ts';
import { secrecyThrough } from './rules.ts';

/** What follows the end of a contract, as far as it has come. */
export interface AfterEnd {
  endedOn: Day;
  /** Steps that people do, and whether they have. */
  byHand: Map<string, boolean>;
  /** The last usage is in: numbers and statement go, and the deletion waits for its day. */
  settled: boolean;
  deletedOn: Day | null;
  holds: Hold[];
}

/** What stops a deletion (22-6), from its proposal until two people have lifted it, or the second refused it. */
interface Hold {
  id: string;
  status: 'proposed' | 'active' | 'liftProposed' | 'lifted' | 'rejected';
  /** Who said the last thing that waits for a second person. */
  by: string;
}

const stops = ({ status }: Hold): boolean => status !== 'lifted' && status !== 'rejected';

/** Not any more once the deletion has begun. */
export function hold({ holds, deletedOn }: AfterEnd, { id, by }: CommandOf<'hold'>): void {
  if (deletedOn === null) holds.push({ id, status: 'proposed', by });
}

export function liftHold({ holds }: AfterEnd, { hold: id, by }: CommandOf<'liftHold'>): void {
  const found = holds.find((each) => each.id === id);
  if (found?.status === 'active') Object.assign(found, { status: 'liftProposed', by });
}

/** The second person about a hold, or about its lifting. */
export function decideHold({ holds }: AfterEnd, command: CommandOf<'decideHold'>): void {
  const { by, verdict, hold: id } = command;
  const found = holds.find((each) => each.id === id);
  if (found === undefined || found.by === by) return;
  if (found.status === 'proposed') found.status = verdict === 'confirm' ? 'active' : 'rejected';
  else if (found.status === 'liftProposed') found.status = verdict === 'confirm' ? 'lifted' : 'active';
}

/** 10-3: nothing is refunded, the prepaid balance is forfeited. 22-6: people's work begins. */
export function begin(life: Life): AfterEnd {
  const contract = contractOf(life);
  const endedOn = day(life.out.contract?.endsOn ?? iso(today(life)));
  if (contract.balanceYen > 0) {
    entry(life, 'forfeiture', -contract.balanceYen, endedOn);
    entry(life, 'opening', contract.balanceYen, endedOn);
  }
  const partner: [string, boolean][] = life.partner === '' ? [] : [['partnerTold', false]];
  return {
    endedOn,
    byHand: new Map([['accountsClosed', false], ...partner]),
    settled: false,
    deletedOn: null,
    holds: [],
  };
}

export function complete({ byHand }: AfterEnd, { step }: CommandOf<'completeStep'>): void {
  if (byHand.has(step)) byHand.set(step, true);
}

/** The last usage is read after the days for late events; then, after the days of grace, what the customer entrusted goes. */
export function nextAfterEnd(
  life: Life,
  after: AfterEnd,
): { atMs: number; perform: (life: Life) => void } | null {
  const { endedOn } = after;
  if (!after.settled) {
    const perform = () => {
      after.settled = true;
    };
    return { atMs: jstMidnight(endedOn + 1 + life.policies['offBoarding.lateUsageDays']), perform };
  }
  if (after.deletedOn !== null || after.holds.some(stops)) return null;
  const perform = () => {
    after.deletedOn = today(life);
  };
  return { atMs: jstMidnight(deletionDue(life, after)), perform };
}

/** 22-6: the day after the end and the days of grace. */
const deletionDue = ({ policies }: Life, { endedOn }: AfterEnd): Day =>
  endedOn + policies['deletion.graceDays'] + 1;

export function afterEndLine(life: Life, after: AfterEnd): OutcomeLine['afterEnd'] {
  const { balanceYen } = contractOf(life);
  const { byHand, settled, deletedOn, endedOn } = after;
  const hand = (step: string) => {
    const done = byHand.get(step);
    return done === undefined ? 'notNeeded' : done ? 'done' : 'waiting';
  };
  const stopped = after.holds.some(stops) && today(life) >= deletionDue(life, after);
  const later = (state: string) => (settled ? state : 'waiting');
  const usage = 'notNeeded';
  return {
    steps: [
      { step: 'serviceOff', state: 'notNeeded' },
      { step: 'accountsClosed', state: hand('accountsClosed') },
      { step: 'partnerTold', state: hand('partnerTold') },
      { step: 'usageRead', state: usage },
      { step: 'usageSettled', state: later(usage) },
      { step: 'prepaidForfeited', state: later(balanceYen > 0 ? 'done' : 'notNeeded') },
      { step: 'numbersReleased', state: later('notNeeded') },
      { step: 'subaccountClosed', state: later('notNeeded') },
      { step: 'statementSent', state: later('done') },
    ],
    deletion: settled
      ? {
          status: deletedOn === null ? (stopped ? 'held' : 'waiting') : 'done',
          dueOn: iso(deletionDue(life, after)),
          deletedOn: deletedOn === null ? null : iso(deletedOn),
        }
      : null,
    holds: after.holds.map(({ id, status }) => ({ command: id, status })),
    secrecyThrough: settled ? iso(secrecyThrough(endedOn)) : null,
    screeningThrough: deletedOn === null ? null : iso(endedOn + life.policies['retention.screeningDays']),
  };
}
