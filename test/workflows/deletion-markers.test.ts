import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { correctionToken } from '../../activities/correction-token.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { recordClock } from '../../db/queries/contract/record-clock.ts';
import { decideHold, proposeHold } from '../../db/queries/deletion/hold.ts';
import { contracts, returnRequests } from '../../db/schema/index.ts';
import type { StaffRole } from '../../domain/tasks.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { sweepNow } from '../../gateway/retention.ts';
import { createApp } from '../../web/app.tsx';
import { cleanApplication } from '../support/application.ts';
import { contractDriver } from '../support/contract-life.ts';
import { emlOf } from '../support/eml.ts';
import { endings } from '../support/ended-contract.ts';
import { type Found, planter, scanDatabase, scanFolder, scanner, scanStorage } from '../support/markers.ts';
import { pdfOf } from '../support/pdf.ts';
import { eventually } from '../support/people.ts';
import { realDependencies } from '../support/web.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';
import { arrival, hiddenFields, preview } from '../web/contract-support.ts';
import { Browser, CONFIG, fieldValue, type Page, signedIn } from '../web/support.ts';

const plant = planter();
const logged: string[] = [];
let workers: RunningWorkers;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('DEBUG', (entry) => logged.push(JSON.stringify(entry, errorText))),
  });
  workers = await startWorkers({}, failingFirst);
});
afterAll(async () => workers.stop());

const errorText = (_: string, value: unknown) =>
  value instanceof Error
    ? `${value.message} ${value.stack}`
    : typeof value === 'bigint'
      ? String(value)
      : value;

/** Every activity fails at its first call, with an error that quotes everything that was typed in so far. */
function failingFirst<T extends object>(activities: T): T {
  const failed = new Set<string>();
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: unknown[]) => {
      if (!failed.has(name) && plant.planted.size > 0) {
        failed.add(name);
        throw new Error(`${name} cannot handle ${[...plant.planted.values()].join(', ')}`, {
          cause: new TypeError([...plant.planted.values()].join(' / ')),
        });
      }
      return (activity as (...given: unknown[]) => Promise<unknown>)(...args);
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}

/** The pages in front of the real workflows. */
function realWeb() {
  const { composed, config } = workers;
  const { db } = composed;
  const app = createApp({
    ...realDependencies(workers),
    config: { ...CONFIG, SESSION_SECRET: config.SESSION_SECRET, OUTBOX_DIR: config.OUTBOX_DIR },
  });
  const staff = (...roles: StaffRole[]) => signedIn({ db, app } as never, ...roles);
  return { db, app, staff };
}

const expectDone = (page: Page) => {
  if (page.status !== 303) {
    const said = page.html.match(/class="message">[\s\S]{0,200}/g)?.join(' ') ?? page.html.slice(-600);
    throw new Error(`${page.status} ${page.title} ${said.replace(/<[^>]*>/g, ' ')}`);
  }
  return page;
};

/** An application on paper with gaps, corrected by its applicant, reviewed and approved: the contract's id. */
async function conclude({ app, staff, db }: ReturnType<typeof realWeb>): Promise<string> {
  const [operations, reviewer, approver] = [
    await staff('operations'),
    await staff('reviewer'),
    await staff('approver'),
  ];
  const form = await operations.browser.get('/staff/applications/new');
  const {
    options: _,
    usedInJapanOnly: __,
    licences,
    ...clean
  } = cleanApplication({ contractKind: 'monthly' });
  const typed = {
    ...clean,
    companyName: `株式会社${plant.word('companyName')}`,
    companyKana: plant.kana('companyKana'),
    address: `東京都千代田区${plant.word('addressBeforeCorrection')}1番1号`,
    usePlace: `東京都千代田区${plant.word('usePlace')}2番`,
    phone: plant.phone('phone'),
    representativeName: `${plant.word('representativeName')} 太郎`,
    representativeKana: '',
    officersText: `${plant.word('officer')} 花子、${plant.kana('officerKana')}、取締役、1970年4月1日\n${plant.word('officer2')}`,
    contactName: `${plant.word('contactName')} 花子`,
    contactKana: plant.kana('contactKana'),
    contactEmail: plant.email('contactEmail'),
    contactPhone: plant.phone('contactPhone'),
    partnerName: `株式会社${plant.word('partnerName')}`,
    secondContractReason: `${plant.word('secondContractReason')}部門で別に使うため`,
  };
  const paper = new FormData();
  const fields = {
    ...typed,
    licences: String(licences),
    usedInJapanOnly: 'yes',
    agree: 'yes',
    channel: 'fax',
    receivedOn: '2026-03-02',
    receivedTime: '10:30',
    csrf: operations.csrf,
    submissionKey: fieldValue(form, 'submissionKey'),
  };
  for (const [name, value] of Object.entries(fields)) paper.append(name, value);
  const eml = emlOf(`本文 ${plant.word('mailBody')} 電話 ${plant.phone('phoneInMail')}`, [
    {
      name: `${plant.word('attachmentName')}.pdf`,
      type: 'application/pdf',
      bytes: await pdfOf(plant.word('attachmentText')),
    },
  ]);
  paper.append('scanFile', new File([eml], `${plant.word('mailFileName')}.eml`));
  const attached = await operations.browser.post('/staff/applications/new', paper);
  const done = attached.status === 303 ? attached : await secondPost(operations.browser, attached, fields);
  const applicationId = expectDone(done).location?.split('/').at(-1) ?? '';

  const gateway = applicationGateway(workers.client);
  const waitFor = (status: string) =>
    eventually(`application is in ${status}`, async () => {
      const snapshot = await gateway.snapshot(applicationId);
      return snapshot?.status === status && (status === 'correction' || snapshot.taskId !== null)
        ? snapshot
        : null;
    });
  const { round } = await waitFor('correction');
  const link = `/apply/correction/${correctionToken(workers.config.SESSION_SECRET, applicationId, round)}`;
  const applicant = new Browser(app);
  const shown = await applicant.get(link);
  const corrected = {
    ...typed,
    licences: String(licences),
    usedInJapanOnly: 'yes',
    representativeKana: plant.kana('representativeKana'),
    address: `東京都千代田区${plant.word('address')}1番1号`,
    formToken: fieldValue(shown, 'formToken'),
  };
  expectDone(await applicant.post(link, corrected));

  const review = await waitFor('review');
  const path = `/staff/applications/${applicationId}`;
  const findings = await db.query.findings.findMany({
    where: (t, { eq }) => eq(t.applicationId, applicationId),
  });
  expect(findings.length).toBeGreaterThan(0);
  expectDone(
    await reviewer.browser.post(`${path}/review`, {
      csrf: reviewer.csrf,
      commandId: randomUUID(),
      taskId: review.taskId ?? '',
      verdict: 'recommendAccept',
      reasonCode: 'noProblem',
      reason: `審査の所見 ${plant.word('reviewWords')}`,
    }),
  );
  const approval = await waitFor('approval');
  expectDone(
    await approver.browser.post(`${path}/approval`, {
      csrf: approver.csrf,
      commandId: randomUUID(),
      taskId: approval.taskId ?? '',
      verdict: 'accept',
      reasonCode: 'noProblem',
      reason: `承認の所見 ${plant.word('approvalWords')}`,
    }),
  );
  return eventually('the contract is concluded', async () => {
    const row = await db.query.contracts.findFirst({
      where: (t, { eq }) => eq(t.applicationId, applicationId),
    });
    return row?.id;
  });
}

/** A mail is shown first; its form comes back with it attached. */
function secondPost(browser: Browser, shown: Page, fields: Record<string, string>): Promise<Page> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, uploads: fieldValue(shown, 'uploads') })) {
    form.append(name, value);
  }
  return browser.post('/staff/applications/new', form);
}

/** What goes on in a contract's life: another contact, a change, a cancellation, each with words and originals. */
async function live({ staff, db }: ReturnType<typeof realWeb>, contractId: string): Promise<void> {
  const path = `/staff/contracts/${contractId}`;
  const [operations, approver] = [await staff('operations'), await staff('approver')];
  const changeId = randomUUID();
  expectDone(
    await operations.browser.post(`${path}/contact`, {
      csrf: operations.csrf,
      commandId: changeId,
      name: `${plant.word('newContactName')} 次郎`,
      kana: plant.kana('newContactKana'),
      email: plant.email('newContactEmail'),
      phone: plant.phone('newContactPhone'),
      reason: `担当者の交代 ${plant.word('contactReason')}`,
    }),
  );
  expectDone(
    await approver.browser.post(`${path}/contact/${changeId}/decision`, {
      csrf: approver.csrf,
      commandId: randomUUID(),
      verdict: 'confirm',
    }),
  );
  const asked = async (kind: string, fields: Record<string, string>) => {
    const { browser } = operations;
    const { page } = await preview(operations as never, path, kind, {
      channel: 'fax',
      ...arrival(Date.now() - 60_000),
      ...fields,
    });
    const original = await pdfOf(plant.word(`${kind} original`));
    const body = new FormData();
    for (const [name, value] of Object.entries(hiddenFields(page))) body.append(name, value);
    body.append('scanFile', new File([original], `${plant.word(`${kind} file name`)}.pdf`));
    const shown = await browser.post(`${path}/requests/new/${kind}`, body);
    expectDone(
      await browser.post(`${path}/requests/new/${kind}`, { ...hiddenFields(shown), step: 'submit' }),
    );
  };
  await asked('change', { licences: '20', note: `変更の控え ${plant.word('changeNote')}` });
  await asked('cancellation', { note: `解約の控え ${plant.word('cancellationNote')}` });
  await db.insert(returnRequests).values(
    sealRow(returnRequests, (await endings(db, workers.client).contractRow(contractId)).applicationId, {
      contractId,
      commandId: randomUUID(),
      kind: 'return' as const,
      arrivedOn: '2026-12-01',
      dueOn: '2026-12-31',
      scope: `資料 ${plant.word('returnScope')}`,
      doneNote: `返却済 ${plant.word('returnNote')}`,
      enteredBy: operations.id,
    }),
  );
  await db
    .update(contracts)
    .set(
      sealRow(contracts, (await endings(db, workers.client).contractRow(contractId)).applicationId, {
        phoneNumbers: [plant.phone('hassoNumber')],
        campaignTerms: [`特約 ${plant.word('campaignTerms')}`],
      }),
    )
    .where(eq(contracts.id, contractId));
  const hold = await proposeHold(db, {
    contractId,
    commandId: randomUUID(),
    reason: `係争 ${plant.word('holdReason')}`,
    staffId: operations.id,
    at: new Date(),
  });
  if (!hold.ok) throw new Error(hold.message);
  const rejected = {
    verdict: 'reject' as const,
    commandId: randomUUID(),
    staffId: approver.id,
    at: new Date(),
  };
  await decideHold(db, { holdId: hold.holdId, ...rejected });
}

/** Everything that the system keeps, looked through raw. */
async function everywhere(): Promise<Found[]> {
  const env = inject('stackEnv');
  const scan = scanner(plant.planted);
  const stateDir = dirname(env.LOG_DIR ?? '');
  return [
    ...(await scanDatabase(workers.composed.db, env.DATABASE_OWNER_URL ?? '', scan)),
    ...(await scanStorage(workers.config.DOCUMENTS_DIR, scan)),
    ...(await scanFolder(workers.config.OUTBOX_DIR ?? '', scan)),
    ...(await scanFolder(join(stateDir, 'temporal'), scan)),
    ...(await scanFolder(env.LOG_DIR ?? '', scan)),
    ...scan('worker log', logged.join('\n')),
  ];
}

const placesOf = (found: Found[]) => [...new Set(found.map(({ place }) => place))].toSorted();

test('of everything that was typed in, only what the data map keeps is left after the deletion, and nothing after its last day', async () => {
  const web = realWeb();
  const { db } = web;
  const contractId = await conclude(web);
  const driver = contractDriver(db, workers.client, contractId);
  await driver.mailed('certificateIssued');
  await live(web, contractId);
  expect(plant.planted.size).toBeGreaterThanOrEqual(40);
  const before = await everywhere();
  expect(new Set(before.map(({ field }) => field)).size).toBeGreaterThan(30);
  expect(placesOf(before).filter((place) => /worker log|temporal|\.db|\.log$/.test(place))).toEqual([]);

  const { endsOn } = (await driver.contract()) ?? {};
  await driver.to(`${endsOn?.slice(0, 8)}28T00:00:00+09:00`);
  const life = endings(db, workers.client);
  await driver.to(new Date(Date.parse(`${endsOn}T00:00:00+09:00`) + 86_400_000).toISOString());
  await driver.over();
  await life.start(contractId);
  await life.toDay(contractId, 33);
  await life.over(contractId);
  expect(await life.row(contractId)).toMatchObject({ status: 'done', proofMail: 'sent' });

  const archived = await db.query.documents.findMany({ where: (t, { eq }) => eq(t.subjectId, contractId) });
  const keptFiles = archived.map(({ storageKey }) => storageKey);
  const evidence = /^(findings|contract_findings|screening_checks|screening_decisions)\./;
  const kept = (place: string) =>
    evidence.test(place) ||
    keptFiles.includes(place) ||
    ['documents.counterparty', 'documents.counterparty_folded', 'raw documents'].includes(place);
  const after = await everywhere();
  expect(placesOf(after).filter((place) => !kept(place))).toEqual([]);
  expect(new Set(after.map(({ field }) => field))).toContain('companyName');

  await recordClock(db, contractId, 20 * 366 * 86_400_000);
  await sweepNow(workers.client);
  expect(placesOf(await everywhere())).toEqual([]);
}, 240_000);
