import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Database } from '../../db/client.ts';
import { importCatalogue } from '../../db/queries/catalogue/import.ts';
import { createStaff } from '../../db/queries/staff/create.ts';
import { addTermsEdition } from '../../db/queries/terms-edition/add.ts';
import type { Answer } from '../../domain/base/answers.ts';
import type { StaffRole } from '../../domain/desk/roles.ts';
import type { ApplicationGateway } from '../../gateway/application.ts';
import type { ContractGateway } from '../../gateway/contract.ts';
import type { DataRequestGateway } from '../../gateway/data-request.ts';
import type { DeletionGateway } from '../../gateway/deletion.ts';
import type { DeliveryGateway } from '../../gateway/delivery.ts';
import type { DiscontinuationGateway } from '../../gateway/discontinuation.ts';
import type { NoticeGateway } from '../../gateway/notice.ts';
import type { OffBoardingGateway } from '../../gateway/off-boarding.ts';
import type { PublicationGateway } from '../../gateway/publication.ts';
import type { CorporationLookUp } from '../../gateway/registry.ts';
import type { ScreeningGateway } from '../../gateway/screening.ts';
import type { SuspensionGateway } from '../../gateway/suspension.ts';
import type { TelephonyGateway } from '../../gateway/telephony.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { createApp } from '../../web/app.tsx';
import { defaultLimits, type Limits, type WebConfig, type WebEnv } from '../../web/dependencies.ts';
import { openTestDatabase } from '../support/workers.ts';

const ORIGIN = 'http://localhost:8080';

export const CONFIG: WebConfig = {
  HASSO_MODE: 'development',
  WEB_URL: ORIGIN,
  SESSION_SECRET: 'a secret of the tests, longer than 32 characters',
  OUTBOX_DIR: undefined,
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

/** The port to Temporal for tests of pages: writes down what was sent and answers as told. */
export function recordingGateway() {
  const sent: SentCommand[] = [];
  let answer: () => Promise<Answer> = async () => ({ ok: true });
  const take = async (method: string, applicationId: string, command: object): Promise<Answer> => {
    sent.push({ method, applicationId, command: { ...command } });
    return answer();
  };
  const method =
    (name: string) =>
    (id: string, command: object): Promise<Answer> =>
      take(name, id, command);
  const applications: ApplicationGateway = {
    submit: async ({ applicationId, ...command }) => {
      const taken = await take('submit', applicationId, command);
      return taken.ok ? { ok: true, status: 'review' } : taken;
    },
    resubmit: method('resubmit'),
    withdraw: method('withdraw'),
    decideFinding: method('decideFinding'),
    decideReview: method('decideReview'),
    decideApproval: method('decideApproval'),
    retryDelivery: method('retryDelivery'),
    snapshot: async () => null,
  };
  return {
    applications,
    sent,
    answerWith: (next: () => Promise<Answer>) => {
      answer = next;
    },
  };
}

/** The port to re-screening: writes down what was started. */
export function recordingScreening() {
  const started: { list: string; version: number; startedBy: string }[] = [];
  const decided: { findingId: string; verdict: string }[] = [];
  const rescreened: string[] = [];
  const screening: ScreeningGateway = {
    rescreenList: async (input) => {
      started.push(input);
      return 'rescreening';
    },
    rescreenContract: async ({ contractId }) => {
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

const noNotice = () => Promise.reject(new Error('no notice is sent here'));
/** The pages of notices are tested with running workers. */
const noNotices: NoticeGateway = {
  submit: noNotice,
  decide: noNotice,
  pause: noNotice,
  resume: noNotice,
  stop: noNotice,
  retry: noNotice,
  recordLetters: noNotice,
  progress: async () => null,
};

const noDelivery: DeliveryGateway = {
  resend: async () => undefined,
  changeContact: async () => undefined,
  decideContactChange: async () => ({ ok: true }),
};
/** The port to editions and fee changes: writes down what was started and decided. */
export function recordingPublications() {
  const started: string[] = [];
  const decided: { subjectId: string; verdict: string; commandId: string }[] = [];
  const publications: PublicationGateway = {
    start: async ({ subjectId }) => {
      if (!started.includes(subjectId)) started.push(subjectId);
    },
    decide: async ({ subjectId }, { verdict, commandId }) => {
      decided.push({ subjectId, verdict, commandId });
      return { ok: true };
    },
  };
  return { publications, started, decided };
}

const refusedSuspension = async () => ({
  ok: false as const,
  code: 'wrongState' as const,
  message: '停止がありません。',
});
const noSuspensions: SuspensionGateway = {
  start: async () => undefined,
  decide: refusedSuspension,
  reschedule: refusedSuspension,
  cancel: refusedSuspension,
  lift: refusedSuspension,
  snapshot: async () => null,
};

const refusedDiscontinuation = async () => ({
  ok: false as const,
  code: 'wrongState' as const,
  message: '廃止がありません。',
});
const noDiscontinuations: DiscontinuationGateway = {
  start: async () => undefined,
  decide: refusedDiscontinuation,
  recompute: refusedDiscontinuation,
  cancel: refusedDiscontinuation,
  snapshot: async () => null,
};

const noContracts: ContractGateway = {
  request: async () => ({ ok: false, code: 'wrongState', message: '契約がありません。' }),
  confirmRequest: async () => ({ ok: false, code: 'wrongState', message: '契約がありません。' }),
  retryDelivery: async () => ({ ok: true }),
  snapshot: async () => null,
  startClock: async () => ({ ok: false, code: 'wrongState', message: '契約がありません。' }),
  now: async () => null,
};

const noOffBoarding: OffBoardingGateway = {
  decideStep: async () => ({ ok: false, code: 'wrongState', message: '手続きがありません。' }),
  snapshot: async () => null,
};

const noTelephony: TelephonyGateway = {
  isOn: false,
  register: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
  create: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
  readNumbers: async () => ({ ok: false, code: 'notAllowed', message: '電話サービスがありません。' }),
};

const noDataRequests: DataRequestGateway = {
  start: async () => undefined,
  checkIdentity: async () => ({ ok: false, code: 'wrongState', message: '請求がありません。' }),
  answer: async () => ({ ok: false, code: 'wrongState', message: '請求がありません。' }),
};

const noDeletions: DeletionGateway = {
  start: async () => undefined,
  holdChanged: async () => undefined,
  retry: async () => ({ ok: false, code: 'wrongState', message: '削除がありません。' }),
  snapshot: async () => null,
};

export interface WebTest {
  db: Database;
  app: Hono<WebEnv>;
  gateway: ReturnType<typeof recordingGateway>;
  screening: ReturnType<typeof recordingScreening>;
  publications: ReturnType<typeof recordingPublications>;
  /** What the registry answers to every number. */
  registry: { answer: CorporationLookUp };
  /** The clock of the pages, real until it is set. */
  clock: { now: Date | null };
  errors: unknown[];
  close: () => Promise<void>;
}

/** The web application on the real database, with the catalogue and terms that it needs. */
export async function startWeb(
  options: { config?: Partial<WebConfig>; limits?: Partial<Limits> } = {},
): Promise<WebTest> {
  const { db, close } = openTestDatabase();
  await importCatalogue(db, JSON.parse(await readFile('samples/catalogue.json', 'utf8')));
  await addTermsEdition(db, { number: 11, title: 'Hasso 利用規約', effectiveOn: '2023-09-28' });
  const gateway = recordingGateway();
  const screening = recordingScreening();
  const publications = recordingPublications();
  const registry: WebTest['registry'] = { answer: { found: false, message: '照会していません。' } };
  const clock: WebTest['clock'] = { now: null };
  const errors: unknown[] = [];
  const config = { ...CONFIG, ...options.config };
  const app = createApp({
    config,
    db,
    applications: gateway.applications,
    contracts: noContracts,
    dataRequests: noDataRequests,
    deletions: noDeletions,
    delivery: noDelivery,
    notices: noNotices,
    offBoarding: noOffBoarding,
    telephony: noTelephony,
    suspensions: noSuspensions,
    discontinuations: noDiscontinuations,
    screening: screening.screening,
    publications: publications.publications,
    registry: { lookUp: async () => registry.answer },
    documents: createFileStorage(await mkdtemp(join(tmpdir(), 'hasso-web-'))),
    limits: { ...defaultLimits(config.HASSO_MODE), answerMs: 200, ...options.limits },
    now: () => clock.now ?? new Date(),
    logError: (error) => errors.push(error),
  });
  return { db, app, gateway, screening, publications, registry, clock, errors, close };
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
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...(cookie === '' ? {} : { cookie }),
      ...(init.method === 'POST' && this.origin !== null ? { origin: this.origin } : {}),
    };
    const response = await this.#app.request(`${ORIGIN}${path}`, { ...init, headers });
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
