import type { Fields } from './contents.ts';
import { jstMidnight } from './dates.ts';
import { contractOf, type Life, type Request, today } from './life.ts';
import { type DoneChange, judge, type OpenChange, type Sequence } from './sequence.ts';

/** "Sequences": the one projection of a contract's future as it is decided now; `asked` is a change that waits for an answer. */
export function future(life: Life, asked: Request | null = null): Sequence {
  const contract = contractOf(life);
  const { requests, conclusion, bases, ownEndsOn, discontinuation } = contract;
  return judge({
    conclusion,
    bases,
    done: requests.flatMap((request) => doneChange(life, request)),
    open: requests.flatMap((request) => openChange(life, request, request === asked)),
    ownEndsOn,
    discontinuation,
    endingPlans: life.endingPlans,
    rankOf: (plan) => rankOf(life, plan),
  });
}

/** The rank of a plan by the newest list that knows it. */
function rankOf({ lists }: Life, plan: string): number {
  const found = lists.findLast((list) => list.plans.some(({ code }) => code === plan));
  return found?.plans.find(({ code }) => code === plan)?.rank ?? 0;
}

/** What is contracted now. */
export const presentContents = (life: Life): Fields => future(life).contentsOn(today(life));

/** A change that was done when it was accepted, for it only took others back: its own day is still to come. */
const onlyTookBack = (life: Life, { kind, outcome, firstOn }: Request): boolean =>
  kind === 'change' && outcome === 'done' && firstOn !== null && firstOn > today(life);

function doneChange(life: Life, request: Request): DoneChange[] {
  const { kind, outcome, on, firstOn, alters, arrival, part } = request;
  const counts = kind === 'change' || (kind === 'termination' && part);
  if (!counts || outcome !== 'done' || on === null || onlyTookBack(life, request)) return [];
  const effectiveOn = firstOn === null ? on : Math.max(on, firstOn);
  // 10-2: a part is terminated when the notice arrives, over whatever arrived before the end of that day.
  const counted = part ? ([jstMidnight(effectiveOn + 1) - 1, arrival[1]] as const) : arrival;
  return [{ arrival: counted, on: effectiveOn, alters, part }];
}

function openChange(life: Life, request: Request, asked: boolean): OpenChange[] {
  const { id, kind, outcome, on, arrival, alters, firstOn } = request;
  if (kind !== 'change' || firstOn === null) return [];
  const mayReturn = (outcome === 'superseded' || outcome === 'dropped') && on !== null && on > today(life);
  const open = asked || outcome === 'accepted' || mayReturn || onlyTookBack(life, request);
  return open ? [{ id, arrival, firstOn, alters, asked }] : [];
}
