import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { randomNumbers } from '../../bench/support/random.ts';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { environmentOf } from './environment.ts';
import { type Attempt, officeOf } from './office.ts';

/** How many people work at the same time. */
const PEOPLE = 4;

/**
 * People at work until the power is cut: each takes a case by chance and does to it by chance what is open to them. What
 * was answered stands in a file, a line each, written before the next is begun. Arguments: state folder, seed, file.
 */
const [stateDir = '', seed = '', answersFile = ''] = process.argv.slice(2);
const config = loadConfig(environmentOf(stateDir));
const { db } = openDatabase(config, PEOPLE);
const client = await connectTemporal(config);
const office = officeOf(createOutbox(db, client));

async function work(random: () => number): Promise<never> {
  for (;;) {
    const commandId = randomUUID();
    const attempt: Attempt | null = await office.someAttempt(random, commandId).catch(() => null);
    if (attempt === null) continue;
    const answer = await attempt.make().catch(() => null);
    if (answer !== null) appendFileSync(answersFile, `${JSON.stringify({ commandId, ok: answer.ok })}\n`);
  }
}

process.send?.('working');
await Promise.all(
  Array.from({ length: PEOPLE }, (_, person) => work(randomNumbers(Number(seed) * PEOPLE + person))),
);
