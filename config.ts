import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import {
  ACCEPTABLE,
  type Acceptable,
  OWN,
  type ProductionFacts,
  productionRefusals,
  refusalLine,
  type Settings,
} from './config/production.ts';
import { type Environment, withSecretFiles } from './config/secret-files.ts';
import { keysOf } from './domain/base/keys.ts';
import { isRegistrationNumber } from './domain/billing/document-numbers.ts';
import { BANK_CSV_SETTING } from './domain/payments/bank-file.ts';

const url = (protocols: string[]) =>
  z.string().refine(
    (text) => {
      try {
        return protocols.includes(new URL(text).protocol);
      } catch {
        return false;
      }
    },
    `must be a URL starting with ${protocols.join(' or ')}`,
  );

const areAddresses = (text: string): boolean =>
  text
    .split(',')
    .map((part) => part.trim())
    .every((part) => part === '' || ipaddr.isValid(part) || ipaddr.isValidCIDR(part));

const CODEC_KEYS = /^[\w.-]{1,40}:[0-9a-f]{64}(?:,[\w.-]{1,40}:[0-9a-f]{64})*$/i;

function namesOnce(keys: string): boolean {
  const names = keys.split(',').map((key) => key.split(':')[0]);
  return new Set(names).size === names.length;
}

/** Words separated by commas, in lower case. */
const words = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');

const isAcceptable = (word: string): word is Acceptable => ACCEPTABLE.some((each) => each === word);

const schema = z.object({
  HASSO_MODE: z.enum(['development', 'production']).default('development'),
  /** Refusals of production that are meant (config/production.ts), separated by commas. */
  HASSO_ACCEPT: z
    .string()
    .default('')
    .transform(words)
    .refine((names) => names.every(isAcceptable), `must be of ${ACCEPTABLE.join(', ')}, separated by commas`),
  /** Hosts on a network that nobody else is on, separated by commas: reached without TLS in production too. */
  PRIVATE_HOSTS: z.string().default('').transform(words),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  /** Connections to Postgres that a process opens at most. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  /** Master key of customers' personal data: 64 hexadecimal digits, the same for every process. A secret. */
  PERSONAL_DATA_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits'),
  TEMPORAL_ADDRESS: z.string().regex(/^[^:\s]+:\d+$/, 'must be host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('hasso'),
  /** Where staff reach Temporal's own user interface; absent: the console has no link to it. */
  TEMPORAL_UI_URL: url(['http:', 'https:']).optional(),
  /** TLS to Temporal: on with `true`, and where an API key or one of the files below is set. */
  TEMPORAL_TLS: z.enum(['true', 'false']).optional(),
  /** PEM files: who vouches for the server (absent: the public authorities), and what this side shows (mTLS). */
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().min(1).optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().min(1).optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().min(1).optional(),
  /** Name that the server's certificate must carry, where it is not that of the address. */
  TEMPORAL_TLS_SERVER_NAME: z.string().min(1).optional(),
  /** Key of Temporal Cloud. A secret. */
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  /**
   * Keys of what Temporal stores, as name:64 hexadecimal digits, with commas: the first encrypts, all open. A secret, the same for
   * every process; absent: Temporal stores plain text.
   */
  TEMPORAL_CODEC_KEYS: z
    .string()
    .regex(CODEC_KEYS, 'must be NAME:64 hexadecimal digits, with commas')
    .refine((text) => namesOnce(text), 'must name each key once')
    .optional(),
  /** Whether what was stored without encryption is read: `refuse` as soon as nothing of before is left. */
  TEMPORAL_CODEC_PLAIN: z.enum(['accept', 'refuse']).default('accept'),
  /** Cases whose row is compared with their workflow at a time, and the pause between two times; 0 compares nothing. */
  RECONCILE_PAGE: z.coerce.number().int().min(0).max(10_000).default(100),
  RECONCILE_EVERY_SECONDS: z.coerce.number().int().min(1).max(86_400).default(60),
  SMTP_URL: url(['smtp:', 'smtps:']),
  /** PEM file of who vouches for the mail server; absent: the public authorities. */
  SMTP_CA_FILE: z.string().min(1).optional(),
  /** Folder in which the development outbox keeps the mails that it caught; absent when a real SMTP server is used. */
  OUTBOX_DIR: z.string().min(1).optional(),
  DOCUMENTS_DIR: z.string().min(1),
  /** A bucket for the documents instead of the folder; `S3_ENDPOINT` for servers other than Amazon's. */
  S3_BUCKET: z.string().min(1).optional(),
  S3_ENDPOINT: url(['http:', 'https:']).optional(),
  S3_REGION: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  /** PKCS#12 file that signs documents. Absent, in development only: a self-made key. */
  SIGNING_P12: z.string().min(1).optional(),
  SIGNING_P12_PASSPHRASE: z.string().default(''),
  WEB_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  WEB_URL: url(['http:', 'https:']),
  /** Port on which a process tells its figures and its health, to those inside; absent: on none. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  /** Address of the console where it has one of its own; the public one then has no console. */
  CONSOLE_URL: url(['http:', 'https:']).optional(),
  /** Port of its own for the console; absent: it is told by the host that is asked for. */
  CONSOLE_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  /** Proxies whose X-Forwarded-For is believed: addresses and networks, separated by commas. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .refine(areAddresses, 'must be addresses or networks, separated by commas'),
  /** Signs form tokens: at least 32 characters, the same for every web process. */
  SESSION_SECRET: z.string().min(32),
  MAIL_FROM: z.string().min(3).default('Hasso 運用事務局 <noreply@hasso.example>'),
  /** Where customers' answers to our mails go; absent: to MAIL_FROM. */
  MAIL_REPLY_TO: z.string().min(3).optional(),
  /** Where reports about our mails go; absent: to MAIL_FROM. `*` stands for the id of the mail. */
  BOUNCE_ADDRESS: z
    .string()
    .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'must be an address, with * for the id of the mail')
    .optional(),
  STAFF_MAIL: z.string().min(3).default('Hasso 運用担当 <ops@hasso.example>'),
  /** Signs mail with this RSA key (a PEM file); absent: left to the mail server. All three or none. */
  DKIM_DOMAIN: z.string().min(1).optional(),
  DKIM_SELECTOR: z.string().min(1).optional(),
  DKIM_KEY_FILE: z.string().min(1).optional(),
  /** Mailbox that undeliverable mail comes back to: `imaps://user:password@host/INBOX`. */
  BOUNCE_IMAP_URL: url(['imap:', 'imaps:']).optional(),
  /** Signs what a mail provider reports to `/webhooks/bounces`; absent: there is no such address. A secret. */
  BOUNCE_WEBHOOK_SECRET: z.string().min(32).optional(),
  /** Addresses or domains, separated by commas, that sandbox mail may reach when SMTP_URL is a real server. */
  SANDBOX_MAIL_ALLOW: z.string().default(''),
  /** Service outside that staff may sign in through (OpenID Connect), with what it calls this console; absent: by password alone. */
  OIDC_ISSUER: url(['http:', 'https:']).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** A secret. */
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What its button says. */
  OIDC_LABEL: z.string().min(1).default('会社のアカウントでサインイン'),
  OPERATOR_NAME: z.string().default('株式会社インターコム'),
  OPERATOR_ADDRESS: z.string().default('東京都（設定 OPERATOR_ADDRESS で登録）'),
  OPERATOR_SEAL_IMAGE: z.string().optional(),
  SUPPORT_CHANNEL: z.string().default('メール・電話（日本語）'),
  SUPPORT_HOURS: z.string().default('平日 9:00〜18:00'),
  /** Application id for the National Tax Agency's Web-APIs; without it only the check digit is looked at. A secret. */
  NTA_APPLICATION_ID: z.string().min(1).optional(),
  NTA_CORPORATE_URL: url(['http:', 'https:']).default('https://api.houjin-bangou.nta.go.jp/'),
  NTA_INVOICE_URL: url(['http:', 'https:']).default('https://web-api.invoice-kohyo.nta.go.jp/'),
  /** A server that speaks the yente `/match` API; absent: no second provider is asked. */
  YENTE_URL: url(['http:', 'https:']).optional(),
  YENTE_DATASET: z.string().min(1).default('default'),
  YENTE_API_KEY: z.string().min(1).optional(),
  /** The operator's own account at the telephony provider, and its token, a secret; absent: telephony is off. */
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_BASE_URL: url(['http:', 'https:']).default('https://api.twilio.com/'),
  /** Where the provider takes papers for numbers: another host than the rest. */
  TWILIO_NUMBERS_URL: url(['http:', 'https:']).default('https://numbers.twilio.com/'),
  /** Folder with the log files of the processes, where the system keeps them: searched after a deletion. */
  LOG_DIR: z.string().min(1).optional(),
  /** Account that refunds are paid from: client code (10 digits), bank, branch, type 1|2|4, number, kana name, with colons. */
  REFUND_PAYER: z
    .string()
    .regex(/^\d{10}:\d{4}:\d{3}:[124]:\d{7}:.+$/, 'must be CODE:BANK:BRANCH:TYPE:NUMBER:NAME')
    .optional(),
  /** The operator's registration as an issuer of qualified invoices; absent: no invoice is released. */
  INVOICE_ISSUER_NUMBER: z
    .string()
    .refine(isRegistrationNumber, 'must be T and a corporate number')
    .optional(),
  /** Account that customers pay to: bank code and name, branch code and name, type 1|2|4, number, kana name, with colons. */
  INVOICE_BANK_ACCOUNT: z
    .string()
    .regex(
      /^\d{4}:[^:]+:\d{3}:[^:]+:[124]:\d{7}:.+$/,
      'must be BANK CODE:BANK:BRANCH CODE:BRANCH:TYPE:NUMBER:NAME',
    )
    .optional(),
  /** A bank's own CSV of payments: the account and its columns, with colons. */
  BANK_CSV: z
    .string()
    .regex(BANK_CSV_SETTING, 'must be ACCOUNT:DATE:AMOUNT:NAME:REFERENCE:NUMBER; the last two may be empty')
    .optional(),
  /** Folder that is looked at every minute for files of the bank, for payments of live contracts; absent: none is. */
  BANK_FOLDER: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
});

/** Settings of one process, checked once and never changed afterwards. */
export type Config = Readonly<z.infer<typeof schema>>;

/** The names of all settings, for the test that keeps `.env.example` and the compose file complete. @internal */
export const CONFIG_KEYS: readonly string[] = Object.keys(schema.shape);

/** Settings are missing or wrong, or not for production. */
export class SettingsError extends Error {
  /** One line for each: the name of the setting and a sentence, never a value. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(
      `Settings are missing or wrong (see .env.example):\n${lines.map((line) => `  ${line}`).join('\n')}`,
    );
    this.lines = lines;
  }
}

/**
 * Reads and checks the environment, files of secrets too. Throws one SettingsError that names everything that is wrong, in
 * production also what is not for production, `facts` among it.
 */
export function loadConfig(given: Environment, facts: ProductionFacts = {}): Config {
  const { config, lines } = inspectSettings(given, facts);
  if (config === undefined || lines.length > 0) throw new SettingsError(lines);
  return Object.freeze(config);
}

/** The same without throwing: `settings` is what could be read, `config` is there when that is all of it. */
export function inspectSettings(
  given: Environment,
  facts: ProductionFacts = {},
): { settings: Settings; config: Config | undefined; lines: string[] } {
  const { env, problems } = withSecretFiles(given);
  const { data: config, error } = schema.safeParse(env);
  const settings = readable(env, error);
  const refused = env.HASSO_MODE === 'production' ? productionRefusals(settings, facts) : [];
  const issues = (error?.issues ?? [])
    .map((issue) => ({ setting: issue.path.join('.'), message: messageOf(issue, env) }))
    // What is missing and refused is said once.
    .filter(
      ({ setting }) => !(env[setting] === undefined && refused.some((each) => each.setting === setting)),
    );
  const lines = [
    ...problems,
    ...issues.map(({ setting, message }) => `${setting}: ${message}`),
    ...refused.map(refusalLine),
    ...togetherOrNot(env),
  ];
  return { settings, config, lines };
}

/** Throws a SettingsError where something beside the settings is not for production. */
export function requireProduction(config: Config, facts: ProductionFacts): void {
  if (config.HASSO_MODE !== 'production') return;
  const refused = productionRefusals(config, facts);
  if (refused.length > 0) throw new SettingsError(refused.map(refusalLine));
}

/** What could be read, for checks that go on although something else could not. */
function readable(env: Record<string, string>, error: z.ZodError | undefined): Settings {
  const wrong = new Set((error?.issues ?? []).map(({ path }) => String(path[0])));
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !wrong.has(name)));
  const { success, data } = schema.partial().safeParse(rest);
  if (!success) return {};
  const examples = schema.pick({ OPERATOR_ADDRESS: true, MAIL_FROM: true, STAFF_MAIL: true }).parse({});
  // A default is nothing that the operator said; nor is an example that was copied.
  for (const name of OWN) if (rest[name] === undefined) delete data[name];
  for (const name of keysOf(examples)) if (data[name] === examples[name]) delete data[name];
  return data;
}

const messageOf = (issue: z.core.$ZodIssue, env: Record<string, string>): string =>
  env[issue.path.join('.')] === undefined ? 'must be set' : issue.message;

/** Settings that make sense together only. */
function togetherOrNot(env: Record<string, string>): string[] {
  const half = (...names: string[]) =>
    names.some((name) => env[name] !== undefined) && names.some((name) => env[name] === undefined)
      ? [`${names.join(', ')}: all or none`]
      : [];
  return [
    ...half('TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'),
    ...half('TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH'),
    ...half('DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'),
    ...half('S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'),
    ...(env.CONSOLE_PORT !== undefined && env.CONSOLE_URL === undefined
      ? ['CONSOLE_URL: must be set with CONSOLE_PORT']
      : []),
    ...(env.TEMPORAL_CODEC_PLAIN === 'refuse' && env.TEMPORAL_CODEC_KEYS === undefined
      ? ['TEMPORAL_CODEC_PLAIN: refuse needs TEMPORAL_CODEC_KEYS']
      : []),
    ...(env.TEMPORAL_TLS === 'false' && env.TEMPORAL_API_KEY !== undefined
      ? ['TEMPORAL_TLS: false would send TEMPORAL_API_KEY readable']
      : []),
  ];
}

const temporalSchema = schema.pick({
  TEMPORAL_ADDRESS: true,
  TEMPORAL_NAMESPACE: true,
  TEMPORAL_TLS: true,
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: true,
  TEMPORAL_TLS_CLIENT_CERT_PATH: true,
  TEMPORAL_TLS_CLIENT_KEY_PATH: true,
  TEMPORAL_TLS_SERVER_NAME: true,
  TEMPORAL_API_KEY: true,
  TEMPORAL_CODEC_KEYS: true,
  TEMPORAL_CODEC_PLAIN: true,
});

/** What a connection to Temporal needs, for commands that need little else. Throws where it is wrong. */
export const loadTemporalConfig = (env: Environment) => temporalSchema.parse(withSecretFiles(env).env);

const backupSchema = schema.pick({
  DATABASE_URL: true,
  PERSONAL_DATA_KEY: true,
  DOCUMENTS_DIR: true,
  S3_BUCKET: true,
  S3_ENDPOINT: true,
  S3_REGION: true,
  S3_ACCESS_KEY_ID: true,
  S3_SECRET_ACCESS_KEY: true,
});

/** What a backup and its restore need of the settings. Throws where it is wrong. */
export const loadBackupConfig = (env: Environment) => backupSchema.parse(withSecretFiles(env).env);
