import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commandSettings } from '../../cli/environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasso-environment-'));
writeFileSync(
  join(folder, 'env.json'),
  JSON.stringify({ DATABASE_URL: 'postgres://of-the-stack/hasso', WEB_PORT: '20001' }),
);
writeFileSync(join(folder, 'key'), 'from a file\n');
afterAll(() => rmSync(folder, { recursive: true }));

test('a command reaches the stack of HASSO_DATA_DIR, in production too, and its own environment counts first', () => {
  const given = { HASSO_MODE: 'production', HASSO_DATA_DIR: folder, WEB_PORT: '8080' };
  expect(commandSettings(given).env).toEqual({ ...given, DATABASE_URL: 'postgres://of-the-stack/hasso' });
});

test('a production without a folder of its own takes nothing from the stack of the clone', () => {
  expect(commandSettings({ HASSO_MODE: 'production', LOG_LEVEL: 'info' }).env).toEqual({
    HASSO_MODE: 'production',
    LOG_LEVEL: 'info',
  });
});

test('a command reads secrets from files, and says which it could not read', () => {
  const given = {
    HASSO_DATA_DIR: folder,
    PERSONAL_DATA_KEY_FILE: join(folder, 'key'),
    SESSION_SECRET_FILE: '/none',
  };
  const { env, problems } = commandSettings(given);
  expect(env.PERSONAL_DATA_KEY).toBe('from a file');
  expect(problems).toEqual(['SESSION_SECRET_FILE: /none cannot be read (ENOENT)']);
});
