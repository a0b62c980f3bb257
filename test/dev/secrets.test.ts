import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasso-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('secrets are made once, at random, in a folder that nobody else may enter, and never over one that is there', () => {
  const secrets = join(folder, 'secrets');
  const make = () => execFileSync('sh', [join(rootDir, 'deploy/secrets.sh'), secrets], { cwd: folder });
  make();
  const all = () =>
    Object.fromEntries(readdirSync(secrets).map((name) => [name, readFileSync(join(secrets, name), 'utf8')]));
  const first = all();
  expect(statSync(secrets).mode & 0o777).toBe(0o700);
  expect(first.PERSONAL_DATA_KEY).toMatch(/^[0-9a-f]{64}$/);
  expect(first.TEMPORAL_CODEC_KEYS).toMatch(/^a:[0-9a-f]{64}$/);
  const ours = Object.values(first).filter((value) => value !== '');
  expect(new Set(ours).size).toBe(ours.length);
  rmSync(join(secrets, 'YENTE_API_KEY'));
  writeFileSync(join(secrets, 'YENTE_API_KEY'), 'given by others');
  make();
  expect(all()).toEqual({ ...first, YENTE_API_KEY: 'given by others' });
});

test('what .env says is kept, so that a database made before can still be opened', () => {
  const cwd = mkdtempSync(join(folder, 'said-'));
  const lines = [
    'HASSO_APP_PASSWORD=of before',
    `SMTP_PASSWORD='a$b"c'`,
    'SESSION_SECRET=',
    'PERSONAL_DATA_KEY=old',
    'PERSONAL_DATA_KEY="new"',
  ];
  writeFileSync(join(cwd, '.env'), `${lines.join('\n')}\n`);
  const told = execFileSync('sh', [join(rootDir, 'deploy/secrets.sh')], { cwd, encoding: 'utf8' });
  const made = (name: string) => readFileSync(join(cwd, 'secrets', name), 'utf8');
  expect(made('HASSO_APP_PASSWORD')).toBe('of before');
  expect(made('SMTP_PASSWORD')).toBe('a$b"c');
  expect(made('PERSONAL_DATA_KEY')).toBe('new');
  expect(made('SESSION_SECRET')).toMatch(/^[0-9a-f]{64}$/);
  expect(told).toContain('HASSO_APP_PASSWORD PERSONAL_DATA_KEY SMTP_PASSWORD');
  expect(told).not.toContain('of before');
});

test('a file that is no secret stays a setting of the program', () => {
  const said = execFileSync('sh', [join(rootDir, 'deploy/with-secrets.sh'), 'env'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, OTHER_FILE: '/etc/hosts' },
  });
  expect(said).toContain('OTHER_FILE=/etc/hosts');
});
