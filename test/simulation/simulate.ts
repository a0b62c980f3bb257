import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { setPolicy } from '../../db/queries/policy/set.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { isPolicyKey, policyValue } from '../../domain/policy/policies.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import type { Folder, Recorded } from './folder.ts';
import type { Command, World } from './lines.ts';
import { commandsOf } from './lives.ts';
import { playLife } from './play/life.ts';
import { idOf, type Office, officeOf } from './play/office.ts';

export interface Simulation {
  /** The environment of a running stack with its workers. */
  env: Readonly<Record<string, string>>;
  folder: Folder;
  recorded: Pick<Recorded, 'world' | 'commands' | 'outcomes'>;
  /** How many lives are played at once. */
  atOnce: number;
  signal: AbortSignal;
  progress: (done: number, all: number) => void;
}

/** Plays every life of a world that has no outcome on record yet. Throws the first fault once all that run have stopped. */
export async function simulate(simulation: Simulation): Promise<void> {
  const { env, folder, recorded, atOnce, progress } = simulation;
  const { world } = recorded;
  const config = loadConfig(env);
  const { db, close } = openDatabase(config, 8);
  const client = await connectTemporal(config.TEMPORAL_ADDRESS, config.TEMPORAL_NAMESPACE);
  const stop = new AbortController();
  const signal = AbortSignal.any([simulation.signal, stop.signal]);
  try {
    const office = officeOf(db, client);
    await addBaseData(db);
    await setPolicies(office, world);
    const given = new Map(recorded.commands.map((command) => [command.id, command]));
    const done = new Set(recorded.outcomes.map(({ life }) => life));
    const lives = livesOf(world).filter(([life]) => !done.has(life));
    let played = done.size;
    const all = played + lives.length;
    progress(played, all);
    const playNext = async (): Promise<void> => {
      for (let next = lives.shift(); next !== undefined; next = lives.shift()) {
        await playLife({ office, world, folder, given, signal }, next[1]);
        played += 1;
        progress(played, all);
      }
    };
    const results = await Promise.allSettled(
      Array.from({ length: atOnce }, () =>
        playNext().catch((error: unknown) => {
          stop.abort(error);
          throw error;
        }),
      ),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    await delay(0);
  } finally {
    await client.connection.close();
    await close();
  }
}

function livesOf(world: World): [string, Command[]][] {
  const lives = new Map<string, Command[]>();
  for (const command of commandsOf(world)) {
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
