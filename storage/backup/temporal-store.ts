import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ALL_PAGES = 2 ** 31 - 1;
const NAMES = ['temporal.db', 'temporal-cli.db'] as const;

/** The store of the embedded Temporal server in the folder of an installation; null where there is none. */
export function temporalStoreIn(folder: string): { name: (typeof NAMES)[number]; path: string } | null {
  const found = NAMES.flatMap((name) => {
    const path = join(folder, 'temporal', name);
    const file = statSync(path, { throwIfNoEntry: false });
    return file === undefined ? [] : [{ name, path, changedMs: file.mtimeMs }];
  });
  // Two programs can keep it, each in a file of its own: the one that was written last is the one in use.
  const [last] = found.toSorted((a, b) => b.changedMs - a.changedMs);
  return last === undefined ? null : { name: last.name, path: last.path };
}

/** Copies an SQLite file as it is at one instant, while others write to it. The copy lies beside it until `done`. */
export async function copyOfStore(path: string): Promise<{ path: string; done(): void }> {
  // Only this needs it, and Node says with a warning that it is new.
  const { backup, DatabaseSync } = await import('node:sqlite');
  const copy = `${path}.backup`;
  rmSync(copy, { force: true });
  const store = new DatabaseSync(path, { readOnly: true });
  try {
    // All pages in one step: between steps a writer would make it begin anew.
    await backup(store, copy, { rate: ALL_PAGES });
  } finally {
    store.close();
  }
  return { path: copy, done: () => rmSync(copy, { force: true }) };
}
