import { setTimeout as delay } from 'node:timers/promises';
import { jst } from '../draft.ts';
import type { Folder } from '../folder.ts';
import type { Command, CommandOf, World } from '../lines.ts';
import { completeStep, readAfterEnd, workAfterEnd } from './after-end.ts';
import { submit } from './application.ts';
import { finished, moveAfterEnd, moveTo, nowOf, settled } from './clock.ts';
import { give } from './give.ts';
import type { Office } from './office.ts';
import { readLedger, readOutcome } from './read.ts';
import type { Subject } from './subject.ts';

export interface Playing {
  office: Office;
  world: World;
  folder: Folder;
  /** Commands that were given before, by an earlier run of the same folder, with the instants at which they were. */
  given: ReadonlyMap<string, Command>;
  signal: AbortSignal;
}

export interface Living extends Playing {
  life: string;
  apply: CommandOf<'apply'>;
  /** Commands that are yet to be looked at. */
  rest: Command[];
  /** What was given so far. */
  lived: Command[];
}

/** A life before it begins. */
export function livingOf(playing: Playing, commands: readonly Command[]): Living {
  const [apply] = commands;
  if (apply?.kind !== 'apply') throw new Error('a life begins with an application');
  return { ...playing, life: apply.life, apply, rest: [...commands], lived: [] };
}

/** Plays a life up to an instant in milliseconds: moves its clock to each command, gives it, and goes on to the instant. */
export async function playUntil(living: Living, untilMs: number): Promise<void> {
  const { rest, signal } = living;
  for (let command = rest[0]; command !== undefined; command = rest[0]) {
    if (Date.parse(command.at) >= untilMs) break;
    signal.throwIfAborted();
    await play(living, command);
    rest.shift();
  }
  await pass(living, untilMs);
}

async function play(living: Living, command: Command): Promise<void> {
  const { office, world, given, apply, life } = living;
  if (given.has(command.id)) return note(living, command, 0);
  if (command.kind === 'completeStep') throw new Error(`${life}: ${command.kind} is not drawn`);
  if (command.kind === 'apply') {
    const appliedMs = Date.now();
    await submit(office, world, command);
    return note(living, command, appliedMs);
  }
  const atMs = Date.parse(command.at);
  const subject = await pass(living, atMs);
  const nowMs = await nowOf(office, subject, atMs);
  await patiently(() => give({ office, subject, nowMs, applied: apply }, command));
  note(living, command, nowMs);
}

const TRIES = 8;
const PAUSE_MS = 3_000;

/** On a busy machine a workflow may be too slow to answer: the command is stored, and given again it counts once. */
async function patiently(act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (attempt === TRIES) throw error;
      await delay(PAUSE_MS);
    }
  }
}

/** Writes down a command with the instant at which it was given, once. */
function note({ given, lived, folder }: Living, command: Command, atMs: number): void {
  const before = given.get(command.id);
  const line = before ?? { ...command, at: jst(atMs) };
  lived.push(line);
  if (before === undefined) folder.given(line);
}

/** Lets time pass. What a contract was when it ended is read then: what the customer entrusted is deleted later (第22条6項). */
async function pass(living: Living, targetMs: number): Promise<Subject> {
  const { office, life, folder, lived } = living;
  const subject = await moveTo(office, life, targetMs);
  if (subject.contractId === null || subject.live) return subject;
  if (folder.endOf(life) === null) {
    await finished(office, life);
    folder.ended(await readOutcome(office, life, lived));
  }
  await workAfterwards(living, subject, targetMs);
  await moveAfterEnd(office, life, subject, targetMs);
  return subject;
}

/** What people do by hand after an end, each when its time has come. */
async function workAfterwards(living: Living, subject: Subject, targetMs: number): Promise<void> {
  const { office, world, life, folder, given } = living;
  const { contractId, endsOn } = subject;
  if (contractId === null || endsOn === null) return;
  for (const work of workAfterEnd(world.seed, life, endsOn)) {
    const atMs = Date.parse(work.at);
    if (given.has(work.id) || atMs > targetMs) continue;
    await moveAfterEnd(office, life, subject, atMs);
    const nowMs = await nowOf(office, subject, atMs);
    if (await completeStep(office, contractId, work)) folder.given({ ...work, at: jst(nowMs) });
  }
}

/** Writes down what became of a life that was played to the last day. */
export async function writeOutcome({ office, life, folder, lived }: Living): Promise<void> {
  await finished(office, life);
  const outcome = folder.endOf(life) ?? (await readOutcome(office, life, lived));
  const { contractId } = await settled(office, life);
  if (contractId === null) return folder.became(outcome);
  const [ledger, afterEnd] = await Promise.all([
    readLedger(office, contractId),
    readAfterEnd(office, contractId),
  ]);
  folder.became({ ...outcome, ledger, afterEnd });
}
