import { CALLS_GO_ON, NOT_YET } from '../base/failures.ts';
import type { TaskKind } from '../processes/index.ts';
import { type Reconciled, termOf } from './reconciled.ts';

/** What both sides say of a case, by name; days and instants as text, null where there is none. */
export type Fields = Readonly<Record<string, string | null>>;

/** A case as the rows have it. */
export interface RowView {
  kind: Reconciled;
  status: string;
  fields: Fields;
  openTasks: readonly { id: string; kind: TaskKind }[];
  /** Requests that are not settled; `waiting`: for a second person. */
  requests: readonly { id: string; waiting: boolean }[];
  /** Since when its workflow has owed an answer, in milliseconds; null where it owes none. */
  unansweredSinceMs: number | null;
}

/** The same case as its workflow has it. */
export type WorkflowView =
  | {
      state: 'running';
      /** Null where the workflow has no snapshot. */
      snapshot: {
        status: string;
        fields: Fields;
        tasks: readonly string[];
        requests: readonly string[];
      } | null;
      /** The activity that has failed so often that it will hardly mend itself; absent where none has. */
      failing?: string | undefined;
    }
  /** Nobody answered in time: the workers may be away. */
  | { state: 'silent' }
  /** It runs, and its steps fail. */
  | { state: 'stuck' }
  /** How it ended: `completed`, `failed`, `terminated`, … */
  | { state: 'over'; how: string }
  | { state: 'missing' };

export interface Difference {
  field: string;
  /** What the row says; null for nothing. */
  row: string | null;
  /** What the workflow says; null for nothing. */
  workflow: string | null;
}

export type Comparison =
  | { verdict: 'agree' }
  /** A command is on its way: sending it again, which happens by itself, makes both say the same. */
  | { verdict: 'heals' }
  /** Nothing can be said. */
  | { verdict: 'silent' }
  | { verdict: 'differs'; differences: Difference[] };

/** As long as a command may wait for its answer before that is a fault of its own: it is sent again every ten minutes. */
export const HEALS_WITHIN_MS = 3_600_000;

/**
 * Whether row and workflow say the same of a case. What a command that is on its way would make the same is left to the outbox
 * for an hour (docs/decisions/013); everything else is listed, each field with both sides.
 */
export function compareViews(row: RowView, workflow: WorkflowView, nowMs: number): Comparison {
  const owedMs = row.unansweredSinceMs === null ? null : nowMs - row.unansweredSinceMs;
  if (owedMs !== null && owedMs < HEALS_WITHIN_MS) return { verdict: 'heals' };
  if (workflow.state === 'silent' && owedMs === null) return { verdict: 'silent' };
  const owed: Difference[] = owedMs === null ? [] : [{ field: 'command', row: 'unanswered', workflow: null }];
  const failing = workflow.state === 'running' ? workflow.failing : undefined;
  const fails: Difference[] =
    failing === undefined ? [] : [{ field: 'activity', row: null, workflow: failing }];
  const differences = [...owed, ...differencesOf(row, workflow), ...fails];
  return differences.length === 0 ? { verdict: 'agree' } : { verdict: 'differs', differences };
}

function differencesOf(row: RowView, workflow: WorkflowView): Difference[] {
  const term = termOf(row.kind);
  const over = term.over.includes(row.status);
  switch (workflow.state) {
    case 'silent':
      return [];
    case 'stuck':
      return [{ field: 'workflow', row: row.status, workflow: 'stuck' }];
    case 'missing':
    case 'over': {
      const how = workflow.state === 'over' ? workflow.how : 'missing';
      return over ? [] : [{ field: 'workflow', row: row.status, workflow: how }];
    }
    case 'running': {
      const { snapshot } = workflow;
      if (snapshot === null) return over ? [] : missingTask(row, term.task);
      // After the end a workflow may still be sending its last mails.
      if (over && term.over.includes(snapshot.status)) return [];
      return [
        ...differingFields(
          { status: row.status, ...row.fields },
          { status: snapshot.status, ...snapshot.fields },
        ),
        ...differingTasks(row, snapshot.tasks),
        ...differingRequests(row, snapshot.requests),
      ];
    }
  }
}

function missingTask({ openTasks }: RowView, kind: TaskKind | undefined): Difference[] {
  const there = kind === undefined || openTasks.some((task) => task.kind === kind);
  return there ? [] : [{ field: 'task', row: null, workflow: kind }];
}

function differingFields(row: Fields, workflow: Fields): Difference[] {
  return Object.keys(row).flatMap((field) => {
    const [ours, theirs] = [row[field] ?? null, workflow[field] ?? null];
    return ours === theirs ? [] : [{ field, row: ours, workflow: theirs }];
  });
}

/** The workflow waits for a task that is no longer open. */
function differingTasks({ openTasks }: RowView, waitsFor: readonly string[]): Difference[] {
  return waitsFor
    .filter((id) => !openTasks.some((task) => task.id === id))
    .map((workflow) => ({ field: 'task', row: null, workflow }));
}

/** A request that only one side still has before it. Of what was accepted the workflow keeps what has a day to come alone. */
function differingRequests({ requests }: RowView, has: readonly string[]): Difference[] {
  const lost = has.filter((id) => !requests.some((request) => request.id === id));
  const unheard = requests.filter(({ id, waiting }) => waiting && !has.includes(id));
  return [
    ...lost.map((workflow) => ({ field: 'request', row: null, workflow })),
    ...unheard.map(({ id }) => ({ field: 'request', row: id, workflow: null })),
  ];
}

/** An activity that is tried for this often fails for minutes, whatever its pauses are: that is told. */
export const FAILS_AFTER_ATTEMPTS = 20;

/** What is known of an activity that a workflow waits for. */
export interface PendingActivity {
  name: string;
  attempt: number;
  /** Type of its last failure; '' where it has none. */
  failure: string;
}

/** The activity that fails again and again, or undefined. What only waits for its time, or for somebody outside, is no failure. */
export function failingActivity(pending: readonly PendingActivity[]): string | undefined {
  const fails = ({ attempt, failure }: PendingActivity) =>
    attempt >= FAILS_AFTER_ATTEMPTS && failure !== NOT_YET && failure !== CALLS_GO_ON;
  return pending.find(fails)?.name;
}

/** A difference is told only when it was found before: between two looks a case in motion has moved on. */
export const LOOK_AGAIN_AFTER_MS = 20_000;

/** What becomes of a difference that was found at an earlier look (null: it is new) when it is looked at again. */
export function afterLook(
  earlier: { seenAtMs: number; told: boolean; differences: readonly Difference[] } | null,
  comparison: Comparison,
  nowMs: number,
): 'forget' | 'remember' | 'keep' | 'tell' {
  if (comparison.verdict === 'silent') return 'keep';
  if (comparison.verdict !== 'differs') return 'forget';
  if (earlier === null) return 'remember';
  if (earlier.told) return 'tell';
  if (!sameDifferences(earlier.differences, comparison.differences)) return 'remember';
  return nowMs - earlier.seenAtMs < LOOK_AGAIN_AFTER_MS ? 'keep' : 'tell';
}

function sameDifferences(a: readonly Difference[], b: readonly Difference[]): boolean {
  const text = (all: readonly Difference[]) =>
    all.map(({ field, row, workflow }) => JSON.stringify([field, row, workflow])).join('\n');
  return text(a) === text(b);
}
