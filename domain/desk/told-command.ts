import type { Command } from '../base/answers.ts';
import { TASKS, type TaskKind } from '../processes/index.ts';
import type { StaffRole } from './roles.ts';

/** A command as a workflow hears it. */
export interface ToldCommand extends Command {
  workflowId: string;
  /** Name of the update. */
  update: string;
  /** What it carries beside id and actor. */
  carries: object;
}

/** The row that the console wrote before it sent the command, with the decision behind it where there is one. */
export interface CommandOnRecord {
  workflowId: string;
  update: string | null;
  actor: Command['actor'];
  carries: object;
  decision: {
    staffId: string;
    taskId: string | null;
    /** The kind of its task; null where it answers none. */
    taskKind: TaskKind | null;
    /** None of somebody who left; null where there is no such account, which says nothing: none is ever deleted. */
    roles: readonly StaffRole[] | null;
  } | null;
}

/** Why a command is taken for made up. */
export type CommandDoubt =
  | 'notOnRecord'
  | 'anotherWorkflow'
  | 'anotherPerson'
  | 'otherContent'
  | 'anotherTask'
  | 'anotherRole';

/**
 * Whether a workflow may believe what it is told: the same command stands in its row, written by the console, and the decision
 * behind it is of that person, that task and a role that the person has. Null when it may. Temporal's port checks nobody.
 */
export function commandDoubt(told: ToldCommand, row: CommandOnRecord | null): CommandDoubt | null {
  if (row === null) return 'notOnRecord';
  if (row.workflowId !== told.workflowId || row.update !== told.update) return 'anotherWorkflow';
  if (!sameJson(row.actor, told.actor)) return 'anotherPerson';
  if (!sameJson(row.carries, told.carries)) return 'otherContent';
  return row.decision === null ? null : decisionDoubt(told, row.decision);
}

function decisionDoubt(
  { actor, carries }: ToldCommand,
  { staffId, taskId, taskKind, roles }: NonNullable<CommandOnRecord['decision']>,
): CommandDoubt | null {
  if (actor.kind !== 'staff' || actor.id !== staffId) return 'anotherPerson';
  if (taskId === null) return null;
  if ('taskId' in carries && carries.taskId !== taskId) return 'anotherTask';
  if (taskKind === null) return 'anotherTask';
  return roles === null || roles.includes(TASKS[taskKind].role) ? null : 'anotherRole';
}

/** Whether two values are the same as JSON: the order of keys and what is undefined do not count. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, at) => sameJson(each, b[at]))
    );
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => sameJson(fieldOf(a, name), fieldOf(b, name)));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const fieldOf = (object: object, name: string): unknown =>
  Object.entries(object).find(([key]) => key === name)?.[1];
