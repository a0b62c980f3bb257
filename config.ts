import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { isRegistrationNumber } from './domain/billing/document-numbers.ts';

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

const schema = z.object({
  HASSO_MODE: z.enum(['development', 'production']).default('development'),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  /** Master key of customers' personal data: 64 hexadecimal digits, the same for every process. A secret. */
  PERSONAL_DATA_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits'),
  TEMPORAL_ADDRESS: z.string().regex(/^[^:\s]+:\d+$/, 'must be host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('hasso'),
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
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
});

/** Settings of one process, checked once and never changed afterwards. */
export type Config = Readonly<z.infer<typeof schema>>;

/** The names of all settings, for the test that keeps `.env.example` and the compose file complete. */
export const CONFIG_KEYS: readonly string[] = Object.keys(schema.shape);

/** What customers read in mails and on certificates, and what signs those: an example may never go out for real. */
const OWN_IN_PRODUCTION = [
  'OPERATOR_ADDRESS',
  'MAIL_FROM',
  'STAFF_MAIL',
  'SUPPORT_CHANNEL',
  'SIGNING_P12',
] as const;

/** Reads and checks the environment. Throws one Error that names every wrong setting, never its value. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const result = schema.safeParse(filledIn(env));
  const missing = env.HASSO_MODE === 'production' ? OWN_IN_PRODUCTION.filter((name) => !env[name]) : [];
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token } = env;
  const halfTelephony = Boolean(account) !== Boolean(token);
  const lostConsole = Boolean(env.CONSOLE_PORT) && !env.CONSOLE_URL;
  const refusesAll = env.TEMPORAL_CODEC_PLAIN === 'refuse' && !env.TEMPORAL_CODEC_KEYS;
  if (!result.success || missing.length > 0 || halfTelephony || lostConsole || refusesAll) {
    const lines = [
      ...(result.error?.issues ?? []).map((issue) => `  ${issue.path.join('.')}: ${issue.message}`),
      ...missing.map((name) => `  ${name}: must be set in production`),
      ...(lostConsole ? ['  CONSOLE_URL: must be set with CONSOLE_PORT'] : []),
      ...(halfTelephony ? ['  TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN: both or none'] : []),
      ...(refusesAll ? ['  TEMPORAL_CODEC_PLAIN: refuse needs TEMPORAL_CODEC_KEYS'] : []),
    ];
    throw new Error(`Settings are missing or wrong (see .env.example):\n${lines.join('\n')}`);
  }
  return Object.freeze(result.data);
}

/** An empty value counts as not set. */
const filledIn = (env: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));

const temporalSchema = schema.pick({
  TEMPORAL_ADDRESS: true,
  TEMPORAL_NAMESPACE: true,
  TEMPORAL_CODEC_KEYS: true,
  TEMPORAL_CODEC_PLAIN: true,
});

/** What a connection to Temporal needs, for commands that need little else. Throws where it is wrong. */
export const loadTemporalConfig = (env: Record<string, string | undefined>) =>
  temporalSchema.parse(filledIn(env));
