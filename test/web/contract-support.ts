import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { submitApplication } from '../../db/queries/intake/submit-application.ts';
import { addTermsEdition } from '../../db/queries/terms-edition/add.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { civilDate, jstDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { openGateways } from '../../gateway/index.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { type AppOptions, createApp } from '../../web/app.tsx';
import { defaultLimits } from '../../web/dependencies.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { cleanApplication } from '../support/application.ts';
import { contractDriver } from '../support/contract-life.ts';
import { applicants } from '../support/people.ts';
import { startWorkers } from '../support/workers.ts';
import {
  CONFIG,
  type Page,
  recordingGateway,
  recordingPublications,
  recordingScreening,
  signedIn,
  type WebTest,
} from './support.ts';

/** The pages on the real database, in front of the project's own workers: the answers are those of real contracts. */
export async function startContractWeb(settings: Record<string, string> = {}) {
  const workers = await startWorkers(settings);
  const { db } = workers.composed;
  const gateway = recordingGateway(db);
  const screening = recordingScreening(db);
  const publications = recordingPublications(db);
  const registry: WebTest['registry'] = {
    answer: { found: false, message: '照会していません。' },
    issuer: { state: 'noKey' },
  };
  const errors: unknown[] = [];
  const documents = createFileStorage(await mkdtemp(join(tmpdir(), 'hasso-web-')));
  const served: AppOptions = {
    config: CONFIG,
    db,
    ...openGateways(workers.outbox, workers.config),
    outbox: workers.outbox,
    applications: gateway.applications,
    screening: screening.screening,
    publications: publications.publications,
    registry: { lookUp: async () => registry.answer, invoiceIssuer: async () => registry.issuer },
    documents,
    limits: { ...defaultLimits('development'), answerMs: 20_000 },
    logError: (error) => errors.push(error),
  };
  const app = createApp(served);
  const web: WebTest = {
    db,
    app,
    served,
    gateway,
    screening,
    publications,
    registry,
    errors,
    documents,
    clock: { now: null },
    close: () => workers.stop(),
  };
  const people = applicants(db, workers.client);

  return {
    ...web,
    client: workers.client,
    config: workers.config,
    outbox: workers.outbox,
    /** Where the workers keep what they issue. */
    documentsDir: workers.config.DOCUMENTS_DIR,
    /** A sandbox contract and the driver that moves it. */
    async concluded(changes: Partial<ApplicationInput> = {}) {
      const contractId = await people.conclude(changes);
      const driver = contractDriver(db, workers.client, contractId);
      return { contractId, path: `/staff/contracts/${contractId}`, driver };
    },
    /** A contract as production makes it. */
    async concludedLive(): Promise<string> {
      const submissionKey = randomUUID();
      const termsEditionId = await addTermsEdition(db, {
        number: 11,
        title: 'Hasso 利用規約',
        effectiveOn: civilDate('2023-09-28'),
      });
      const { applicationId } = await submitApplication(db, {
        submissionKey,
        channel: 'web',
        receivedAt: new Date(),
        enteredBy: null,
        sandbox: false,
        catalogueVersion: 1,
        input: cleanApplication(),
        agreement: { termsEditionId, how: 'form' },
        documents: [],
      });
      await people.gateway.submit(async () => ({ applicationId, sandbox: false }));
      await people.review(applicationId, randomUUID(), 'recommendAccept');
      await people.approve(applicationId, randomUUID(), 'accept');
      await workers.client.workflow.getHandle(applicationReviewId(applicationId)).result();
      const contract = await db.query.contracts.findFirst({
        where: (t, { eq }) => eq(t.applicationId, applicationId),
      });
      return contract?.id ?? '';
    },
    signedIn: (...roles: Parameters<typeof signedIn> extends [unknown, ...infer R] ? R : never) =>
      signedIn(web, ...roles),
    requestsOf: (contractId: string) =>
      db.query.requests.findMany({ where: (t, { eq }) => eq(t.contractId, contractId) }),
  };
}

export type ContractWeb = Awaited<ReturnType<typeof startContractWeb>>;
export type Person = Awaited<ReturnType<ContractWeb['signedIn']>>;

/** An instant as the two fields of a form, in Japanese time. */
export function arrival(instantMs: number): { arrivedOn: string; arrivedTime: string } {
  const day = jstDate(instantMs);
  const minutes = Math.floor((instantMs - jstInstant(day)) / 60_000);
  const two = (number: number) => String(number).padStart(2, '0');
  return { arrivedOn: day, arrivedTime: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}

/** Types a request in as a person does: form, then the check page. */
export async function preview(
  person: Person,
  contractPath: string,
  kind: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ page: Page; send: (page?: Page) => Promise<Page> }> {
  const { browser } = person;
  const path = `${contractPath}/requests/new/${kind}`;
  const form = await browser.get(path);
  if (form.status !== 200) return { page: form, send: async () => form };
  const page = await browser.post(path, { ...hiddenFields(form), ...prefilled(form, kind), ...fields });
  return {
    page,
    send: (shown = page) => browser.post(path, { ...hiddenFields(shown), step: 'submit' }),
  };
}

/** Hidden fields of a page's main form. */
export function hiddenFields(page: Page): Record<string, string> {
  const form = page.html.slice(page.html.lastIndexOf('<form'));
  const inputs = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, plainText(value)]));
}

/** What the form of a change is filled in with from the start. */
function prefilled(form: Page, kind: string): Record<string, string> {
  if (kind !== 'change') return {};
  const checked = [...form.html.matchAll(/name="(planCode|contractKind)" value="([^"]+)" checked/g)];
  const options = [...form.html.matchAll(/name="(option\.\w+)" value="(\d*)"/g)];
  return {
    ...Object.fromEntries([...checked, ...options].map(([, name = '', value = '']) => [name, value])),
    licences: /id="licences"[^>]*value="(\d+)"/.exec(form.html)?.[1] ?? '',
  };
}

function plainText(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
