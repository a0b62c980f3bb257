import { patched } from '@temporalio/workflow';
import { type Actor, actorId } from '../../domain/base/answers.ts';
import { type Step, step } from '../../domain/base/explain.ts';
import { type CivilDate, formatDateJa, jstDate } from '../../domain/calendar/civil-date.ts';
import type { ContractFacts } from '../../domain/future/facts.ts';
import { type ContractFuture, projectContract } from '../../domain/future/project.ts';
import { type Affected, affectedBy, type Settlement, settlementsOf } from '../../domain/future/settle.ts';
import type { RequestOutcome } from '../../domain/period/contract.ts';
import type { ScheduledChange } from '../../domain/period/contract-schedule.ts';
import { records } from '../ports.ts';
import type { ContractContext } from './context.ts';
import { pushMail } from './outgoing.ts';
import type { ContractState } from './state.ts';
import { closeNeedlessTasks } from './tasks.ts';

/** Who settles, with a key from the business that makes a repeat harmless. */
export interface Cause {
  commandId: string;
  actor: Actor;
}

/** What became of the request that is the cause itself, beside the changes. */
export interface OwnOutcome {
  requestId: string;
  commandId: string;
  outcome: Exclude<RequestOutcome, 'sent'>;
  computedOn?: CivilDate;
  clause: string;
  message: string;
  reasons: Step[];
}

export interface Settled {
  facts: ContractFacts;
  future: ContractFuture;
  settlements: Settlement[];
  /** The changes that somebody else than who asks is told about. */
  affected: Affected[];
}

/**
 * Whether this run judges all changes of the contract as one sequence. Asked at every command and not once: a run may sleep
 * for years, and goes on by the new rules from the first command after them.
 */
export const judgesSequence = (): boolean => patched('2026-12-one-future');

/** The contract's facts, with the end that this run knows. */
export async function loadFacts(
  { state }: ContractContext,
  asked?: { requestId: string; firstOn: CivilDate },
): Promise<ContractFacts> {
  const { contractId, basis } = state;
  const today = jstDate(Date.now());
  const facts = await records.contractFacts({ contractId, today, ...(asked === undefined ? {} : { asked }) });
  return { ...facts, basis, ...endOf(state) };
}

/** The end as this run knows it: its own stands behind that of a discontinuation. */
export function endOf({ endsOn, discontinuation }: ContractState) {
  return discontinuation == null
    ? { ownEndsOn: endsOn, discontinuation: null }
    : { ownEndsOn: discontinuation.ownEndsOn, discontinuation };
}

/**
 * Judges all changes anew and writes down whatever is otherwise than before, in one transaction; the schedule follows
 * (第8条, 第10条). `own`: what became of the requests that are the cause; `arrival`: how the day of one that is asked was found.
 */
export async function settle(
  context: ContractContext,
  cause: Cause,
  facts: ContractFacts,
  { own = [], arrival = [] }: { own?: readonly OwnOutcome[]; arrival?: readonly Step[] } = {},
): Promise<Settled> {
  const { state } = context;
  const future = projectContract(facts);
  const settlements = settlementsOf(facts, future, jstDate(Date.now()), arrival);
  const common = { contractId: state.contractId, actor: actorId(cause.actor), businessMs: Date.now() };
  const requests = [
    ...own.map(({ computedOn = null, ...outcome }) => ({ ...common, ...outcome, computedOn })),
    ...settlements.map(({ on, became, ...settlement }) => ({
      ...common,
      ...settlement,
      computedOn: on,
      commandId:
        became === 'accepted' ? cause.commandId : `${cause.commandId}/${became}/${settlement.requestId}`,
    })),
  ];
  if (requests.length > 0) await records.settleRequests({ requests });
  state.pending = scheduleOf(facts, future, settlements);
  await closeNeedlessTasks(context, future);
  return { facts, future, settlements, affected: affectedBy(settlements) };
}

/** The accepted changes with their days; one that only takes back others has none. */
function scheduleOf(
  { open }: ContractFacts,
  { judged }: ContractFuture,
  settlements: readonly Settlement[],
): ScheduledChange[] {
  const settled = new Map(settlements.map(({ requestId, outcome }) => [requestId, outcome]));
  return judged.flatMap(({ requestId, state, on, alters }) => {
    const change = open.find((each) => each.requestId === requestId);
    if (state !== 'accepted' || change === undefined) return [];
    const outcome = settled.get(requestId) ?? (change.state === 'settled' ? 'done' : 'accepted');
    if (outcome !== 'accepted') return [];
    const { arrivedAtMs } = change;
    return [
      {
        requestId,
        effectiveOn: on,
        arrivedAtMs,
        ...(alters.kind === undefined ? {} : { kind: alters.kind }),
      },
    ];
  });
}

/** The contract is over: what was still to come, or waited for a second person, never takes effect; its customer is told. */
export async function dropRest(context: ContractContext): Promise<void> {
  const { contractId, pending, waiting, endsOn } = context.state;
  const rest = [...pending, ...waiting].map(({ requestId }) => requestId);
  if (rest.length === 0) return;
  const today = endsOn ?? jstDate(Date.now());
  const message = `契約が${formatDateJa(today)}に終了したため、この申込は効力を持ちません。`;
  const said = { clause: '第10条', message, reasons: [step(message, '第10条')], computedOn: null };
  const common = { contractId, actor: 'system', businessMs: Date.now(), outcome: 'dropped' as const };
  await records.settleRequests({
    requests: rest.map((requestId) => ({ ...common, ...said, requestId, commandId: `over/${requestId}` })),
  });
  context.state.pending = [];
  const changes = [
    ...pending.map(({ requestId, effectiveOn }) => ({ requestId, on: effectiveOn })),
    ...waiting.flatMap(({ requestId, kind }) => (kind === 'change' ? [{ requestId, on: today }] : [])),
  ];
  tellAffected(
    context,
    'over',
    changes.map((change) => ({ ...change, became: 'dropped' as const })),
  );
}

/** Tells of changes that were decided about anew where no other mail does. */
export function tellAffected(context: ContractContext, key: string, affected: readonly Affected[]): void {
  if (affected.length === 0) return;
  pushMail(context, {
    key: `changes/${context.state.contractId}/${key}`,
    kind: 'changesSettled',
    affected: [...affected],
  });
}
