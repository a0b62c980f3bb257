import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { setPolicy } from '../../db/queries/policy/set.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { isPolicyKey, policyValue } from '../../domain/policy/policies.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { atHour, jst } from './draft.ts';
import type { Folder, Recorded } from './folder.ts';
import type { Command, World } from './lines.ts';
import { commandsOf } from './lives.ts';
import { announce, callOff, endService } from './play/discontinuations.ts';
import { publish, raiseFees, takeEffect } from './play/editions.ts';
import {
  type Living,
  livingOf,
  type Playing,
  playApplication,
  playUntil,
  writeOutcome,
} from './play/life.ts';
import { idOf, type Office, officeOf } from './play/office.ts';
import { patiently } from './play/patience.ts';

/** As often as the web process sends again what has no answer. */
const SWEEP_MS = 10_000;

export interface Simulation {
  /** The environment of a running stack with its workers. */
  env: Readonly<Record<string, string>>;
  folder: Folder;
  recorded: Pick<Recorded, 'world' | 'commands' | 'outcomes'>;
  /** What is to be given; what the seed draws unless said otherwise. */
  commands?: readonly Command[];
  /** How many lives are played at once. */
  atOnce: number;
  signal: AbortSignal;
  /** How people behave who give commands; everybody waits for the answer where nothing is said. */
  manner?: Playing['manner'];
  /** Tells how far it is, in words. */
  progress: (words: string) => void;
}

/** Plays every life of a world that has no outcome on record yet. Throws the first fault once all that run have stopped. */
export async function simulate(simulation: Simulation): Promise<void> {
  const { env, folder, recorded, atOnce, progress, manner = (_, act) => act() } = simulation;
  const { world } = recorded;
  const config = loadConfig(env);
  const { db, close } = openDatabase(config, 8);
  const client = await connectTemporal(config);
  const stop = new AbortController();
  const signal = AbortSignal.any([simulation.signal, stop.signal]);
  const office = officeOf(db, client);
  const sweeping = setInterval(() => void office.outbox.sweep().catch(() => undefined), SWEEP_MS);
  try {
    await addBaseData(db);
    await setPolicies(office, world);
    const given = new Map(recorded.commands.map((command) => [command.id, command]));
    const done = new Set(recorded.outcomes.map(({ life }) => life));
    const playing = { office, world, folder, given, signal, manner };
    const lives = livesOf(simulation.commands ?? commandsOf(world))
      .filter(([life]) => !done.has(life))
      .map(([, commands]) => livingOf(playing, commands));
    const together = (act: (living: Living) => Promise<void>, some = lives) => allOf(some, atOnce, act, stop);
    // Whether a corporation has a contract already must not hang on which life is faster.
    const [first, second] = firstsAndSeconds(lives);
    await together(playApplication, first);
    await together(playApplication, second);
    for (const { atMs, happen } of happeningsOf(world)) {
      progress(`${jst(atMs).slice(0, 10)}`);
      await together((living) => playUntil(living, atMs));
      await patiently(signal, () => happen(office));
    }
    let played = done.size;
    await together(async (living) => {
      await playUntil(living, atHour(world.through, 12));
      await writeOutcome(living);
      played += 1;
      progress(`${played} of ${world.contracts} contracts lived through`);
    });
  } finally {
    clearInterval(sweeping);
    await client.connection.close();
    await close();
  }
}

/** Those that apply for the first contract of their corporation, and the others. */
function firstsAndSeconds(lives: readonly Living[]): [Living[], Living[]] {
  const known = new Set<string>();
  const second = lives.filter(({ apply: { company } }) => {
    const seen = known.has(company.corporateNumber);
    known.add(company.corporateNumber);
    return seen;
  });
  return [lives.filter((living) => !second.includes(living)), second];
}

interface Happening {
  atMs: number;
  happen: (office: Office) => Promise<void>;
}

/** What happens to all contracts at once, on one day of all clocks. */
function happeningsOf({ laterEditions, feeChanges, discontinuations }: World): Happening[] {
  const editions = laterEditions.flatMap((edition) => [
    { atMs: atHour(edition.announcedOn, 7), happen: (office: Office) => publish(office, edition) },
    { atMs: atHour(edition.effectiveOn, 7), happen: (office: Office) => takeEffect(office, edition) },
  ]);
  const fees = feeChanges.map((change) => ({
    ...{ atMs: atHour(change.announcedOn, 7), happen: (office: Office) => raiseFees(office, change) },
  }));
  const ends = discontinuations.flatMap((line) => [
    { atMs: atHour(line.announcedOn, 7), happen: (office: Office) => announce(office, line) },
    line.calledOffOn === null
      ? { atMs: dayAfter(line.lastDay), happen: (office: Office) => endService(office, line) }
      : { atMs: atHour(line.calledOffOn, 7), happen: (office: Office) => callOff(office, line) },
  ]);
  return [...editions, ...fees, ...ends].toSorted((a, b) => a.atMs - b.atMs);
}

const dayAfter = (date: string): number => atHour(date, 24 + 7);

/** Does something for each life, so many at once. Throws the first fault once all that run have stopped. */
async function allOf(
  lives: readonly Living[],
  atOnce: number,
  act: (living: Living) => Promise<void>,
  stop: AbortController,
): Promise<void> {
  const waiting = [...lives];
  const next = async (): Promise<void> => {
    for (let living = waiting.shift(); living !== undefined; living = waiting.shift()) await act(living);
  };
  const working = Array.from({ length: atOnce }, () =>
    next().catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  for (const result of await Promise.allSettled(working)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

function livesOf(commands: readonly Command[]): [string, Command[]][] {
  const lives = new Map<string, Command[]>();
  for (const command of commands) {
    const life = lives.get(command.life);
    if (life === undefined) lives.set(command.life, [command]);
    else life.push(command);
  }
  return [...lives];
}

/** The world's policies hold from the beginning. */
async function setPolicies({ db }: Office, { policies }: World): Promise<void> {
  const present: Record<string, unknown> = { ...(await loadPolicies(db)) };
  for (const [key, value] of Object.entries(policies)) {
    if (!isPolicyKey(key)) throw new Error(`there is no policy ${key}`);
    if (JSON.stringify(present[key]) === JSON.stringify(value)) continue;
    const version = await setPolicy(db, {
      key,
      value: policyValue(key, value),
      afterVersion: 0,
      setBy: idOf('admin'),
      reason: 'simulation',
    });
    if (version === null) throw new Error(`the policy ${key} was set otherwise`);
  }
}
