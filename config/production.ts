import ipaddr from 'ipaddr.js';
import type { Config } from '../config.ts';

/** What HASSO_ACCEPT can name: each lets one kind of refusal pass, because it is meant. */
export const ACCEPTABLE = [
  'http',
  'localhost',
  'caught-mail',
  'self-made-key',
  'sample-staff',
  'generated-secrets',
  'root',
] as const;
export type Acceptable = (typeof ACCEPTABLE)[number];

/** Why a process must not start in production. `lets` says which setting would let it pass, where one can. */
export interface Refusal {
  readonly setting: string;
  readonly sentence: string;
  readonly lets: string | null;
}

/** What the settings do not say by themselves; absent: not looked at by this process. */
export interface ProductionFacts {
  /** Whether the key that signs documents was made by this system or signs for itself. */
  readonly selfMadeKey?: boolean;
  /** Accounts that the sample data made. */
  readonly sampleStaff?: number;
  /** Settings whose value lies in `state.json`, beside the data. */
  readonly generatedSecrets?: readonly string[];
  readonly runsAsRoot?: boolean;
}

/** Settings as far as they could be read. */
export type Settings = { readonly [Name in keyof Config]?: Config[Name] | undefined };

/** What customers read in mails and on certificates, and what signs those: an example may never go out for real. */
export const OWN = ['OPERATOR_ADDRESS', 'MAIL_FROM', 'STAFF_MAIL', 'SUPPORT_CHANNEL', 'SIGNING_P12'] as const;
const PROVIDERS = [
  'S3_ENDPOINT',
  'YENTE_URL',
  'NTA_CORPORATE_URL',
  'NTA_INVOICE_URL',
  'TWILIO_BASE_URL',
  'TWILIO_NUMBERS_URL',
] as const;

/**
 * Everything in the settings that is not for production, all at once, in the order of the settings. Settings that could not be
 * read are absent and refused where they are read. Other modes are refused nothing: the caller asks in production only.
 */
export function productionRefusals(settings: Settings, facts: ProductionFacts = {}): Refusal[] {
  const accepted = new Set<string>(settings.HASSO_ACCEPT ?? []);
  const all = [
    ...ownRefusals(settings),
    ...databaseRefusals(settings),
    ...temporalRefusals(settings),
    ...mailRefusals(settings),
    ...webRefusals(settings),
    ...PROVIDERS.flatMap((name) =>
      schemeOf(settings[name]) === 'http:'
        ? unprotected(settings, name, hostOf(settings[name]), 'begins with http, so it must begin with https')
        : [],
    ),
    ...factRefusals(facts),
  ];
  return all.filter(({ lets }) => lets === null || !accepted.has(lets));
}

/** One line for each refusal: the setting, the sentence, and how to say that it is meant. */
export function refusalLine({ setting, sentence, lets }: Refusal): string {
  if (lets === null) return `${setting}: ${sentence}`;
  const how = isAcceptable(lets) ? `HASSO_ACCEPT=${lets}` : lets;
  return `${setting}: ${sentence} (if this is meant: ${how})`;
}

/** Whether a host is this machine. An empty one is: that of a socket, or of the driver's default. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  if (name === '' || name === 'localhost' || name.endsWith('.localhost')) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
}

function ownRefusals(settings: Settings): Refusal[] {
  return [
    ...OWN.filter((name) => settings[name] === undefined).map((name) =>
      firm(name, 'must be set in production'),
    ),
    ...(settings.INVOICE_ISSUER_NUMBER === SAMPLE_ISSUER
      ? [firm('INVOICE_ISSUER_NUMBER', 'is the number of the sample data, not of the operator')]
      : []),
    ...(settings.INVOICE_BANK_ACCOUNT?.startsWith('9999:') === true
      ? [firm('INVOICE_BANK_ACCOUNT', 'is the account of the sample data, which nobody has')]
      : []),
  ];
}

/** The tax agency's own number, which the sample data takes for the operator's. */
const SAMPLE_ISSUER = 'T7000012050002';

function databaseRefusals(settings: Settings): Refusal[] {
  const { DATABASE_URL: url } = settings;
  if (url === undefined || new URL(url).searchParams.get('sslmode') === 'verify-full') return [];
  return onOtherHost(
    settings,
    'DATABASE_URL',
    hostOf(url),
    'leads to another machine without proof of which, so it needs ?sslmode=verify-full',
  );
}

function temporalRefusals(settings: Settings): Refusal[] {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_TLS: tls, TEMPORAL_API_KEY: apiKey } = settings;
  if (address === undefined || tls === 'true' || (apiKey !== undefined && tls === undefined)) return [];
  return onOtherHost(
    settings,
    'TEMPORAL_ADDRESS',
    address.slice(0, address.lastIndexOf(':')),
    'leads to another machine without TLS, so it needs TEMPORAL_TLS=true',
  );
}

function mailRefusals(settings: Settings): Refusal[] {
  const { OUTBOX_DIR: outbox, BOUNCE_IMAP_URL: imap } = settings;
  const sentence = 'names a folder that takes mail instead of its recipients';
  return [
    ...(outbox === undefined ? [] : [{ setting: 'OUTBOX_DIR', sentence, lets: 'caught-mail' }]),
    ...smtpRefusals(settings),
    ...(schemeOf(imap) === 'imap:'
      ? unprotected(settings, 'BOUNCE_IMAP_URL', hostOf(imap), 'must begin with imaps')
      : []),
  ];
}

function smtpRefusals(settings: Settings): Refusal[] {
  const { SMTP_URL: url } = settings;
  if (url === undefined) {
    return [{ setting: 'SMTP_URL', sentence: 'is not set: mail would reach nobody', lets: 'caught-mail' }];
  }
  const meant = settings.HASSO_ACCEPT?.includes('caught-mail') === true && isLoopback(hostOf(url));
  if (requiresTls(url) || meant) return [];
  const sentence = 'allows mail without TLS, so it must begin with smtps or end with ?requireTLS=true';
  return unprotected(settings, 'SMTP_URL', hostOf(url), sentence);
}

/** TLS from the start or by a STARTTLS that must succeed, with a certificate that is looked at. */
function requiresTls(url: string): boolean {
  const { protocol, searchParams } = new URL(url);
  const says = (name: string, value: string) => searchParams.get(name)?.toLowerCase() === value;
  const unchecked = says('tls.rejectUnauthorized', 'false') || says('tls.rejectUnauthorized', '0');
  if (unchecked || says('ignoreTLS', 'true')) return false;
  return protocol === 'smtps:' || says('requireTLS', 'true') || says('secure', 'true');
}

function webRefusals(settings: Settings): Refusal[] {
  return (['WEB_URL', 'CONSOLE_URL'] as const).flatMap((setting) => {
    const url = settings[setting];
    if (url === undefined) return [];
    const printed = setting === 'WEB_URL' ? 'is printed on certificates and' : 'stands in mails to staff and';
    return [
      ...(schemeOf(url) === 'http:'
        ? [{ setting, sentence: 'must begin with https: people type passwords there', lets: 'http' }]
        : []),
      ...(isLoopback(hostOf(url))
        ? [{ setting, sentence: `${printed} leads nowhere but to this machine`, lets: 'localhost' }]
        : []),
    ];
  });
}

function factRefusals(facts: ProductionFacts): Refusal[] {
  const { selfMadeKey = false, sampleStaff = 0, generatedSecrets = [], runsAsRoot = false } = facts;
  return [
    ...(selfMadeKey
      ? [
          {
            setting: 'SIGNING_P12',
            sentence: 'holds a self-made certificate: nobody outside vouches for the signature',
            lets: 'self-made-key',
          },
        ]
      : []),
    ...(sampleStaff > 0
      ? [
          {
            setting: 'DATABASE_URL',
            sentence: `leads to a database with ${sampleStaff} accounts of the sample data`,
            lets: 'sample-staff',
          },
        ]
      : []),
    ...generatedSecrets.map((setting) => ({
      setting,
      sentence:
        'must be set, and not to what was generated beside the data (state.json): whoever copies the data has that',
      lets: 'generated-secrets',
    })),
    ...(runsAsRoot
      ? [
          {
            setting: 'user',
            sentence: 'is root: the back office needs a user of its own without rights',
            lets: 'root',
          },
        ]
      : []),
  ];
}

const firm = (setting: string, sentence: string): Refusal => ({ setting, sentence, lets: null });

const isAcceptable = (name: string): boolean => ACCEPTABLE.some((each) => each === name);

/** Refused unless the host is this machine, or one that PRIVATE_HOSTS names. */
function onOtherHost(settings: Settings, setting: string, host: string, sentence: string): Refusal[] {
  return isLoopback(host) ? [] : unprotected(settings, setting, host, sentence);
}

/** Refused unless PRIVATE_HOSTS names the host. */
function unprotected(settings: Settings, setting: string, host: string, sentence: string): Refusal[] {
  if (settings.PRIVATE_HOSTS?.includes(bare(host)) === true) return [];
  return [{ setting, sentence, lets: `PRIVATE_HOSTS=${bare(host)}` }];
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();
const hostOf = (url: string | undefined): string => (url === undefined ? '' : new URL(url).hostname);
const schemeOf = (url: string | undefined): string => (url === undefined ? '' : new URL(url).protocol);
