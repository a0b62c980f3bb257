import { expect, test } from 'vitest';
import { SECRETS, withSecretFiles } from '../../config/secret-files.ts';
import { CONFIG_KEYS } from '../../config.ts';

const files: Record<string, string> = { '/run/a': 'first\n', '/run/empty': '', '/run/odd': 'p@ss/word:1' };
const read = (path: string) => {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  return text;
};

test.each(SECRETS.filter((name) => CONFIG_KEYS.includes(name)))('%s can come as a file', (name) => {
  expect(withSecretFiles({ [`${name}_FILE`]: '/run/a' }, read)).toEqual({
    env: { [name]: 'first' },
    problems: [],
  });
});

test('an empty file counts as not set, an empty name of a file as none', () => {
  expect(withSecretFiles({ YENTE_API_KEY_FILE: '/run/empty', SESSION_SECRET_FILE: '' }, read)).toEqual({
    env: {},
    problems: [],
  });
});

test('a file that cannot be read, and a secret given twice, are named without their value', () => {
  const { problems } = withSecretFiles(
    { SESSION_SECRET: 'plain', SESSION_SECRET_FILE: '/run/a', SMTP_URL_FILE: '/run/none' },
    read,
  );
  expect(problems).toEqual([
    'SMTP_URL_FILE: /run/none cannot be read (ENOENT)',
    'SESSION_SECRET: is set, and SESSION_SECRET_FILE too',
  ]);
});

test.each([
  ['DATABASE_URL', 'DATABASE_PASSWORD', 'postgres://app@db/hasso'],
  ['DATABASE_OWNER_URL', 'DATABASE_OWNER_PASSWORD', 'postgres://owner@db/hasso'],
  ['SMTP_URL', 'SMTP_PASSWORD', 'smtps://user@mail'],
])('%s takes its password from %s, whatever characters it has', (address, password, url) => {
  const { env } = withSecretFiles({ [address]: url, [`${password}_FILE`]: '/run/odd' }, read);
  expect(decodeURIComponent(new URL(env[address] ?? '').password)).toBe('p@ss/word:1');
  expect(Object.keys(env)).toEqual([address]);
  const nobody = withSecretFiles({ [address]: url.replace(/\w+@/, ''), [password]: 'x' }, read);
  expect(nobody.problems).toEqual([`${password}: ${address} names no user that it could belong to`]);
});

test('the path of a file that is a setting of its own stays a path', () => {
  expect(withSecretFiles({ DKIM_KEY_FILE: '/run/dkim.pem' }, read).env).toEqual({
    DKIM_KEY_FILE: '/run/dkim.pem',
  });
});
