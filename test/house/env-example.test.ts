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
/** Not settings of a process: passwords that go into addresses, the owner for the migration, the folder of `npm start`. */
const OTHERS = [
  'DATABASE_PASSWORD',
  'DATABASE_OWNER_URL',
  'DATABASE_OWNER_PASSWORD',
  'SMTP_PASSWORD',
  'HASSO_DATA_DIR',
];
/** What only the operator can say. */
const SAID = {
  DATABASE_URL: 'postgres://hasso_app@localhost/hasso',
  TEMPORAL_ADDRESS: 'localhost:7233',
  SMTP_URL: 'smtps://mail.operator.jp',
  DOCUMENTS_DIR: '/srv/hasso',
  WEB_URL: 'https://hasso.operator.jp',
  SESSION_SECRET: 'x'.repeat(32),
  PERSONAL_DATA_KEY: '0'.repeat(64),
  MAIL_FROM: 'hasso@operator.jp',
  STAFF_MAIL: 'ops@operator.jp',
  OPERATOR_ADDRESS: '東京都千代田区1-1',
  SUPPORT_CHANNEL: 'メール',
  SIGNING_P12: '/srv/signing.p12',
};

test('the example names every setting of the processes, and no other', () => {
  expect(Object.keys(values).toSorted()).toEqual([...CONFIG_KEYS, ...OTHERS].toSorted());
});

test('the example is for production, asks for all that only the operator can say, and holds no secret itself', () => {
  const accepted = loadConfig({ ...values, ...SAID });
  expect(accepted.HASSO_MODE).toBe('production');
  const asked = Object.keys(SAID).map((name) => `${name}: must be set`);
  const attempt = () => loadConfig(values);
  for (const line of asked.filter((each) => !each.startsWith('SMTP_URL'))) expect(attempt).toThrow(line);
  expect(attempt).toThrow('SMTP_URL: is not set');
  const secrets = Object.keys(values).filter((key) => /PASSWORD|SECRET|_KEY|APPLICATION_ID/.test(key));
  expect(secrets.filter((key) => values[key] !== '')).toEqual([]);
});
