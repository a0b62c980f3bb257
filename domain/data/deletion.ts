import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { deletionProcess } from '../processes/deletion.ts';

/** How far a deletion is (第22条6項), with what may follow each. */
export const DELETION_STATUSES = deletionProcess.statuses.deletion;
export type DeletionStatus = keyof typeof DELETION_STATUSES;

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

export type HoldStatus = keyof typeof deletionProcess.statuses.hold;

/** `unreachable`: the last mail to the address came back, so that it is not used. */
export type ProofMail = 'sent' | 'refused' | 'unreachable';

/** What falls due by itself about an ended contract; `application`: the data of one that became no contract. */
export type DueKind = 'document' | 'screening' | 'secrecy' | 'application';

/** The first day after the days for which something is kept, counted from the day after the end. */
export function dueAfter(endedOn: CivilDate, days: number): CivilDate {
  return addDays(endedOn, days + 1);
}
