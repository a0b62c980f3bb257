import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';

/** Columns of somebody else's calendar: the provider counts usage by GMT days. */
const FOREIGN = ['usage_on'];

test('every date column is a day in Japan by its type (db/schema/columns.ts), but for those of another calendar', () => {
  const folder = join(rootDir, 'db/schema');
  const columns = (by: string) =>
    readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(new RegExp(`\\b${by}\\('(\\w+)'`, 'g'))].map(
        ([, column]) => column,
      ),
    );
  expect(columns('date')).toEqual(FOREIGN);
  expect(columns('civilDay').length).toBeGreaterThan(40);
});
