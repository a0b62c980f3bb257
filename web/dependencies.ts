import type { Config } from '../config.ts';
import type { Database } from '../db/client.ts';
import type { SessionStaff } from '../db/queries/session/find.ts';
import type { Preferences } from '../domain/desk/preferences.ts';
import type { Gateways } from '../gateway/index.ts';
import type { Outbox } from '../gateway/outbox.ts';
import type { Readiness } from '../gateway/readiness.ts';
import type { DocumentStorage } from '../storage/file-storage.ts';
import type { PagePolicy } from './http/headers.ts';

/** The settings that the web process needs. */
export type WebConfig = Pick<
  Config,
  | 'HASSO_MODE'
  | 'WEB_URL'
  | 'CONSOLE_URL'
  | 'TRUSTED_PROXIES'
  | 'SESSION_SECRET'
  | 'PERSONAL_DATA_KEY'
  | 'OUTBOX_DIR'
  | 'TEMPORAL_NAMESPACE'
  | 'TEMPORAL_UI_URL'
  | 'STAFF_MAIL'
  | 'BOUNCE_WEBHOOK_SECRET'
  | 'OPERATOR_NAME'
  | 'OPERATOR_ADDRESS'
  | 'OPERATOR_SEAL_IMAGE'
  | 'SUPPORT_CHANNEL'
  | 'SUPPORT_HOURS'
  | 'REFUND_PAYER'
  | 'INVOICE_ISSUER_NUMBER'
  | 'INVOICE_BANK_ACCOUNT'
  | 'BANK_CSV'
>;

/** Limits against abuse; times in milliseconds, attempts for each client within `windowMs`. */
export interface Limits {
  /** A form that comes back faster was not filled in by a person. */
  minimumFormMs: number;
  windowMs: number;
  submitsPerClient: number;
  signInsPerClient: number;
  /** How long a page waits for the answer of a workflow. */
  answerMs: number;
  /** How long a request waits for a connection to the database before anything of it is done. */
  databaseMs: number;
}

/** Where the console is: at an address of its own, or beside the public pages. */
export const consoleUrl = ({ CONSOLE_URL, WEB_URL }: Pick<Config, 'CONSOLE_URL' | 'WEB_URL'>): string =>
  CONSOLE_URL ?? WEB_URL;

/** What the pages work with, handed down once by `createApp`. */
export interface WebDependencies extends Gateways {
  config: WebConfig;
  db: Database;
  documents: DocumentStorage;
  /** What was told to workflows, and is told again until they answer. */
  outbox: Outbox;
  limits: Limits;
  now: () => Date;
  /** Where an error that the user sees as a number is written down. Never gets form values. */
  logError: (error: unknown, detail: { errorId: string; path: string }) => void;
  /** Whether what the pages rest on answers. */
  readiness: () => Promise<Readiness>;
  /** Aborted when the process is told to stop: answers that go on for long end then. */
  closing: AbortSignal;
  /** Told of each answer. */
  answered: (answer: { method: string; route: string; status: number; seconds: number }) => void;
}

export interface SignedIn {
  staff: SessionStaff;
  preferences: Preferences;
  csrfToken: string;
  tokenHash: string;
  /** When it ends unless there is another visit. */
  idleUntil: Date;
  idleSeconds: number;
  /** Opens nothing but the page where the second factor is set up. */
  mustEnrol: boolean;
}

/** Variables of a request; `signedIn` is set behind /staff only, `policy` where a route declares another than 'page'. */
export interface WebEnv {
  Variables: { signedIn: SignedIn; policy?: PagePolicy };
}

/** Stricter towards the public than towards the sample data and demo of a development stack. */
export function defaultLimits(mode: Config['HASSO_MODE']): Limits {
  const production = mode === 'production';
  return {
    minimumFormMs: production ? 3_000 : 0,
    windowMs: 15 * 60_000,
    submitsPerClient: production ? 30 : 10_000,
    signInsPerClient: production ? 60 : 10_000,
    answerMs: 10_000,
    databaseMs: 10_000,
  };
}
