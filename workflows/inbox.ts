import type { UpdateDefinition } from '@temporalio/common';
import { condition, setHandler } from '@temporalio/workflow';
import { type Answer, type Refusal, refuse } from '../domain/base/answers.ts';
import { keysOf } from '../domain/base/keys.ts';
import type { CommandDoubt } from '../domain/desk/told-command.ts';
import { heardCommand } from './durable.ts';
import { asksForRecord, doubtOf, madeUp } from './told.ts';
import type { AnswerOf, CommandOf, Handlers, Messages, Updates } from './updates.ts';

/** `setHandler` for one update and its one argument; its own type asks for more than generics can tell. */
const onUpdate: <Ret, Arg>(update: UpdateDefinition<Ret, [Arg]>, handle: (arg: Arg) => Promise<Ret>) => void =
  setHandler;

/** Answers already given, by command id: a repeated command gets its first answer again. */
export type AnsweredCommands = Record<string, Answer>;

/** How many answers a run remembers and hands to the next one. */
const REMEMBERED_ANSWERS = 200;

/** A command that waits for its answer. */
export interface Waiting<M extends Messages<M>> {
  commandId: string;
  /** Why it was not believed, once that is known. */
  doubt: CommandDoubt | null;
  /**
   * Hands the command to its handler, or refuses it where the handlers have none; `before` runs between handler and
   * answer, so that who waits sees what it did.
   */
  answer(
    handlers: Partial<Handlers<M>>,
    otherwise: Refusal,
    before?: (answer: Answer) => Promise<void>,
  ): Promise<void>;
  refuse(refusal: Refusal): void;
}

/**
 * Queue between message handlers and the main loop of an entity workflow. Handlers wait for their answer; the loop
 * takes one command at a time, so that no two commands ever see half a step of each other.
 */
export class Inbox<M extends Messages<M>> {
  private readonly queue: Waiting<M>[] = [];
  readonly answered: AnsweredCommands;

  constructor(answered: AnsweredCommands) {
    this.answered = { ...answered };
  }

  /** Lets every update of the process into the queue. */
  accept(updates: Partial<Updates<M>>): void {
    for (const type of keysOf(updates)) this.acceptOne(type, updates[type]);
  }

  private acceptOne<K extends keyof M & string>(type: K, update: Updates<M>[K] | undefined): void {
    if (update === undefined) return;
    onUpdate(update, (command: CommandOf<M, K>) => {
      heardCommand();
      return this.send(type, command, update.name);
    });
  }

  /**
   * For handlers: queues the command and resolves with the loop's answer. One that came as an update is believed only if it is
   * on record, and fails otherwise.
   */
  async send<K extends keyof M & string>(
    type: K,
    command: CommandOf<M, K>,
    update: string | null = null,
  ): Promise<AnswerOf<M, K>> {
    const { commandId } = command;
    let waiting = this.queue.find((c) => c.commandId === commandId);
    if (this.answered[commandId] === undefined && waiting === undefined) {
      waiting = this.waiting(type, command, update);
      this.queue.push(waiting);
    }
    await condition(() => this.answered[commandId] !== undefined || (waiting?.doubt ?? null) !== null);
    if (this.answered[commandId] === undefined && waiting?.doubt != null) throw madeUp(waiting.doubt);
    // A command id names one command: what is remembered under it is the answer to this one.
    return this.answered[commandId] as AnswerOf<M, K>;
  }

  private waiting<K extends keyof M & string>(
    type: K,
    command: CommandOf<M, K>,
    update: string | null,
  ): Waiting<M> {
    const { commandId } = command;
    const waiting: Waiting<M> = {
      commandId,
      doubt: null,
      answer: async (handlers, otherwise, before) => {
        if (update !== null && asksForRecord()) waiting.doubt = await doubtOf(update, command);
        if (waiting.doubt !== null) return;
        const handle = handlers[type];
        const answer: Answer = handle === undefined ? otherwise : await handle({ ...command, type });
        await before?.(answer);
        this.remember(commandId, answer);
      },
      refuse: (refusal) => this.remember(commandId, refusal),
    };
    return waiting;
  }

  /**
   * For the loop: the next command, or null when `untilMs` (workflow time) comes first or the loop has to look again. Null
   * `untilMs` waits for ever.
   */
  async next(untilMs: number | null, lookAgain: () => boolean = () => false): Promise<Waiting<M> | null> {
    const woken = () => this.queue.length > 0 || lookAgain();
    if (untilMs === null) await condition(woken);
    else if (!woken() && untilMs > Date.now()) await condition(woken, untilMs - Date.now());
    return this.queue.shift() ?? null;
  }

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  private remember(commandId: string, answer: Answer): void {
    this.answered[commandId] = answer;
    const ids = Object.keys(this.answered);
    for (const id of ids.slice(0, Math.max(0, ids.length - REMEMBERED_ANSWERS))) delete this.answered[id];
  }

  /** Answers what came too late; call when nothing can follow any more. */
  refuseRest(): void {
    for (let command = this.queue.shift(); command !== undefined; command = this.queue.shift()) {
      command.refuse(refuse('wrongState', 'この手続きはすでに終了しています。'));
    }
  }
}
