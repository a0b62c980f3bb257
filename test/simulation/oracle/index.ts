import type { Command, World } from '../lines.ts';
import type { OutcomeLine } from '../outcome-lines.ts';
import * as afterEnds from './after-end.ts';
import * as applications from './application.ts';
import * as bounces from './bounces.ts';
import * as campaigns from './campaigns.ts';
import { kindOf, licencesOf, optionsOf, planOf } from './contents.ts';
import { day, instant, iso, jstMidnight } from './dates.ts';
import { dropRest, nextDue } from './dues.ts';
import { isLive } from './life.ts';
import { laterFees } from './prices.ts';
import { presentContents } from './projection.ts';
import * as registered from './registered.ts';
import * as requests from './requests.ts';
import * as suspensions from './suspensions.ts';
import { taskLine } from './tasks.ts';

/** What becomes of every life, computed from the commands alone. In the order in which they applied. */
export function expectedOutcomes(world: World, commands: readonly Command[]): OutcomeLine[] {
  const lives = new Map<string, Command[]>();
  for (const command of commands) lives.set(command.life, [...(lives.get(command.life) ?? []), command]);
  const corporations = new Set<string>();
  return [...lives.values()].map((each) => {
    const { out, company, contract } = expectedLife(world, each, corporations);
    if (contract !== null) corporations.add(company.corporateNumber);
    return out;
  });
}

/** `corporations`: those that had a contract when this one applied. */
function expectedLife(
  world: World,
  commands: readonly Command[],
  corporations: ReadonlySet<string>,
): applications.Applying {
  const [apply, ...others] = commands.toSorted((a, b) => instant(a.at) - instant(b.at));
  if (apply?.kind !== 'apply') throw new Error(`${apply?.life} begins without an application`);
  const life: applications.Applying = {
    id: apply.life,
    world,
    policies: world.policies,
    lists: [world.prices, ...world.feeChanges.map(({ prices }) => prices)],
    endingPlans: [],
    nowMs: instant(apply.at),
    company: apply.company,
    registered: { email: apply.company.contactEmail, customer: null, contact: null },
    payment: apply.payment,
    partner: apply.partner,
    contract: null,
    afterEnd: null,
    tasks: [],
    proposers: new Map(),
    out: emptyOutcome(apply.life),
    application: {
      apply,
      unexplained: apply.secondContractReason === '' && corporations.has(apply.company.corporateNumber),
      status: 'received',
      round: 1,
      recommendation: null,
      reviewedBy: null,
      dueOn: null,
      reminded: false,
      waitingCampaign: null,
      campaign: null,
    },
  };
  applications.apply(life);
  for (const command of others) {
    advance(life, instant(command.at));
    take(life, command);
    passNow(life);
  }
  advance(life, jstMidnight(day(world.through) + 1) - 1);
  life.out = outcomeOf(life);
  return life;
}

function emptyOutcome(life: string): OutcomeLine {
  return {
    life,
    application: { statuses: [], concludedOn: null },
    contract: null,
    periods: [],
    requests: [],
    certificates: [],
    suspensions: [],
    mails: [],
    ledger: [],
    tasks: [],
    fees: [],
    discontinuations: [],
    afterEnd: null,
  };
}

/** Lets everything happen that happens by itself until an instant, in its order. */
function advance(life: applications.Applying, untilMs: number): void {
  for (;;) {
    const dues = [applications.nextApplicationDue(life), nextDue(life), nextAfter(life)].filter(
      (due) => due !== null,
    );
    const due = dues.toSorted((a, b) => a.atMs - b.atMs)[0];
    if (due === undefined || due.atMs > untilMs) break;
    life.nowMs = Math.max(life.nowMs, due.atMs);
    due.perform(life);
    passNow(life);
  }
  life.nowMs = Math.max(life.nowMs, untilMs);
}

/** What follows at once: notices of terminations arrive, and a contract that is over leaves nothing pending. */
function passNow(life: applications.Applying): void {
  const { contract } = life;
  if (contract === null) return;
  for (const notice of contract.arrived.splice(0)) {
    if (isLive(contract)) requests.takeEffect(life, notice.request);
  }
  if (!isLive(contract) && life.afterEnd === null) {
    dropRest(life);
    life.afterEnd = afterEnds.begin(life);
  }
}

function nextAfter(life: applications.Applying) {
  return life.afterEnd === null ? null : afterEnds.nextAfterEnd(life, life.afterEnd);
}

function take(life: applications.Applying, command: Command): void {
  const alive = life.contract !== null && isLive(life.contract);
  switch (command.kind) {
    case 'apply':
      throw new Error(`${life.id} applies twice`);
    case 'correct':
      applications.correct(life, command);
      break;
    case 'withdrawApplication':
      applications.withdrawApplication(life);
      break;
    case 'review':
      applications.review(life, command);
      break;
    case 'approve':
      applications.approve(life, command);
      break;
    case 'campaign':
      if (life.contract === null || alive) campaigns.enter(life, command);
      break;
    case 'decideCampaign':
      if (life.contract === null || alive) campaigns.decide(life, command);
      break;
    case 'charge':
      if (life.contract !== null) life.contract.balanceYen += command.yen;
      break;
    case 'change':
    case 'cancel':
    case 'withdrawCancellation':
    case 'terminate':
      if (alive) requests.ask(life, command);
      break;
    case 'confirm':
      if (alive) requests.confirm(life, command);
      break;
    case 'changeCustomer':
      if (alive) registered.enterCustomer(life, command);
      break;
    case 'decideCustomer':
      if (alive) registered.decideCustomer(life, command);
      break;
    case 'changeContact':
      if (alive) registered.enterContact(life, command);
      break;
    case 'decideContact':
      if (alive) registered.decideContact(life, command);
      break;
    case 'suspend':
      if (alive) suspensions.propose(life, command);
      break;
    case 'decideSuspension':
      if (alive) suspensions.decide(life, command);
      break;
    case 'lift':
      if (alive) suspensions.lift(life, command);
      break;
    case 'bounce':
      if (alive) bounces.bounce(life, command);
      break;
    case 'settleBounce':
      if (alive) bounces.settle(life);
      break;
    case 'hold':
      if (life.afterEnd !== null) afterEnds.hold(life.afterEnd, command);
      break;
    case 'liftHold':
      if (life.afterEnd !== null) afterEnds.liftHold(life.afterEnd, command);
      break;
    case 'decideHold':
      if (life.afterEnd !== null) afterEnds.decideHold(life.afterEnd, command);
      break;
    case 'completeStep':
      if (life.afterEnd !== null) afterEnds.complete(life.afterEnd, command);
      break;
  }
}

/** What happens at one instant has no order of its own: lists that may hold such stand in that of a key. */
const by =
  <T>(keyOf: (item: T) => string) =>
  (a: T, b: T): number =>
    keyOf(a) < keyOf(b) ? -1 : 1;

function outcomeOf(life: applications.Applying): OutcomeLine {
  const { out, contract } = life;
  out.tasks = life.tasks
    .map((task) => taskLine(task, life.nowMs))
    .toSorted(by(({ dueOn, kind, about }) => `${dueOn} ${kind} ${about}`));
  out.mails.sort(by(({ on, key }) => `${on} ${key}`));
  if (contract === null || out.contract === null) return out;
  out.afterEnd = life.afterEnd === null ? null : afterEnds.afterEndLine(life, life.afterEnd);
  out.fees = laterFees(
    life,
    contract.status === 'ended' || contract.status === 'terminated'
      ? day(out.contract.endsOn ?? iso(0))
      : day(life.world.through),
  );
  const contents = presentContents(life);
  Object.assign(out.contract, {
    kind: kindOf(contents),
    plan: planOf(contents),
    options: optionsOf(contents),
    licences: licencesOf(contents),
  });
  out.requests = contract.requests.map(({ id, kind, outcome, on, clause, overtaken }) => ({
    command: id,
    ...{ kind, outcome, clause },
    on: on === null ? null : iso(on),
    overtaken: overtaken.toSorted(),
  }));
  return out;
}
