import { describe, expect, test } from 'vitest';
import {
  ACCEPTABLE,
  isLoopback,
  type ProductionFacts,
  productionRefusals,
  refusalLine,
} from '../../config/production.ts';
import { loadConfig, requireProduction, SettingsError } from '../../config.ts';

/** Settings of a production that is refused nothing. */
const fit = {
  HASSO_MODE: 'production',
  DATABASE_URL: 'postgres://app:secret-password@db.operator.jp/hasso?sslmode=verify-full',
  PERSONAL_DATA_KEY: '0'.repeat(64),
  TEMPORAL_ADDRESS: 'temporal.operator.jp:7233',
  TEMPORAL_TLS: 'true',
  SMTP_URL: 'smtps://mail.operator.jp',
  DOCUMENTS_DIR: '/srv/hasso/documents',
  WEB_URL: 'https://hasso.operator.jp',
  SESSION_SECRET: 'x'.repeat(32),
  MAIL_FROM: 'Hasso <hasso@operator.jp>',
  STAFF_MAIL: 'ops@operator.jp',
  OPERATOR_ADDRESS: '東京都千代田区1-1',
  SUPPORT_CHANNEL: 'メール',
  SIGNING_P12: '/run/signing.p12',
};

function linesOf(change: Record<string, string>, facts: ProductionFacts = {}): readonly string[] {
  try {
    loadConfig({ ...fit, ...change }, facts);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
}

/** What is set; what is refused, by setting; what lets it pass. */
const REFUSED: readonly [
  what: string,
  change: Record<string, string>,
  setting: string,
  lets: Record<string, string>,
][] = [
  ['mail caught in a folder', { OUTBOX_DIR: '/tmp/outbox' }, 'OUTBOX_DIR', { HASSO_ACCEPT: 'caught-mail' }],
  [
    'mail without TLS',
    { SMTP_URL: 'smtp://mail.operator.jp' },
    'SMTP_URL',
    { PRIVATE_HOSTS: 'mail.operator.jp' },
  ],
  [
    'mail without TLS on this machine',
    { SMTP_URL: 'smtp://127.0.0.1:25' },
    'SMTP_URL',
    { PRIVATE_HOSTS: '127.0.0.1' },
  ],
  [
    'STARTTLS that may fail',
    { SMTP_URL: 'smtp://mail.operator.jp?requireTLS=false' },
    'SMTP_URL',
    { PRIVATE_HOSTS: 'mail.operator.jp' },
  ],
  [
    'TLS that believes anybody',
    { SMTP_URL: 'smtps://mail.operator.jp?tls.rejectUnauthorized=false' },
    'SMTP_URL',
    { PRIVATE_HOSTS: 'mail.operator.jp' },
  ],
  [
    'a mailbox without TLS',
    { BOUNCE_IMAP_URL: 'imap://u:p@mail.operator.jp/INBOX' },
    'BOUNCE_IMAP_URL',
    { PRIVATE_HOSTS: 'mail.operator.jp' },
  ],
  ['pages by http', { WEB_URL: 'http://hasso.operator.jp' }, 'WEB_URL', { HASSO_ACCEPT: 'http' }],
  [
    'an address that only this machine has',
    { WEB_URL: 'https://localhost:8443' },
    'WEB_URL',
    { HASSO_ACCEPT: 'localhost' },
  ],
  [
    'a console by http',
    { CONSOLE_URL: 'http://console.operator.jp' },
    'CONSOLE_URL',
    { HASSO_ACCEPT: 'http' },
  ],
  [
    'a console on this machine',
    { CONSOLE_URL: 'https://[::1]/' },
    'CONSOLE_URL',
    { HASSO_ACCEPT: 'localhost' },
  ],
  [
    'Temporal without TLS elsewhere',
    { TEMPORAL_TLS: 'false' },
    'TEMPORAL_ADDRESS',
    { PRIVATE_HOSTS: 'temporal.operator.jp' },
  ],
  [
    'Postgres elsewhere without proof',
    { DATABASE_URL: 'postgres://app:x@db.operator.jp/hasso' },
    'DATABASE_URL',
    { PRIVATE_HOSTS: 'db.operator.jp' },
  ],
  [
    'Postgres elsewhere with TLS but no proof',
    { DATABASE_URL: 'postgres://app:x@10.0.0.5/hasso?sslmode=require' },
    'DATABASE_URL',
    { PRIVATE_HOSTS: '10.0.0.5' },
  ],
  [
    'a bucket by http',
    { S3_ENDPOINT: 'http://minio.operator.jp:9000' },
    'S3_ENDPOINT',
    { PRIVATE_HOSTS: 'minio.operator.jp' },
  ],
  [
    'a provider by http',
    { YENTE_URL: 'http://yente.operator.jp' },
    'YENTE_URL',
    { PRIVATE_HOSTS: 'yente.operator.jp' },
  ],
];

const FACTS: readonly [
  what: string,
  facts: ProductionFacts,
  setting: string,
  accept: (typeof ACCEPTABLE)[number],
][] = [
  ['a self-made signing key', { selfMadeKey: true }, 'SIGNING_P12', 'self-made-key'],
  ['sample staff', { sampleStaff: 3 }, 'DATABASE_URL', 'sample-staff'],
  [
    'secrets beside the data',
    { generatedSecrets: ['SESSION_SECRET'] },
    'SESSION_SECRET',
    'generated-secrets',
  ],
  ['the user root', { runsAsRoot: true }, 'user', 'root'],
];

describe('production', () => {
  test('refuses nothing of settings that are fit', () => {
    expect(linesOf({})).toEqual([]);
    expect(linesOf({ SMTP_URL: 'smtp://mail.operator.jp:587?requireTLS=true' })).toEqual([]);
    expect(
      linesOf({
        DATABASE_URL: 'postgres://app:x@127.0.0.1/hasso',
        TEMPORAL_ADDRESS: 'localhost:7233',
        TEMPORAL_TLS: '',
      }),
    ).toEqual([]);
    expect(linesOf({ TEMPORAL_TLS: '', TEMPORAL_API_KEY: 'key' })).toEqual([]);
  });

  test.each(REFUSED)(
    'refuses %s, in one sentence, unless a setting says that it is meant',
    (_, change, setting, lets) => {
      const lines = linesOf(change);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(new RegExp(`^${setting}: .+ \\(if this is meant: \\w+=\\S+\\)$`));
      for (const [name, value] of Object.entries(lets)) expect(lines[0]).toContain(`${name}=${value}`);
      expect(linesOf({ ...change, ...lets })).toEqual([]);
      expect(linesOf({ ...change, PRIVATE_HOSTS: 'another.operator.jp' })).toHaveLength(1);
      expect(linesOf({ ...change, HASSO_MODE: 'development' })).toEqual([]);
    },
  );

  test.each(FACTS)('refuses %s unless a setting says that it is meant', (_, facts, setting, accept) => {
    expect(linesOf({}, facts)).toEqual([
      expect.stringMatching(new RegExp(`^${setting}: .+HASSO_ACCEPT=${accept}\\)$`)),
    ]);
    expect(linesOf({ HASSO_ACCEPT: accept }, facts)).toEqual([]);
    const others = ACCEPTABLE.filter((name) => name !== accept).join(',');
    expect(linesOf({ HASSO_ACCEPT: others }, facts)).toHaveLength(1);
    expect(() => requireProduction(loadConfig(fit), facts)).toThrow(SettingsError);
    expect(() => requireProduction(loadConfig({ ...fit, HASSO_MODE: 'development' }), facts)).not.toThrow();
  });

  test('says everything at once, what is missing and malformed too, and no secret', () => {
    const changes = Object.assign({}, ...REFUSED.map(([, change]) => change));
    const lines = linesOf(
      { ...changes, MAIL_FROM: '', SESSION_SECRET: 'too-short-secret', SMTP_URL: '' },
      { sampleStaff: 1 },
    );
    const named = lines.map((line) => line.split(':')[0]);
    for (const name of [
      'SESSION_SECRET',
      'SMTP_URL',
      'MAIL_FROM',
      ...REFUSED.map(([, , setting]) => setting),
    ]) {
      expect(named).toContain(name);
    }
    expect(named.filter((name) => name === 'SMTP_URL')).toHaveLength(1);
    expect(lines.join()).not.toMatch(/too-short-secret|secret-password/);
  });

  test.each(['MAIL_FROM', 'STAFF_MAIL', 'OPERATOR_ADDRESS'])(
    'takes a copied example of %s for nothing',
    (name) => {
      const { [name as 'MAIL_FROM']: example } = loadConfig({
        ...fit,
        HASSO_MODE: 'development',
        [name]: '',
      });
      expect(linesOf({ [name]: example })).toEqual([`${name}: must be set in production`]);
    },
  );

  test('never sends invoices with the account or the number of the sample data', () => {
    const sample = {
      INVOICE_ISSUER_NUMBER: 'T7000012050002',
      INVOICE_BANK_ACCOUNT: '9999:見本銀行:001:本店:1:1234567:ｶ)ｲﾝﾀｰｺﾑ',
    };
    expect(linesOf(sample)).toHaveLength(2);
  });

  test('an exception that nobody knows is refused, with those that there are', () => {
    expect(linesOf({ HASSO_ACCEPT: 'everything' })).toEqual([expect.stringContaining(ACCEPTABLE.join(', '))]);
  });
});

test.each([
  ['localhost', true],
  ['127.8.9.10', true],
  ['[::1]', true],
  ['', true],
  ['web.localhost', true],
  ['10.0.0.1', false],
  ['localhost.operator.jp', false],
  ['postgres', false],
])('"%s" is this machine: %s', (host, local) => {
  expect(isLoopback(host)).toBe(local);
});

test('a refusal without a way around says none', () => {
  expect(productionRefusals({}).map(refusalLine)).toContain('MAIL_FROM: must be set in production');
});
