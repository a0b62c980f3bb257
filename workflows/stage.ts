import { refuse } from '../domain/base/answers.ts';
import { type Desk, earliest, type StaffTask } from './desk.ts';
import type { Inbox } from './inbox.ts';
import type { Handlers, Messages } from './updates.ts';

/** Something that happens by itself at an instant (workflow time in milliseconds; null while there is none). */
export interface Passing {
  atMs: () => number | null;
  /** Nothing to wait for where it only hands something to the lane. */
  does: () => Promise<void> | undefined;
}

/** What silence means beside the reminder and the escalation of open tasks. */
export type Silence = 'staysOpen' | readonly Passing[];

/**
 * A stage of a process: waits, answers commands one at a time, reminds of open tasks and escalates them, until it is over;
 * then closes its task, before whoever ended it hears the answer.
 */
export async function stage<M extends Messages<M>>(
  { inbox, desk }: { inbox: Inbox<M>; desk: Desk },
  spec: {
    /** True while the stage goes on. */
    during: () => boolean;
    /** The task that is closed with the stage, or null. */
    task: () => StaffTask | null;
    /** How the task ends; `done` unless given. */
    closesAs?: () => 'done' | 'cancelled';
    answers: Partial<Handlers<M>>;
    /** What a command hears that does not belong here. */
    otherwise: string;
    silence: Silence;
  },
  /** Looks again as soon as this holds, where the stage may end without a command. */
  lookAgain: () => boolean = () => false,
): Promise<void> {
  const { during, answers } = spec;
  const passing = spec.silence === 'staysOpen' ? [] : spec.silence;
  const otherwise = refuse('wrongState', spec.otherwise);
  const closeIfOver = async () => {
    const task = spec.task();
    if (!during() && task !== null) await desk.close(task, spec.closesAs?.() ?? 'done');
  };
  while (during()) {
    const due = passing.find(({ atMs }) => isPast(atMs()));
    if (due !== undefined) {
      const doing = due.does();
      // What is done at once lets no other step in between: recorded runs know the order.
      if (doing !== undefined) await doing;
      if (!during()) await closeIfOver();
      continue;
    }
    const wakesMs = desk.wakesAt();
    const untilMs = earliest(wakesMs, ...passing.map(({ atMs }) => atMs()));
    const command = await inbox.next(untilMs, () => lookAgain() || desk.wakesAt() !== wakesMs);
    if (command === null) await desk.nudge();
    else await command.answer(answers, otherwise, closeIfOver);
  }
}

const isPast = (ms: number | null): boolean => ms !== null && ms <= Date.now();
