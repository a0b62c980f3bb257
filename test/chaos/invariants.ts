import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Outbox } from '../../gateway/outbox.ts';
import { differences } from '../power-cuts/differences.ts';
import type { Command } from '../simulation/lines.ts';

const SETTLES_WITHIN_MS = 120_000;
/** The player ends notices once they are sent (test/simulation/play/editions.ts): nobody waits for what comes back. */
const ENDED_BY_PLAYER = /^notice\/.*"row":"following","workflow":"terminated"/;

/**
 * What must hold once nothing befalls anybody any more, in sentences about what does not: every command is answered and had the
 * effect of its answer once, rows and workflows agree, nothing is there twice, the audit chain is whole, nobody's data is in a log.
 */
export async function broken(
  outbox: Outbox,
  places: { outboxDir: string; logDir: string; commands: readonly Command[] },
): Promise<string[]> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  let left: string[];
  do {
    // As the web process does, without its pauses.
    await outbox.sweep(new Date(Date.now() + 3_600_000));
    left = (await differences(outbox, places.outboxDir)).filter((line) => !ENDED_BY_PLAYER.test(line));
    if (left.length > 0) await delay(1_000);
  } while (left.length > 0 && Date.now() < deadline);
  return [...left, ...(await personalDataInLogs(places.logDir, places.commands))];
}

/** Lines of logs that name a customer. */
async function personalDataInLogs(dir: string, commands: readonly Command[]): Promise<string[]> {
  const texts = new Set(
    commands.flatMap((command) => {
      if (command.kind === 'apply') {
        const { name, address, contactEmail } = command.company;
        return [name, address, contactEmail];
      }
      if (command.kind === 'changeCustomer')
        return Object.values(command.values).filter((text) => text !== undefined);
      return command.kind === 'changeContact' ? [command.email] : [];
    }),
  );
  const found: string[] = [];
  for (const name of readdirSync(dir)) {
    const lines = createInterface({ input: createReadStream(join(dir, name)), crlfDelay: Infinity });
    for await (const line of lines) {
      if ([...texts].some((text) => line.includes(text)))
        found.push(`${name} names a customer: ${line.slice(0, 200)}`);
    }
  }
  return found;
}
