import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG_KEYS, loadConfig } from '../../config.ts';
import { rootDir } from '../../dev/paths.ts';

const lines = readFileSync(join(rootDir, '.env.example'), 'utf8').split('\n');
const values = Object.fromEntries(
  lines
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);
/** Not settings of a process: passwords for the compose file, and the owner for the migration. */
const OTHERS = [
  'POSTGRES_PASSWORD',
  'HASSO_OWNER_PASSWORD',
  'HASSO_APP_PASSWORD',
  'TEMPORAL_DB_PASSWORD',
  'DATABASE_OWNER_URL',
];

test('the example names every setting of the processes, and no other', () => {
  expect(Object.keys(values).toSorted()).toEqual([...CONFIG_KEYS, ...OTHERS].toSorted());
});

test('the example is accepted once the secret is filled in, and holds no secret itself', () => {
  expect(() =>
    loadConfig({ ...values, SESSION_SECRET: 'x'.repeat(32), PERSONAL_DATA_KEY: '0'.repeat(64) }),
  ).not.toThrow();
  const secrets = Object.keys(values).filter((key) => /PASSWORD|SECRET|_KEY|APPLICATION_ID/.test(key));
  expect(secrets.filter((key) => values[key] !== '')).toEqual([]);
});
