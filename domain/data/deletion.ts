import { addDays, type CivilDate } from '../calendar/civil-date.ts';

/**
 * How far a deletion is (第22条6項). `held`: due, and a legal hold stops it. `deleting`: begun, no way back. `problem`: the search
 * found something, or a step does not get on; people look. `done`: everything is gone, proven, and the address forgotten.
 */
export const DELETION_STATUSES = ['waiting', 'held', 'deleting', 'problem', 'done'] as const;
export type DeletionStatus = (typeof DELETION_STATUSES)[number];

const NEXT: Record<DeletionStatus, readonly DeletionStatus[]> = {
  waiting: ['held', 'deleting'],
  held: ['deleting'],
  deleting: ['problem', 'done'],
  problem: ['deleting'],
  done: [],
};

export function canMoveDeletion(from: DeletionStatus, to: DeletionStatus): boolean {
  return NEXT[from].includes(to);
}

/** The steps of a deletion, in their order; each may run again and leaves the same. */
export const DELETION_STEPS = [
  'rows',
  'files',
  'outbox',
  'executions',
  'keys',
  'search',
  'proof',
  'mail',
  'forget',
] as const;
export type DeletionStep = (typeof DELETION_STEPS)[number];

/** A step that was done, with how many of what it removed by store. */
export interface DoneStep {
  step: DeletionStep;
  atMs: number;
  removed: Record<string, number>;
}

/** Adds what a step did to what it had done before: a step that runs again finds nothing and adds nothing. */
export function withStep(steps: readonly DoneStep[], done: DoneStep): DoneStep[] {
  const earlier = steps.find(({ step }) => step === done.step);
  const removed = { ...earlier?.removed };
  for (const [store, count] of Object.entries(done.removed)) removed[store] = (removed[store] ?? 0) + count;
  return [...steps.filter(({ step }) => step !== done.step), { ...done, removed }];
}

/** A place where the search found something of the customer that should not be there. */
export interface Leftover {
  /** `mails.subject_line`, `storage`, `outbox`, `log`, `workflow`. */
  store: string;
  count: number;
}

/** A hold stops the deletion from the moment one person sets it until a second one lifts or rejects it. */
export type HoldStatus = 'proposed' | 'active' | 'liftProposed' | 'lifted' | 'rejected';

/** `unreachable`: the last mail to the address came back, so that it is not used. */
export type ProofMail = 'sent' | 'refused' | 'unreachable';

/** What falls due by itself about an ended contract; `application`: the data of one that became no contract. */
export type DueKind = 'document' | 'screening' | 'secrecy' | 'application';

/** The first day after the days for which something is kept, counted from the day after the end. */
export function dueAfter(endedOn: CivilDate, days: number): CivilDate {
  return addDays(endedOn, days + 1);
}
