import { type Actor, actorId } from '../../domain/base/answers.ts';
import { type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../domain/calendar/cutoff.ts';
import { canMove } from '../../domain/desk/moves.ts';
import { nextDue, scheduledLine } from '../../domain/future/dues.ts';
import { periodOn } from '../../domain/future/period-line.ts';
import { CONTRACT_STATUSES, type ContractStatus, type RequestKind } from '../../domain/period/contract.ts';
import {
  type ContractDiscontinuation,
  type ContractSchedule,
  DEFAULT_SPREAD_MINUTES,
  spreadOffsetMs,
} from '../../domain/period/contract-schedule.ts';
import type { ContractKind, Period } from '../../domain/period/periods.ts';
import { DEFAULT_REMINDER_DAYS } from '../../domain/period/renewal.ts';
import type { StaffTask } from '../desk.ts';
import type { AnsweredCommands } from '../inbox.ts';
import { records } from '../ports.ts';
import type { ContractSnapshot } from './messages.ts';
import type { CausedTask } from './tasks.ts';

/** A request that waits for a second person. */
export interface WaitingRequest {
  requestId: string;
  kind: RequestKind;
  enteredBy: string;
  task: StaffTask;
}

/** All that a contract's workflow knows, as plain JSON: it travels through continue-as-new. */
export interface ContractState extends ContractSchedule {
  contractId: string;
  sandbox: boolean;
  status: ContractStatus;
  waiting: WaitingRequest[];
  /** Tasks that nobody waits for, carried into a new run; absent in runs of before every task was reminded of. */
  tasks?: StaffTask[];
  clockTargetMs: number | null;
  /** Termination notices that a mail server took and that have yet to take effect. */
  noticeArrived: { requestId: string; part: boolean; atMs: number }[];
  /** Open tasks that end with their cause; runs from before they were watched lack the field. */
  caused?: CausedTask[];
}

export interface ContractInput {
  contractId: string;
  sandbox: boolean;
  kind: ContractKind;
  firstDay: CivilDate;
  /** From the run before; null in the first run. */
  carried: { state: ContractState; answered: AnsweredCommands } | null;
  /** Minutes after 00:00 JST over which renewals are spread; 6 hours unless given. */
  spreadMinutes?: number;
  /** Events after which a run ends with continue-as-new; the server's suggestion unless given. */
  historyLimit?: number;
}

export function initialContractState(input: ContractInput): ContractState {
  return {
    contractId: input.contractId,
    sandbox: input.sandbox,
    status: 'active',
    basis: { kind: input.kind, firstDay: input.firstDay, indexBase: 0 },
    endsOn: null,
    recordedIndex: 0,
    remindedIndex: 0,
    pending: [],
    waiting: [],
    clockTargetMs: null,
    noticeArrived: [],
    spreadMs: spreadOffsetMs(input.contractId, input.spreadMinutes ?? DEFAULT_SPREAD_MINUTES),
    reminders: { days: DEFAULT_REMINDER_DAYS, kinds: ['annual'], cutoff: DEFAULT_CUTOFF_POLICY },
  };
}

/** The period that a day falls in, by what is accepted. */
export function periodOf(state: ContractState, day: CivilDate): Period {
  const { index, from, to } = periodOn(scheduledLine(state), day);
  return { index, from, to };
}

export function contractSnapshotOf(state: ContractState): ContractSnapshot {
  const nowMs = Date.now();
  const due = nextDue(state, nowMs);
  return {
    status: state.status,
    nowMs,
    period: periodOf(state, jstDate(nowMs)),
    endsOn: state.endsOn,
    pending: state.pending,
    nextDueMs: due?.atMs ?? null,
    nextDue: due?.kind ?? null,
    clockTargetMs: state.clockTargetMs,
    waiting: state.waiting.map(({ requestId }) => requestId),
    tasks: state.waiting.map(({ task }) => task.id),
  };
}

/** The one way to another status: checks the state table, then writes row and audit entry, then remembers. */
export async function moveContract(
  state: ContractState,
  to: ContractStatus,
  detail: {
    actor: Actor;
    clause: string;
    endsOn: CivilDate | null;
    commandId?: string;
    /** The discontinuation that reaches the contract from now on; as before unless given. */
    discontinuation?: ContractDiscontinuation | null;
  },
): Promise<void> {
  if (!canMove(CONTRACT_STATUSES, state.status, to))
    throw new Error(`contract may not go from ${state.status} to ${to}`);
  await records.transitionContract({
    contractId: state.contractId,
    from: state.status,
    to,
    endsOn: detail.endsOn,
    clause: detail.clause,
    actor: actorId(detail.actor),
    businessMs: Date.now(),
    ...(detail.commandId === undefined ? {} : { commandId: detail.commandId }),
    ...(detail.discontinuation === undefined ? {} : { discontinuation: detail.discontinuation }),
  });
  state.status = to;
  state.endsOn = detail.endsOn;
  if (detail.discontinuation !== undefined) state.discontinuation = detail.discontinuation;
}

/** A change has led the contract away from the plan that is discontinued: its own end counts again. */
export function leavePlan(state: ContractState): void {
  const { discontinuation } = state;
  if (discontinuation == null) return;
  state.endsOn = discontinuation.ownEndsOn;
  state.status = state.endsOn === null ? 'active' : 'ending';
  state.discontinuation = null;
}
