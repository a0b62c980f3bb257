import { jst } from '../draft.ts';
import type { Folder } from '../folder.ts';
import type { Command, World } from '../lines.ts';
import { submit } from './application.ts';
import { moveAfterEnd, moveTo, nowOf, settled } from './clock.ts';
import { give } from './give.ts';
import type { Office } from './office.ts';
import { readOutcome } from './read.ts';
import type { Subject } from './subject.ts';

export interface Playing {
  office: Office;
  world: World;
  folder: Folder;
  /** Commands that were given before, by an earlier run of the same folder, with the instants at which they were. */
  given: ReadonlyMap<string, Command>;
  signal: AbortSignal;
}

/**
 * Plays one life from its application to the last day of the world: moves its clock to each command and gives it, then writes
 * down what became of all.
 */
export async function playLife(playing: Playing, commands: readonly Command[]): Promise<void> {
  const { office, world, folder, given, signal } = playing;
  const [apply, ...others] = commands;
  if (apply?.kind !== 'apply') throw new Error('a life begins with an application');
  const { life } = apply;
  const lived: Command[] = [];
  const note = (command: Command, atMs: number): void => {
    const line = given.get(command.id) ?? { ...command, at: jst(atMs) };
    lived.push(line);
    if (!given.has(command.id)) folder.given(line);
  };
  const appliedMs = Date.now();
  if (!given.has(apply.id)) await submit(office, world, apply);
  note(apply, appliedMs);
  await settled(office, life);
  for (const command of others) {
    signal.throwIfAborted();
    if (command.kind === 'apply') throw new Error(`${life} applies twice`);
    if (given.has(command.id)) {
      note(command, 0);
      continue;
    }
    const subject = await pass(playing, life, lived, Date.parse(command.at));
    const nowMs = await nowOf(office, subject);
    await give({ office, subject, nowMs, applied: apply }, command);
    note(command, nowMs);
  }
  await pass(playing, life, lived, Date.parse(`${world.through}T12:00:00+09:00`));
  folder.became(folder.endOf(life) ?? (await readOutcome(office, life, lived)));
}

/**
 * Lets time pass. What a contract was when it ended is read then: what the customer entrusted is deleted later (第22条6項).
 */
async function pass(
  { office, folder }: Playing,
  life: string,
  lived: readonly Command[],
  targetMs: number,
): Promise<Subject> {
  const subject = await moveTo(office, life, targetMs);
  if (subject.contractId === null || subject.live) return subject;
  if (folder.endOf(life) === null) folder.ended(await readOutcome(office, life, lived));
  await moveAfterEnd(office, life, subject, targetMs);
  return subject;
}
