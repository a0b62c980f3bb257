import type { Day } from './dates.ts';
import { iso } from './dates.ts';
import { contractOf, isLive, type Life, mail, type Request, today } from './life.ts';
import type { Bases } from './periods.ts';
import { periodsOf } from './periods.ts';
import { future } from './projection.ts';
import { changesNothing, type Sequence, type Verdict } from './sequence.ts';
import { close } from './tasks.ts';

/** What became of a request, for whoever is told of it: `change 4 dropped 2028-04-01`. */
export type News = string;

const CLAUSES: Record<string, string> = {
  '8-2': '第8条2項',
  '8-3': '第8条3項',
  '10-1': '第10条1項',
  '16': '第16条',
};

const clauseOf = (verdict: Verdict): string => CLAUSES[verdict.clause] ?? verdict.clause;

/**
 * Judges all changes anew, writes down what is otherwise than before and gives the news for those who did not ask. `asked` is
 * answered by the way.
 */
export function settle(life: Life, asked: Request | null = null): News[] {
  const sequence = future(life, asked);
  const news: News[] = [];
  for (const request of contractOf(life).requests) {
    const verdict = sequence.verdicts.get(request.id);
    if (verdict === undefined) continue;
    if (request === asked) answer(life, request, verdict, sequence);
    else news.push(...reconsider(request, verdict, sequence));
  }
  closeNeedless(life, sequence);
  return news;
}

function answer(life: Life, request: Request, verdict: Verdict, sequence: Sequence): void {
  const { state, on, overtaken } = verdict;
  Object.assign(request, { on, overtaken, clause: clauseOf(verdict) });
  if (state !== 'stands') {
    request.outcome = state === 'superseded' ? 'superseded' : 'refused';
    return;
  }
  if (!changesNothing(sequence, on)) {
    request.outcome = 'accepted';
    return;
  }
  const takesBack = [...sequence.verdicts.values()].some(({ lostTo }) => lostTo === request.id);
  request.outcome = takesBack ? 'done' : 'refused';
  if (takesBack) request.on = today(life);
}

/** A change that was answered before: what has become of it, where that is otherwise than its customer was told. */
function reconsider(request: Request, verdict: Verdict, sequence: Sequence): News[] {
  const { id, outcome } = request;
  const { state, on, overtaken } = verdict;
  const stands = state === 'stands';
  if (outcome === 'done' && (!stands || changesNothing(sequence, on))) return [];
  const became = becomes(request, verdict);
  if (became === null) return [];
  request.outcome = stands ? 'accepted' : state;
  Object.assign(request, { on, overtaken, clause: clauseOf(verdict) });
  return [`${id} ${became} ${iso(on)}`];
}

function becomes({ outcome, on: toldOn, overtaken: told }: Request, verdict: Verdict): string | null {
  if (verdict.state !== 'stands') return verdict.state === outcome ? null : verdict.state;
  if (outcome !== 'accepted') return 'restored';
  if (toldOn !== verdict.on) return 'moved';
  return verdict.overtaken.some((name) => !told.includes(name)) ? 'reduced' : null;
}

/** Whoever loses or gets back a change by something else than a request is told in a mail of its own. */
export function tell(life: Life, key: string, news: readonly News[]): void {
  if (news.length > 0) mail(life, `changes/${key}`, 'changesSettled', news.toSorted());
}

/** The years that begin before the end although the contract was cancelled as of a day. */
export function renewsAlthoughCancelled(bases: Bases, endsOn: Day, asOf: Day): boolean {
  let begun = false;
  for (const period of periodsOf(bases)) {
    if (period.from > endsOn) return false;
    if (begun && period.kind === 'annual') return true;
    begun ||= asOf <= period.to;
  }
  return false;
}

/** Tasks about a cancellation end with their cause: it was withdrawn, or the contract does not renew any more. */
function closeNeedless(life: Life, { end, bases }: Sequence): void {
  const contract = contractOf(life);
  contract.caused = contract.caused.filter(({ task, asOf }) => {
    const cancelled = end !== null && end.by === 'contract' && isLive(contract);
    const needed =
      cancelled && (task.kind === 'endToConfirm' || renewsAlthoughCancelled(bases, end.on, asOf));
    if (!needed) close(task, 'cancelled', life.nowMs);
    return needed;
  });
}
