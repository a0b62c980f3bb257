import { condition } from '@temporalio/workflow';
import type { Answer, Command, Refusal } from '../domain/base/answers.ts';
import { refuse } from '../domain/base/answers.ts';

/** Answers already given, by command id: a repeated command gets its first answer again. */
export type AnsweredCommands = Record<string, Answer>;

/** How many answers a run remembers and hands to the next one. */
const REMEMBERED_ANSWERS = 200;

/**
 * Queue between message handlers and the main loop of an entity workflow. Handlers wait for their answer; the loop
 * takes one command at a time, so that no two commands ever see half a step of each other.
 */
export class Inbox<C extends Command & { type: string }> {
  private readonly queue: C[] = [];
  readonly answered: AnsweredCommands;

  constructor(answered: AnsweredCommands) {
    this.answered = { ...answered };
  }

  /** For handlers: queues the command and resolves with the loop's answer. */
  async send<A extends Answer>(command: C): Promise<A | Refusal> {
    const { commandId } = command;
    if (this.answered[commandId] === undefined && !this.queue.some((c) => c.commandId === commandId)) {
      this.queue.push(command);
    }
    await condition(() => this.answered[commandId] !== undefined);
    return this.answered[commandId] as A | Refusal;
  }

  /** For the loop: the next command, or null when `untilMs` (workflow time) comes first. Null `untilMs` waits for ever. */
  async next(untilMs: number | null): Promise<C | null> {
    const arrived = () => this.queue.length > 0;
    if (untilMs === null) await condition(arrived);
    else if (!arrived() && untilMs > Date.now()) await condition(arrived, untilMs - Date.now());
    return this.queue.shift() ?? null;
  }

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  answer(command: C, answer: Answer): void {
    this.answered[command.commandId] = answer;
    const ids = Object.keys(this.answered);
    for (const id of ids.slice(0, Math.max(0, ids.length - REMEMBERED_ANSWERS))) delete this.answered[id];
  }

  /** Answers what came too late; call when nothing can follow any more. */
  refuseRest(): void {
    for (let command = this.queue.shift(); command !== undefined; command = this.queue.shift()) {
      this.answer(command, refuse('wrongState', 'この手続きはすでに終了しています。'));
    }
  }
}
