import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface StoreSize {
  rows: number;
  bytes: number;
}

/** Rows and bytes in the store of the embedded Temporal server; null where the server is not the embedded one. */
export function temporalStoreSize(stateDir: string): StoreSize | null {
  const path = ['temporal.db', 'temporal-cli.db']
    .map((name) => join(stateDir, 'temporal', name))
    .find((file) => existsSync(file));
  if (path === undefined) return null;
  const store = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = store.prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
    );
    const rows = tables
      .all()
      .map(({ name }) => store.prepare(`select count(*) as rows from "${String(name)}"`).get()?.rows)
      .reduce<number>((sum, count) => sum + Number(count), 0);
    const pragma = (name: string) => Number(Object.values(store.prepare(`pragma ${name}`).get() ?? {})[0]);
    return { rows, bytes: pragma('page_count') * pragma('page_size') };
  } finally {
    store.close();
  }
}
