import type { UpdateDefinition } from '@temporalio/common';
import type { Answer, Command } from '../domain/base/answers.ts';

/** One kind of command of a process: the name of its update, what it carries beside id and actor, what it answers beside ok. */
export interface Update<
  Name extends string = string,
  Carries extends object = object,
  Answers extends object = object,
> {
  name: Name;
  carries: Carries;
  answers: Answers;
}

/** What comes in by another way than an update, a signal for example, and is answered to nobody. */
export type Told<Carries extends object = object> = Update<string, Carries>;

/** All commands of a process, by the word under which its handlers know them. */
export type Messages<M> = { [K in keyof M]: Update };

/** What a caller sends. */
export type CommandOf<M extends Messages<M>, K extends keyof M> = Command & M[K]['carries'];

/** What a handler takes: the command under its own word, so that a handler of another one does not fit. */
export type Taken<M extends Messages<M>, K extends keyof M> = CommandOf<M, K> & { type: K };

export type AnswerOf<M extends Messages<M>, K extends keyof M> = Answer<M[K]['answers']>;

/** The updates of a process; a name that belongs to another command does not compile. */
export type Updates<M extends Messages<M>> = {
  [K in keyof M]: UpdateDefinition<AnswerOf<M, K>, [CommandOf<M, K>], M[K]['name']>;
};

/** What answers commands, each by its own word. */
export type Handlers<M extends Messages<M>> = {
  [K in keyof M]: (command: Taken<M, K>) => Promise<AnswerOf<M, K>>;
};
