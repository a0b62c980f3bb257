import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/client.ts';
import { importCatalogue } from '../../db/queries/catalogue/import.ts';
import type { CommandRow } from '../../db/queries/command/record.ts';
import { createStaff } from '../../db/queries/staff/create.ts';
import { openTask } from '../../db/queries/task/open.ts';
import { addTermsEdition } from '../../db/queries/terms-edition/add.ts';
import type { Answer } from '../../domain/base/answers.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { InvoiceIssuer, RegistryAnswer } from '../../domain/corporation/registry.ts';
import type { StaffRole } from '../../domain/desk/roles.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { billingGateway } from '../../gateway/billing.ts';
import { contractGateway } from '../../gateway/contract.ts';
import { dataRequestGateway } from '../../gateway/data-request.ts';
import { deletionGateway } from '../../gateway/deletion.ts';
import { deliveryGateway } from '../../gateway/delivery.ts';
import { discontinuationGateway } from '../../gateway/discontinuation.ts';
import { dunningGateway } from '../../gateway/dunning.ts';
import { noticeGateway } from '../../gateway/notice.ts';
import { offBoardingGateway } from '../../gateway/off-boarding.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { publicationGateway } from '../../gateway/publication.ts';
import { receiptGateway } from '../../gateway/receipt.ts';
import type { CorporationLookUp } from '../../gateway/registry.ts';
import type { ScreeningGateway } from '../../gateway/screening.ts';
import { outsideSignIn } from '../../gateway/sign-in.ts';
import { suspensionGateway } from '../../gateway/suspension.ts';
import type { telephonyGateway } from '../../gateway/telephony.ts';
import { createFileStorage, type DocumentStorage } from '../../storage/file-storage.ts';
import { type AppOptions, createApp } from '../../web/app.tsx';
import { defaultLimits, type Limits, type WebConfig, type WebEnv } from '../../web/dependencies.ts';
import { openTestDatabase } from '../support/workers.ts';

const ORIGIN = 'http://localhost:8080';

export const CONFIG: WebConfig = {
  HASSO_MODE: 'development',
  WEB_URL: ORIGIN,
  TRUSTED_PROXIES: '',
  SESSION_SECRET: 'a secret of the tests, longer than 32 characters',
  PERSONAL_DATA_KEY: '0'.repeat(64),
  OUTBOX_DIR: undefined,
  TEMPORAL_NAMESPACE: 'hasso',
  STAFF_MAIL: 'Hasso 運用担当 <ops@hasso.example>',
  OPERATOR_NAME: '株式会社インターコム',
  OPERATOR_ADDRESS: '東京都千代田区外神田一丁目1番1号',
  SUPPORT_CHANNEL: 'メール',
  SUPPORT_HOURS: '平日',
};

/** A command that reached the port, by the name of its method. */
export interface SentCommand {
  method: string;
  applicationId: string;
  command: Record<string, unknown>;
}

/** No Temporal server is behind this: whoever asks a workflow for its state gets none. */
const nobody = new Proxy({} as Client, {
  get() {
    throw new Error('no Temporal server is here');
  },
});

/** What is told to workflows, with its real rows; `carry` stands for the Temporal server. */
const outboxTo = (db: Database, carry: (row: CommandRow) => Promise<Answer>) =>
  createOutbox(db, nobody, carry);

/** The port to Temporal for tests of pages: writes down what was sent and answers as told. */
export function recordingGateway(db: Database) {
  const sent: SentCommand[] = [];
  let answer: () => Promise<Answer> = async () => ({ ok: true });
  const outbox = outboxTo(db, async ({ id: commandId, actor, update, carries, workflowId }) => {
    const [, applicationId = ''] = workflowId.split('/');
    sent.push({ method: update ?? 'submit', applicationId, command: { ...carries, commandId, actor } });
    return answer();
  });
  return {
    applications: applicationGateway(outbox),
    outbox,
    sent,
    answerWith: (next: () => Promise<Answer>) => {
      answer = next;
    },
  };
}

/** The port to re-screening: writes down what was started. */
export function recordingScreening(db: Database) {
  const started: { list: string; version: number; startedBy: string }[] = [];
  const decided: { findingId: string; verdict: string }[] = [];
  const rescreened: string[] = [];
  const screening: ScreeningGateway = {
    rescreenList: async (input) => {
      started.push(input);
      return 'rescreening';
    },
    rescreenContract: async ({ contractId }, store) => {
      if (store !== undefined) await db.transaction(store);
      rescreened.push(contractId);
      return 'rescreening';
    },
    progress: async () => null,
    decideFinding: async (_, { findingId, verdict }) => {
      decided.push({ findingId, verdict });
      return { ok: true };
    },
    caseSnapshot: async () => null,
  };
  return { screening, started, decided, rescreened };
}

/** The port to editions and fee changes: writes down what was started and decided. */
export function recordingPublications(db: Database) {
  const started: string[] = [];
  const decided: { subjectId: string; verdict: unknown; commandId: string }[] = [];
  const outbox = outboxTo(db, async ({ id: commandId, update, carries, workflowId, starts }) => {
    const subjectId = workflowId.split('/').at(-1) ?? '';
    if (update === null) {
      started.push(subjectId);
      await askSecondPerson(db, starts?.args[0]);
    } else
      decided.push({
        subjectId,
        verdict: Object.entries(carries).find(([name]) => name === 'verdict')?.[1],
        commandId,
      });
    return { ok: true };
  });
  return { publications: publicationGateway(outbox), started, decided };
}

const publicationInput = z.object({
  subjectType: z.enum(['termsEdition', 'feeChange']),
  subjectId: z.string(),
  enteredBy: z.string(),
});

/** The task that the workflow of an edition or fee change opens first. */
async function askSecondPerson(db: Database, input: unknown): Promise<void> {
  const { subjectType, subjectId, enteredBy } = publicationInput.parse(input);
  await openTask(db, {
    ...{ taskId: randomUUID(), subjectType, subjectId, note: '', dueAt: new Date(), sandbox: false },
    kind: subjectType === 'termsEdition' ? 'termsApproval' : 'feeChangeApproval',
    involved: [{ staffId: enteredBy, as: 'entered' }],
  });
}

const absent = (message: string): Answer => ({ ok: false, code: 'wrongState', message });

const noTelephony: ReturnType<typeof telephonyGateway> = {
  isOn: false,
  register: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
  askForNumbers: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
  askForReview: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
  look: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
  create: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
  readNumbers: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
};

const NO_OIDC = {
  OIDC_ISSUER: undefined,
  OIDC_CLIENT_ID: undefined,
  OIDC_CLIENT_SECRET: undefined,
  OIDC_LABEL: '会社のアカウントでサインイン',
};
type Oidc = Pick<Config, 'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET'>;

export interface WebTest {
  db: Database;
  app: Hono<WebEnv>;
  /** What the application was made of. */
  served: AppOptions;
  gateway: ReturnType<typeof recordingGateway>;
  screening: ReturnType<typeof recordingScreening>;
  publications: ReturnType<typeof recordingPublications>;
  /** What the registry answers to every number. */
  registry: { answer: CorporationLookUp; issuer: RegistryAnswer<InvoiceIssuer> };
  /** The clock of the pages, real until it is set. */
  clock: { now: Date | null };
  errors: unknown[];
  documents: DocumentStorage;
  close: () => Promise<void>;
}

/** The web application on the real database, with the catalogue and terms that it needs. */
export async function startWeb(
  options: {
    config?: Partial<WebConfig>;
    limits?: Partial<Limits>;
    open?: typeof openTestDatabase;
    oidc?: Oidc;
  } = {},
): Promise<WebTest> {
  const base = openTestDatabase();
  await importCatalogue(base.db, JSON.parse(await readFile('samples/catalogue.json', 'utf8')));
  await addTermsEdition(base.db, {
    number: 11,
    title: 'Hasso 利用規約',
    effectiveOn: civilDate('2023-09-28'),
  });
  await base.close();
  const { db, close } = (options.open ?? openTestDatabase)();
  const gateway = recordingGateway(db);
  const screening = recordingScreening(db);
  const publications = recordingPublications(db);
  const none = outboxTo(db, async () => absent('手続きがありません。'));
  const registry: WebTest['registry'] = {
    answer: { found: false, message: '照会していません。' },
    issuer: { state: 'noKey' },
  };
  const clock: WebTest['clock'] = { now: null };
  const errors: unknown[] = [];
  const documents = createFileStorage(await mkdtemp(join(tmpdir(), 'hasso-web-')));
  const config = { ...CONFIG, ...options.config };
  const served: AppOptions = {
    config,
    db,
    applications: gateway.applications,
    outbox: gateway.outbox,
    contracts: contractGateway(none),
    dataRequests: dataRequestGateway(none),
    billing: billingGateway(outboxTo(db, async () => ({ ok: true }))),
    receipts: receiptGateway(outboxTo(db, async () => ({ ok: true }))),
    dunnings: dunningGateway(outboxTo(db, async () => ({ ok: true }))),
    deletions: deletionGateway(none),
    delivery: deliveryGateway(outboxTo(db, async () => ({ ok: true }))),
    notices: noticeGateway(none),
    offBoarding: offBoardingGateway(none),
    telephony: noTelephony,
    outside: outsideSignIn({ ...config, ...NO_OIDC, ...options.oidc }),
    suspensions: suspensionGateway(none),
    discontinuations: discontinuationGateway(none),
    screening: screening.screening,
    publications: publications.publications,
    registry: { lookUp: async () => registry.answer, invoiceIssuer: async () => registry.issuer },
    documents,
    limits: { ...defaultLimits(config.HASSO_MODE), answerMs: 2_000, ...options.limits },
    now: () => clock.now ?? new Date(),
    logError: (error) => errors.push(error),
  };
  const app = createApp(served);
  return { db, app, served, gateway, screening, publications, registry, clock, errors, documents, close };
}

export interface Page {
  status: number;
  html: string;
  title: string;
  location: string | null;
  headers: Headers;
}

/** A browser without scripts: keeps cookies, sends forms from our own origin. */
export class Browser {
  readonly #app: Hono<WebEnv>;
  readonly cookies = new Map<string, string>();
  origin: string | null = ORIGIN;
  /** Where its connections come from: another network for each browser. */
  address = `fd${randomUUID().slice(0, 2)}:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}:1::1`;
  /** Headers of its own, as a proxy would set them. */
  headers: Record<string, string> = {};

  constructor(app: Hono<WebEnv>) {
    this.#app = app;
  }

  get(path: string): Promise<Page> {
    return this.#send(path, {});
  }

  post(path: string, fields: Readonly<Record<string, string>> | FormData): Promise<Page> {
    return this.#send(path, {
      method: 'POST',
      body: fields instanceof FormData ? fields : new URLSearchParams(fields),
    });
  }

  async #send(path: string, init: RequestInit): Promise<Page> {
    const length = init.body instanceof URLSearchParams ? Buffer.byteLength(`${init.body}`) : null;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...this.headers,
      ...(length === null ? {} : { 'content-length': `${length}` }),
      ...(cookie === '' ? {} : { cookie }),
      ...(init.method === 'POST' && this.origin !== null ? { origin: this.origin } : {}),
    };
    const socket = { remoteAddress: this.address, remotePort: 1, remoteFamily: 'IPv6' };
    const from = { incoming: { socket } };
    const response = await this.#app.request(`${ORIGIN}${path}`, { ...init, headers }, from);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const html = await response.text();
    const title = /<title>([^<]*)/.exec(html)?.[1] ?? '';
    const location = response.headers.get('location');
    return { status: response.status, html, title, location, headers: response.headers };
  }
}

/** The value of a hidden field, or of the first field with that name. */
export function fieldValue(page: Page, name: string): string {
  const match = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html);
  if (match?.[1] === undefined)
    throw new Error(`The page has no field ${name}: ${page.title} (${page.status})`);
  return match[1];
}

/** A new account with these roles, signed in. */
export async function signedIn(
  web: WebTest,
  ...roles: StaffRole[]
): Promise<{ browser: Browser; id: string; csrf: string; email: string; password: string }> {
  const email = `${randomUUID()}@hasso.example`;
  const password = randomUUID();
  const id = await createStaff(
    web.db,
    { email, name: `${roles[0]} 太郎`, roles, password, sample: true },
    'test',
  );
  const browser = new Browser(web.app);
  const form = await browser.get('/staff/sign-in');
  const page = await browser.post('/staff/sign-in', {
    formToken: fieldValue(form, 'formToken'),
    email,
    password,
  });
  if (page.status !== 303) throw new Error(`Signing in failed: ${page.title}`);
  const csrf = fieldValue(await browser.get('/staff'), 'csrf');
  return { browser, id, csrf, email, password };
}
