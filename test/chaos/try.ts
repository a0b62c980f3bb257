import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { startStack } from '../../dev/stack.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { startMailServer, type Verdict } from '../activities/mail-support.ts';
import { disagreements, inWords } from '../simulation/compare.ts';
import { type Folder, openFolder, readFolder } from '../simulation/folder.ts';
import { commandsOf } from '../simulation/lives.ts';
import { simulate } from '../simulation/simulate.ts';
import { worldOf } from '../simulation/world.ts';
import { START_WITHIN_MS } from '../support/patience.ts';
import { happen, type Victims } from './faults.ts';
import { broken } from './invariants.ts';
import { mannersOf } from './manners.ts';
import { startObjectStore } from './object-store.ts';
import { type Fault, faultInWords, planOf } from './plan.ts';

const JUMPING_CLOCK = new URL('jumping-clock.mjs', import.meta.url).href;

export interface Chaos {
  seed: number;
  contracts: number;
  months: number;
  faults: number;
  dir: string;
  signal: AbortSignal;
  say: (line: string) => void;
}

export interface Came {
  faults: number;
  commands: number;
  /** What did not hold in the end, in words; none when all is well. */
  wrong: string[];
}

/**
 * Plays the lives of a seed while parts of the back office are killed, stopped, slowed, filled up and cut off, and while
 * people are impatient; then lets the oracle judge and looks whether anything was lost, split, done twice or told to a log.
 */
export async function tryChaos(chaos: Chaos): Promise<Came> {
  const { seed, contracts, months, dir, signal, say } = chaos;
  const folder = openFolder(dir);
  folder.begin(worldOf({ seed, contracts, months, fromMs: Date.now() }));
  const recorded = readFolder(dir);
  const drawn = commandsOf(recorded.world).length;
  const plan = planOf(seed, { faults: chaos.faults, commands: drawn });
  const mail: Victims['mail'] = { fault: null };
  const store: Victims['store'] = { fault: null };
  const clockFile = join(dir, 'clock');
  writeFileSync(clockFile, '0');
  const outboxDir = join(dir, 'outbox');
  const server = await startMailServer(outboxDir, () => answerTo(mail));
  const documents = await startObjectStore(join(dir, 'documents'), () => store.fault);
  const stack = await startStack({
    stateDir: join(dir, 'stack'),
    apps: ['web', 'interactive', 'background'],
    env: {
      ...{ SMTP_URL: server.url, OUTBOX_DIR: outboxDir, ...documents.env },
      ...{ NODE_OPTIONS: `--import ${JUMPING_CLOCK}`, CHAOS_CLOCK: clockFile },
    },
    // A killed process loses nothing that it wrote: what a disk forgets is not what is tried here.
    throwaway: true,
    startWithinMs: START_WITHIN_MS,
    log: say,
    signal,
  });
  try {
    const faulty = withFaults(folder, plan, { pids: stack.pids, mail, store, clockFile }, say);
    const run = { env: stack.env, folder: faulty.folder, recorded, atOnce: contracts, signal };
    await simulate({ ...run, progress: say, manner: mannersOf(seed) });
    const faults = await faulty.over();
    const { commands, ...rest } = readFolder(dir);
    const wrong = disagreements({ commands, ...rest }).map(inWords);
    const left = await afterwards(stack.env, { outboxDir, logDir: stack.env.LOG_DIR ?? '', commands });
    return { faults, commands: commands.length, wrong: [...wrong, ...left] };
  } finally {
    await stack.stop();
    await server.stop();
    await documents.stop();
  }
}

function answerTo({ fault }: Victims['mail']): Verdict {
  if (fault === null) return 'take';
  return fault === 'full' ? { code: 452, text: '4.3.1 insufficient system storage' } : 'cut';
}

/** The folder, in which each fault begins as soon as so many commands stand. */
function withFaults(folder: Folder, plan: readonly Fault[], victims: Victims, say: (line: string) => void) {
  const waiting = plan.toSorted((a, b) => a.after - b.after);
  const begun: Promise<void>[] = [];
  let given = 0;
  const begin = () => {
    for (let fault = waiting[0]; fault !== undefined && fault.after <= given; fault = waiting[0]) {
      waiting.shift();
      say(faultInWords(fault));
      begun.push(happen(victims, fault));
    }
  };
  return {
    folder: {
      ...folder,
      given(line: Parameters<Folder['given']>[0]) {
        folder.given(line);
        given += 1;
        begin();
      },
    },
    /** Waits until all that began are over; how many those were. */
    async over(): Promise<number> {
      await Promise.all(begun);
      return begun.length;
    },
  };
}

async function afterwards(
  env: Readonly<Record<string, string>>,
  places: Parameters<typeof broken>[1],
): Promise<string[]> {
  const config = loadConfig(env);
  const { db, close } = openDatabase(config, 4);
  const client = await connectTemporal(config);
  try {
    return await broken(createOutbox(db, client), places);
  } finally {
    await client.connection.close();
    await close();
  }
}
