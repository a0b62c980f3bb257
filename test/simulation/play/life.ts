import { jst } from '../draft.ts';
import type { Folder } from '../folder.ts';
import type { Command, CommandOf, World } from '../lines.ts';
import { readAfterEnd, type WorkAfterEnd, work, workAfterEnd } from './after-end.ts';
import { submit } from './application.ts';
import { finished, moveAfterEnd, moveTo, nowOf, settled } from './clock.ts';
import { give } from './give.ts';
import type { Office } from './office.ts';
import { patiently } from './patience.ts';
import { readLedger, readOutcome } from './read.ts';
import type { Subject } from './subject.ts';

export interface Playing {
  office: Office;
  world: World;
  folder: Folder;
  /** Commands that were given before, by an earlier run of the same folder, with the instants at which they were. */
  given: ReadonlyMap<string, Command>;
  signal: AbortSignal;
  /** How whoever gives a command behaves: gives it, gives it twice, gives up and comes back. */
  manner: (commandId: string, act: () => Promise<void>) => Promise<void>;
}

export interface Living extends Playing {
  life: string;
  apply: CommandOf<'apply'>;
  /** Commands that are yet to be looked at. */
  rest: Command[];
  /** What was given so far. */
  lived: Command[];
  /** Ids of work after the end that was done, by whichever run. */
  worked: Set<string>;
}

/** A life before it begins. */
export function livingOf(playing: Playing, commands: readonly Command[]): Living {
  const [apply] = commands;
  if (apply?.kind !== 'apply') throw new Error('a life begins with an application');
  const worked = new Set(playing.given.keys());
  return { ...playing, life: apply.life, apply, rest: [...commands], lived: [], worked };
}

/** Plays a life up to an instant in milliseconds: moves its clock to each command, gives it, and goes on to the instant. */
export async function playUntil(living: Living, untilMs: number): Promise<void> {
  const { rest, signal } = living;
  for (let command = rest[0]; command !== undefined; command = rest[0]) {
    if (Date.parse(command.at) >= untilMs) break;
    const next = command;
    await patiently(signal, () => play(living, next));
    rest.shift();
  }
  await patiently(signal, () => pass(living, untilMs));
}

const APPLYING = [
  'apply',
  'correct',
  'withdrawApplication',
  'review',
  'approve',
  'campaign',
  'decideCampaign',
];

/** Plays what leads to a contract, or to none. */
export async function playApplication({ rest, ...living }: Living): Promise<void> {
  for (let command = rest[0]; command !== undefined && APPLYING.includes(command.kind); command = rest[0]) {
    const next = command;
    await patiently(living.signal, () => play({ ...living, rest }, next));
    rest.shift();
  }
}

async function play(living: Living, command: Command): Promise<void> {
  const { office, world, given, apply, life, manner } = living;
  if (given.has(command.id)) return note(living, command, 0);
  if (isAfterEnd(command)) throw new Error(`${life}: ${command.kind} is not drawn`);
  if (command.kind === 'apply') {
    const appliedMs = Date.now();
    await manner(command.id, () => submit(office, world, command));
    return note(living, command, appliedMs);
  }
  const atMs = Date.parse(command.at);
  const subject = await pass(living, atMs);
  const nowMs = await nowOf(office, subject, atMs);
  await manner(command.id, () => give({ office, subject, nowMs, applied: apply }, command));
  note(living, command, nowMs);
}

const isAfterEnd = (command: Command): command is WorkAfterEnd =>
  ['completeStep', 'hold', 'liftHold', 'decideHold'].includes(command.kind);

/** Writes down a command with the instant at which it was given, once. */
function note({ given, lived, folder }: Living, command: Command, atMs: number): void {
  const before = given.get(command.id);
  const line = before ?? { ...command, at: jst(atMs) };
  lived.push(line);
  if (before === undefined) folder.given(line);
}

/** Lets time pass. What a contract was when it ended is read then: what the customer entrusted is deleted later (第22条6項). */
async function pass(living: Living, targetMs: number): Promise<Subject> {
  const { office, life, folder, lived, world } = living;
  const subject = await moveTo(office, life, targetMs);
  if (subject.contractId === null || subject.live) return subject;
  if (folder.endOf(life) === null) {
    await finished(office, life);
    folder.ended(await readOutcome(office, life, lived, world.through));
  }
  await workAfterwards(living, subject, targetMs);
  await moveAfterEnd(office, life, subject, targetMs);
  return subject;
}

/** What people do by hand after an end, each when its time has come. */
async function workAfterwards(living: Living, subject: Subject, targetMs: number): Promise<void> {
  const { office, world, life, folder, worked } = living;
  const { contractId, endsOn } = subject;
  if (contractId === null || endsOn === null) return;
  for (const command of workAfterEnd(world.seed, life, endsOn)) {
    const atMs = Date.parse(command.at);
    if (worked.has(command.id) || atMs > targetMs) continue;
    await moveAfterEnd(office, life, subject, atMs);
    const nowMs = await nowOf(office, subject, atMs);
    const done = await work(office, contractId, command, nowMs);
    worked.add(command.id);
    if (done) folder.given({ ...command, at: jst(nowMs) });
  }
}

/** Writes down what became of a life that was played to the last day. */
export async function writeOutcome(living: Living): Promise<void> {
  await patiently(living.signal, () => write(living));
}

async function write({ office, life, folder, lived, world }: Living): Promise<void> {
  await finished(office, life);
  const outcome = folder.endOf(life) ?? (await readOutcome(office, life, lived, world.through));
  const { contractId } = await settled(office, life);
  if (contractId === null) return folder.became(outcome);
  const [ledger, afterEnd] = await Promise.all([
    readLedger(office, contractId),
    readAfterEnd(office, life, contractId),
  ]);
  folder.became({ ...outcome, ledger, afterEnd });
}
