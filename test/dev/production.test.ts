import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkedForProduction } from '../../dev/production.ts';
import { createSupervisor } from '../../dev/supervisor.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasso-production-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fit = {
  HASSO_MODE: 'production',
  HASSO_DATA_DIR: folder,
  HASSO_ACCEPT: 'root',
  PERSONAL_DATA_KEY: '1'.repeat(64),
  SESSION_SECRET: '2'.repeat(64),
  TEMPORAL_CODEC_KEYS: `a:${'3'.repeat(64)}`,
  SMTP_URL: 'smtps://mail.operator.jp',
  WEB_URL: 'https://hasso.operator.jp',
  MAIL_FROM: 'hasso@operator.jp',
  STAFF_MAIL: 'ops@operator.jp',
  OPERATOR_ADDRESS: '東京都千代田区1-1',
  SUPPORT_CHANNEL: 'メール',
  SIGNING_P12: '/run/signing.p12',
};

test('a process whose settings are wrong is not started again', async () => {
  const lines: string[] = [];
  const supervisor = createSupervisor({
    stateDir: folder,
    log: (line) => lines.push(line),
    onGiveUp: () => undefined,
  });
  const start = supervisor.start([
    {
      name: 'misled',
      command: process.execPath,
      args: ['-e', `console.error('WEB_URL: must begin with https'); process.exit(78)`],
      env: process.env,
      stopSignal: 'SIGTERM',
      health: async () => false,
    },
  ]);
  await expect(start).rejects.toThrow(/^misled ended \(exit code 78\)[\s\S]*WEB_URL: must begin with https/);
  expect(lines).toEqual([]);
  await supervisor.stop();
});

test('what npm start starts itself need not be set, and secrets come from files', () => {
  const { SESSION_SECRET, ...rest } = fit;
  const path = join(folder, 'session');
  writeFileSync(path, `${SESSION_SECRET}\n`);
  const env = checkedForProduction({ ...rest, SESSION_SECRET_FILE: path }, folder);
  expect(env).toEqual(fit);
});

test('secrets that were generated beside the data are refused, and made where that is meant', () => {
  const state = join(folder, 'state');
  const { SESSION_SECRET: _, PERSONAL_DATA_KEY: __, TEMPORAL_CODEC_KEYS: ___, ...rest } = fit;
  expect(() => checkedForProduction(rest, state)).toThrow(
    /SESSION_SECRET[\s\S]+PERSONAL_DATA_KEY|PERSONAL_DATA_KEY[\s\S]+SESSION_SECRET/,
  );
  const made = checkedForProduction({ ...rest, HASSO_ACCEPT: 'root,generated-secrets' }, state);
  expect(made.SESSION_SECRET).toMatch(/^[0-9a-f]{64}$/);
  const copied = {
    ...fit,
    SESSION_SECRET: made.SESSION_SECRET,
    TEMPORAL_CODEC_KEYS: made.TEMPORAL_CODEC_KEYS,
  };
  expect(() => checkedForProduction(copied, state)).toThrow(
    /SESSION_SECRET: must be set, and not to what was generated/,
  );
  expect(() => checkedForProduction(copied, state)).toThrow(/TEMPORAL_CODEC_KEYS: must be set, and not/);
});

test('the folder for everything must be named', () => {
  const { HASSO_DATA_DIR: _, ...rest } = fit;
  expect(() => checkedForProduction(rest, folder)).toThrow('HASSO_DATA_DIR: must be set in production');
});
