import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { randomNumbers } from '../../bench/support/random.ts';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { setPolicy } from '../../db/queries/policy/set.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { policyValue } from '../../domain/policy/policies.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { createOutbox, type Outbox } from '../../gateway/outbox.ts';
import { applicants } from '../support/people.ts';
import { differences } from './differences.ts';
import { powerSupply } from './supply.ts';

/** How long rows and workflows may take to agree once the power is back. */
const SETTLES_WITHIN_MS = 120_000;
const FIRST_CONTRACTS = 6;
const answerSchema = z.object({ commandId: z.string(), ok: z.boolean() });

export interface Cuts {
  stateDir: string;
  seed: number;
  cuts: number;
  say: (line: string) => void;
}

export interface Tried {
  cuts: number;
  /** Commands that were stored, and that somebody had an answer to before the power went. */
  commands: number;
  answered: number;
  /** What did not agree in the end; none when nothing was lost, split or done twice. */
  differences: string[];
}

/**
 * Cuts the power of the whole back office at random moments while people decide, and looks each time after it is back
 * whether every case is one thing in rows and workflow (docs/guarantees.md). Stops at the first difference.
 */
export async function tryPowerCuts({ stateDir, seed, cuts, say }: Cuts): Promise<Tried> {
  const random = randomNumbers(seed);
  const answersFile = join(stateDir, 'answers.jsonl');
  const supply = powerSupply(stateDir);
  const tried: Tried = { cuts: 0, commands: 0, answered: 0, differences: [] };
  try {
    for (;;) {
      const env = await supply.on();
      const found = await withOutbox(env, async (outbox) => {
        if (tried.cuts === 0) await prepare(outbox);
        const left = await settle(outbox, env.OUTBOX_DIR ?? '');
        const commands = await outbox.db.query.commands.findMany();
        tried.commands = commands.length;
        const answers = answersIn(answersFile);
        tried.answered = answers.length;
        const rows = new Map(commands.map(({ id, answer }) => [id, answer?.ok]));
        const broken = answers.filter(
          ({ commandId, ok }) => rows.has(commandId) && rows.get(commandId) !== ok,
        );
        return [
          ...left,
          ...broken.map(({ commandId }) => `command ${commandId} was answered otherwise before`),
        ];
      });
      tried.differences = found;
      say(
        `${tried.cuts} cuts, ${tried.commands} commands, ${tried.answered} answered, ${found.length} differences`,
      );
      if (found.length > 0 || tried.cuts === cuts) return tried;
      await supply.plug('load.ts', stateDir, String(seed * 1_000 + tried.cuts), answersFile);
      await delay(200 + random() * 4_000);
      await supply.cut();
      tried.cuts += 1;
    }
  } finally {
    await supply.cut();
  }
}

async function withOutbox<T>(env: Record<string, string>, work: (outbox: Outbox) => Promise<T>): Promise<T> {
  const config = loadConfig(env);
  const { db, close } = openDatabase(config, 4);
  const client = await connectTemporal(config);
  try {
    return await work(createOutbox(db, client));
  } finally {
    await client.connection.close();
    await close();
  }
}

async function prepare(outbox: Outbox): Promise<void> {
  await addBaseData(outbox.db);
  // What was entrusted goes as soon as a contract is over.
  for (const key of ['deletion.graceDays', 'offBoarding.lateUsageDays'] as const) {
    const set = { key, value: policyValue(key, 0), afterVersion: 0, setBy: randomUUID(), reason: '試験' };
    await setPolicy(outbox.db, set);
  }
  const people = applicants(outbox.db, outbox.client);
  for (let made = 0; made < FIRST_CONTRACTS; made += 1) await people.conclude({ contractKind: 'monthly' });
}

/** Waits until nothing differs, or the time is over; what still does. Sends again as the web process does, without its pauses. */
async function settle(outbox: Outbox, outboxDir: string): Promise<string[]> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    await outbox.sweep(new Date(Date.now() + 3_600_000));
    const left = await differences(outbox, outboxDir);
    if (left.length === 0 || Date.now() > deadline) return left;
    await delay(1_000);
  }
}

/** What people had read before the power went; the last line may be torn. */
function answersIn(path: string): z.infer<typeof answerSchema>[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => answerSchema.parse(JSON.parse(line)));
}
