import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { createStaff } from '../../db/queries/staff/create.ts';
import { nodeArgs, rootDir } from '../../dev/paths.ts';
import { authority } from '../support/certificates.ts';
import { stackEnv } from '../support/stacks.ts';

/** Processes as production starts them, with settings of their own and nothing of this machine's. */
const folder = mkdtempSync(join(tmpdir(), 'hasso-production-'));
const { DATABASE_URL = '', TEMPORAL_ADDRESS = '', TEMPORAL_NAMESPACE = '' } = stackEnv();
const fit = {
  HASSO_MODE: 'production',
  HASSO_DATA_DIR: folder,
  HASSO_ACCEPT: 'root',
  DATABASE_URL,
  TEMPORAL_ADDRESS,
  TEMPORAL_NAMESPACE,
  DOCUMENTS_DIR: folder,
  PERSONAL_DATA_KEY: '1'.repeat(64),
  SESSION_SECRET: '2'.repeat(64),
  SMTP_URL: 'smtps://mail.operator.jp',
  WEB_URL: 'https://hasso.operator.jp',
  WEB_PORT: '0',
  MAIL_FROM: 'hasso@operator.jp',
  STAFF_MAIL: 'ops@operator.jp',
  OPERATOR_ADDRESS: '東京都千代田区1-1',
  SUPPORT_CHANNEL: 'メール',
  SIGNING_P12: join(folder, 'signing.p12'),
  SIGNING_P12_PASSPHRASE: 'secret-word',
};

function run(args: readonly string[], env: Record<string, string>) {
  return spawnSync(process.execPath, args, {
    encoding: 'utf8',
    cwd: rootDir,
    timeout: 110_000,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
  });
}

beforeAll(async () => {
  const { db, close } = openDatabase({ DATABASE_URL }, 1);
  const account = {
    email: 'sample@production.example',
    name: '見本',
    roles: [],
    password: 'x'.repeat(20),
    sample: true,
  };
  await createStaff(db, account, 'test');
  await close();
  const self = authority('Operator');
  const { pki, pkcs12, asn1 } = forge;
  const store = pkcs12.toPkcs12Asn1(
    pki.privateKeyFromPem(self.keyPem),
    pki.certificateFromPem(self.pem),
    'secret-word',
  );
  writeFileSync(fit.SIGNING_P12, Buffer.from(asn1.toDer(store).getBytes(), 'latin1'));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('npm start in production starts nothing before every wrong setting is named', () => {
  const state = join(folder, 'new');
  const { status, stderr } = run(nodeArgs('dev/start.ts'), {
    HASSO_MODE: 'production',
    HASSO_DATA_DIR: state,
    WEB_URL: 'http://localhost',
  });
  expect(status).toBe(1);
  const asked = [
    'SMTP_URL',
    'SESSION_SECRET',
    'PERSONAL_DATA_KEY',
    'TEMPORAL_CODEC_KEYS',
    'SIGNING_P12',
    'MAIL_FROM',
    'WEB_URL',
  ];
  for (const name of asked) expect(stderr).toMatch(new RegExp(`^ {2}${name}: `, 'm'));
  expect(existsSync(join(state, 'postgres'))).toBe(false);
});

test.each(['web/server.ts', 'workers/interactive.ts', 'workers/background.ts'])(
  '%s with settings that are not for production names them all and ends for good',
  (file) => {
    const { status, stderr } = run(nodeArgs(file), {
      HASSO_MODE: 'production',
      WEB_URL: 'http://hasso.operator.jp',
    });
    expect(status).toBe(78);
    for (const name of ['WEB_URL', 'SMTP_URL', 'DATABASE_URL', 'SIGNING_P12'])
      expect(stderr).toContain(`  ${name}: `);
    expect(stderr).not.toMatch(/^ +at /m);
  },
);

test('web refuses a database with accounts of the sample data', () => {
  const { status, stderr } = run(nodeArgs('web/server.ts'), fit);
  expect(stderr).toMatch(/DATABASE_URL: leads to a database with \d+ accounts of the sample data/);
  expect(status).toBe(78);
});

test('the background worker refuses a key that vouches for itself', () => {
  const { status, stderr } = run(nodeArgs('workers/background.ts'), fit);
  expect(stderr).toContain('SIGNING_P12: holds a self-made certificate');
  expect(status).toBe(78);
});

test('a process that cannot reach its database says where, and no password', () => {
  const { status, stderr } = run(nodeArgs('web/server.ts'), {
    ...fit,
    DATABASE_URL: 'postgres://hasso_app:secret-word@127.0.0.1:1/hasso',
  });
  expect(status).toBe(1);
  expect(stderr).toBe(
    'web could not start: Postgres at 127.0.0.1:1/hasso (user hasso_app): nothing listens there (ECONNREFUSED)\n',
  );
});

test('hasso doctor names what is wrong with settings and connections at once, and fails', () => {
  const { status, stdout } = run([join(rootDir, 'bin/hasso.mjs'), 'doctor', '--json'], {
    ...fit,
    WEB_URL: 'http://hasso.invalid',
    SMTP_URL: 'smtps://127.0.0.1:1',
    TEMPORAL_NAMESPACE: 'nobody',
  });
  expect(status).toBe(1);
  const { findings } = JSON.parse(stdout);
  const wrong = (what: string, sentence: RegExp) => ({
    verdict: 'wrong',
    what,
    sentence: expect.stringMatching(sentence),
  });
  expect(findings).toEqual(
    expect.arrayContaining([
      wrong('WEB_URL', /must begin with https/),
      wrong('Postgres', /accounts of the sample data/),
      wrong('Temporal', /./),
      wrong('SIGNING_P12', /self-made certificate/),
      wrong('mail', /nothing listens there/),
      { verdict: 'ok', what: 'documents', sentence: expect.any(String) },
    ]),
  );
  expect(stdout).not.toContain('secret-word');
});

test('hasso doctor is content with a development stack', () => {
  const { status, stdout } = run([join(rootDir, 'bin/hasso.mjs'), 'doctor'], { ...stackEnv() });
  expect(stdout).toMatch(/^ok +Postgres: .*\nok +Temporal: /m);
  expect(status).toBe(0);
});
