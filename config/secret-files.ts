import { readFileSync } from 'node:fs';

/** Settings that are secrets, or hold one: each can be given as a file, NAME_FILE, in place of NAME. */
export const SECRETS = [
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'DATABASE_OWNER_URL',
  'DATABASE_OWNER_PASSWORD',
  'PERSONAL_DATA_KEY',
  'TEMPORAL_API_KEY',
  'TEMPORAL_CODEC_KEYS',
  'SMTP_URL',
  'SMTP_PASSWORD',
  'BOUNCE_IMAP_URL',
  'BOUNCE_WEBHOOK_SECRET',
  'S3_SECRET_ACCESS_KEY',
  'SIGNING_P12_PASSPHRASE',
  'SESSION_SECRET',
  'NTA_APPLICATION_ID',
  'OIDC_CLIENT_SECRET',
  'YENTE_API_KEY',
  'TWILIO_AUTH_TOKEN',
] as const;

/** Passwords that may come by themselves, so that the address can be written down where anybody reads it. */
const PASSWORDS = [
  ['DATABASE_URL', 'DATABASE_PASSWORD'],
  ['DATABASE_OWNER_URL', 'DATABASE_OWNER_PASSWORD'],
  ['SMTP_URL', 'SMTP_PASSWORD'],
] as const;

export type Environment = Record<string, string | undefined>;

/**
 * The environment with what lies in files, and with passwords in their addresses. Empty values and empty files count as not set.
 * `problems` names each file that cannot be read, and each setting given twice, never a value.
 */
export function withSecretFiles(
  given: Environment,
  read: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): { env: Record<string, string>; problems: string[] } {
  const env = filledIn(given);
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`];
    if (path === undefined) continue;
    delete env[`${name}_FILE`];
    if (env[name] !== undefined) {
      problems.push(`${name}: is set, and ${name}_FILE too`);
      continue;
    }
    try {
      const text = read(path).replace(/\r?\n$/, '');
      if (text !== '') env[name] = text;
    } catch (error) {
      problems.push(`${name}_FILE: ${path} cannot be read (${codeOf(error)})`);
    }
  }
  for (const [address, password] of PASSWORDS) {
    const [url, secret] = [env[address], env[password]];
    delete env[password];
    if (url === undefined || secret === undefined) continue;
    const whole = withPassword(url, secret);
    if (whole === null) problems.push(`${password}: ${address} names no user that it could belong to`);
    else env[address] = whole;
  }
  return { env, problems };
}

function withPassword(url: string, password: string): string | null {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (parsed.username === '') return null;
  parsed.password = encodeURIComponent(password);
  return parsed.href;
}

/** An empty value counts as not set. */
export function filledIn(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
