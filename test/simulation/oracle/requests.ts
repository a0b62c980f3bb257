import type { CommandOf } from '../lines.ts';
import { certify, revise } from './certificates.ts';
import { fieldsOf } from './contents.ts';
import { day, instant, iso, jstDay } from './dates.ts';
import { contractOf, endOf, type Life, mail, type Request, task, today } from './life.ts';
import { future } from './projection.ts';
import { changeDay, earliestEnd, endByWish } from './rules.ts';
import { renewsAlthoughCancelled, settle, tell } from './settle.ts';
import { moveTo } from './status.ts';
import { close } from './tasks.ts';

type RequestCommand = CommandOf<'change' | 'cancel' | 'withdrawCancellation' | 'terminate'>;

const KINDS = {
  change: 'change',
  cancel: 'cancellation',
  withdrawCancellation: 'cancellationWithdrawal',
  terminate: 'termination',
} as const satisfies Record<RequestCommand['kind'], Request['kind']>;

/** A request arrives: it is on record whatever becomes of it. */
export function ask(life: Life, command: RequestCommand): void {
  const contract = contractOf(life);
  const arrivedMs = instant(command.arrivedAt);
  const alters =
    command.kind === 'change' ? command.alters : command.kind === 'terminate' ? command.part : null;
  const request: Request = {
    id: command.id,
    kind: KINDS[command.kind],
    arrival: [arrivedMs, life.nowMs],
    outcome: 'sent',
    on: null,
    clause: '',
    alters: alters === null ? {} : fieldsOf(alters),
    firstOn: null,
    overtaken: [],
    wish: command.kind === 'cancel' && command.wish !== null ? day(command.wish) : null,
    part: command.kind === 'terminate' && command.part !== null,
    by: command.by,
  };
  contract.requests.push(request);
  if (arrivedMs > life.nowMs || jstDay(arrivedMs) < contract.concludedOn) {
    Object.assign(request, { outcome: 'refused', clause: '第10条1項' });
    return;
  }
  // 10: an arrival earlier than today, and a termination, need a second person; a withdrawal is staff's consent by itself.
  const backdated = jstDay(arrivedMs) < today(life);
  const needsSecond =
    request.kind === 'termination' || (backdated && request.kind !== 'cancellationWithdrawal');
  if (!needsSecond) {
    carryOut(life, request, command.id);
    return;
  }
  const clause = request.kind === 'termination' ? '第10条2項' : '第10条1項';
  Object.assign(request, { outcome: 'waiting', clause });
  task(life, 'secondPerson', request.id);
}

/** The second person about a request that waits; whoever entered it may not. */
export function confirm(life: Life, command: CommandOf<'confirm'>): void {
  const request = contractOf(life).requests.find(({ id }) => id === command.request);
  if (request === undefined || request.outcome !== 'waiting' || request.by === command.by) return;
  const opened = life.tasks.find(({ kind, about }) => kind === 'secondPerson' && about === request.id);
  if (opened !== undefined) close(opened, 'done', life.nowMs);
  if (command.verdict === 'confirm') carryOut(life, request, command.id);
  else Object.assign(request, { outcome: 'refused', clause: '第10条' });
}

/** `by`: the command that carries it out, its own or the second person's. */
function carryOut(life: Life, request: Request, by: string): void {
  switch (request.kind) {
    case 'change':
      change(life, request);
      break;
    case 'cancellation':
      cancel(life, request, by);
      break;
    case 'cancellationWithdrawal':
      withdraw(life, request, by);
      break;
    case 'termination':
      terminate(life, request);
      break;
  }
}

const MAILS: Record<string, string> = { accepted: 'changeAccepted', done: 'changeTakenBack' };

/** 8: the day by its arrival, as one of all that are yet to come; whoever loses by it is told in the same mail. */
function change(life: Life, request: Request): void {
  request.firstOn = changeDay(request.arrival[0], life.policies);
  const news = settle(life, request);
  mail(life, `request/${request.id}`, MAILS[request.outcome] ?? 'changeRefused', news.toSorted());
}

/** 10-1: the last day by the arrival and the wish, and what that does to what is pending. */
function cancel(life: Life, request: Request, by: string): void {
  const contract = contractOf(life);
  request.clause = '第10条1項';
  if (contract.ownEndsOn !== null) {
    request.outcome = 'refused';
    return;
  }
  const arrivedOn = jstDay(request.arrival[0]);
  const byArrival = earliestEnd(request.arrival[0], life.policies);
  const { campaign } = contract;
  const bound = campaign?.earliestEndsOn ?? null;
  // 5-4: a campaign may name a later end, as long as it is in force.
  const held = bound !== null && campaign !== null && iso(arrivedOn) <= campaign.until;
  const earliest = held ? Math.max(byArrival, day(bound)) : byArrival;
  const { endsOn, kept, confirm: asks } = endByWish(earliest, request.wish);
  moveEnd(life, by, () => {
    contract.ownEndsOn = endsOn;
    const last = endOf(contract) ?? endsOn;
    moveTo(life, 'ending', '第10条1項');
    Object.assign(request, { outcome: 'accepted', on: last });
    const news = settle(life);
    const { bases, end } = future(life);
    const asOf = Math.max(arrivedOn, contract.bases[0].firstDay);
    const opens = (kind: string) =>
      contract.caused.push({ task: task(life, kind, request.id), request, asOf });
    if (!kept && end !== null && renewsAlthoughCancelled(bases, end.on, asOf))
      opens('renewsAlthoughCancelled');
    if (asks) opens('endToConfirm');
    mail(life, `request/${request.id}`, 'cancellationAccepted', news.toSorted());
  });
}

/** 10-1: until the end, by staff's consent; what the cancellation had dropped stands again. */
function withdraw(life: Life, request: Request, by: string): void {
  const contract = contractOf(life);
  request.clause = '第10条1項';
  const cancelled = contract.requests.findLast(
    ({ kind, outcome }) => kind === 'cancellation' && outcome === 'accepted',
  );
  if (cancelled === undefined) {
    request.outcome = 'refused';
    return;
  }
  moveEnd(life, by, () => {
    contract.ownEndsOn = null;
    moveTo(life, contract.discontinuation === null ? 'active' : 'ending', '第10条1項');
    Object.assign(cancelled, { outcome: 'withdrawn', clause: '第10条1項' });
    Object.assign(request, { outcome: 'done', on: today(life) });
    const news = settle(life);
    mail(life, `request/${request.id}`, 'cancellationWithdrawn', news.toSorted());
  });
}

/** 10-2: two people have agreed; it takes effect when the notice arrives. */
function terminate(life: Life, request: Request): void {
  const contract = contractOf(life);
  Object.assign(request, { outcome: 'accepted', clause: '第10条2項' });
  mail(life, `request/${request.id}`, 'terminationNotice');
  contract.arrived.push({ request, ms: life.nowMs });
}

/** The notice of a termination has arrived: the contract, or the named part of it, is over. */
export function takeEffect(life: Life, request: Request): void {
  const contract = contractOf(life);
  Object.assign(request, { outcome: 'done', on: today(life), clause: '第10条2項' });
  if (!request.part) {
    contract.ownEndsOn = today(life);
    moveTo(life, 'terminated', '第10条2項', today(life));
    return;
  }
  tell(life, `notice/${request.id}`, settle(life));
  certify(life, `change/${request.id}`, today(life));
}

/** Does what may move the last day; where it did, the certificate states the other one. */
export function moveEnd(life: Life, by: string, move: () => void): void {
  const contract = contractOf(life);
  const before = endOf(contract);
  move();
  if (endOf(contract) !== before && certifiesEnds(life)) revise(life, `end/${by}`);
}

const certifiesEnds = ({ world, nowMs }: Life): boolean =>
  world.endsUncertifiedUntil === null || nowMs >= instant(world.endsUncertifiedUntil);
