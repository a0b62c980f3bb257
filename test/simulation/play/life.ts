import { setTimeout as delay } from 'node:timers/promises';
import { jst } from '../draft.ts';
import type { Folder } from '../folder.ts';
import type { Command, World } from '../lines.ts';
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

interface Living extends Playing {
  life: string;
  /** What was given so far. */
  lived: Command[];
}

/**
 * Plays one life from its application to the last day of the world: moves its clock to each command and gives it, then writes
 * down what became of all.
 */
export async function playLife(playing: Playing, commands: readonly Command[]): Promise<void> {
  const [apply, ...others] = commands;
  if (apply?.kind !== 'apply') throw new Error('a life begins with an application');
  const { life } = apply;
  const living: Living = { ...playing, life, lived: [] };
  const { office, world, given, signal } = living;
  const appliedMs = Date.now();
  if (!given.has(apply.id)) await submit(office, world, apply);
  note(living, apply, appliedMs);
  for (const command of others) {
    signal.throwIfAborted();
    if (command.kind === 'apply' || command.kind === 'completeStep')
      throw new Error(`${life}: ${command.kind} is not drawn`);
    if (!given.has(command.id)) {
      const atMs = Date.parse(command.at);
      const subject = await pass(living, atMs);
      const nowMs = await nowOf(office, subject, atMs);
      await patiently(() => give({ office, subject, nowMs, applied: apply }, command));
      note(living, command, nowMs);
    } else note(living, command, 0);
  }
  await pass(living, Date.parse(`${world.through}T12:00:00+09:00`));
  await writeOutcome(living);
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

async function writeOutcome({ office, life, folder, lived }: Living): Promise<void> {
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
