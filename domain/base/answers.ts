import type { Step } from './explain.ts';

/** Who gives a command. Staff are named by id only: payloads of workflows hold no personal data. */
export type Actor = { kind: 'staff'; id: string } | { kind: 'applicant' } | { kind: 'system' };

/** What every command of a person carries; `commandId` makes a repeat harmless. */
export interface Command {
  commandId: string;
  actor: Actor;
}

/** A command that was not carried out, with the reason in the user's language and the clause where there is one. */
export interface Refusal {
  ok: false;
  code: RefusalCode;
  message: string;
  clause?: string;
  reasons?: Step[];
}

export type RefusalCode =
  | 'wrongState'
  | 'samePerson'
  | 'blockedByFinding'
  | 'notAllowed'
  | 'invalid'
  | 'stale'
  | 'ruleRefuses'
  | 'needsSecondPerson';

export type Answer<T extends object = object> = ({ ok: true } & T) | Refusal;

/** Builds a refusal. `message` is shown to the user as it is. */
export function refuse(code: RefusalCode, message: string, clause?: string): Refusal {
  return clause === undefined ? { ok: false, code, message } : { ok: false, code, message, clause };
}

/** The id under which an actor is recorded in decisions and the audit log. */
export function actorId(actor: Actor): string {
  return actor.kind === 'staff' ? actor.id : actor.kind;
}

/** Whether a recorded actor is no member of staff. */
export const isNobody = (actor: string): boolean => actor === 'system' || actor === 'applicant';
