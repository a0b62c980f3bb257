import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of caught mails in the development outbox, by the names of the mails (`outboxName`). */
export async function outboxFiles(
  outboxDir: string | undefined,
  mails: readonly string[],
): Promise<string[]> {
  if (outboxDir === undefined || mails.length === 0) return [];
  return (await readdir(outboxDir)).filter((file) => mails.some((name) => file.includes(`-${name}.`)));
}

/** Removes caught mails; what is gone already is no error. */
export async function eraseOutboxMails(
  outboxDir: string | undefined,
  mails: readonly string[],
): Promise<void> {
  for (const file of await outboxFiles(outboxDir, mails))
    await rm(join(outboxDir ?? '', file), { force: true });
}
