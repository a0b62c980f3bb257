import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { correctionToken } from '../../activities/correction-token.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { contracts } from '../../db/schema/index.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import type { StaffRole } from '../../domain/desk/roles.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { createApp } from '../../web/app.tsx';
import { arrival, hiddenFields, preview } from '../web/contract-support.ts';
import { Browser, CONFIG, fieldValue, type Page, signedIn } from '../web/support.ts';
import { cleanApplication } from './application.ts';
import { emlOf } from './eml.ts';
import type { planter } from './markers.ts';
import { pdfOf } from './pdf.ts';
import { eventually } from './people.ts';
import { realDependencies } from './web.ts';
import type { RunningWorkers } from './workers.ts';

type Plant = ReturnType<typeof planter>;

/** The pages in front of the real workflows, and people who type a marker into every field of them. */
export function plantedWeb(workers: RunningWorkers, plant: Plant) {
  const { composed, config } = workers;
  const { db } = composed;
  const app = createApp({
    ...realDependencies(workers),
    config: { ...CONFIG, SESSION_SECRET: config.SESSION_SECRET, OUTBOX_DIR: config.OUTBOX_DIR },
  });
  const staff = (...roles: StaffRole[]) => signedIn({ db, app } as never, ...roles);
  const gateway = applicationGateway(workers.outbox);

  const waitFor = (applicationId: string, status: string) =>
    eventually(`application is in ${status}`, async () => {
      const snapshot = await gateway.snapshot(applicationId);
      return snapshot?.status === status && (status === 'correction' || snapshot.taskId !== null)
        ? snapshot
        : null;
    });

  /** Every text of an application; `where` says through which form they came. */
  const texts = (where: string) => {
    const {
      options: _,
      usedInJapanOnly: __,
      licences,
      ...clean
    } = cleanApplication({ contractKind: 'monthly' });
    const word = (field: string) => plant.word(`${where} ${field}`);
    const kana = (field: string) => plant.kana(`${where} ${field}`);
    return {
      ...clean,
      companyName: `株式会社${word('companyName')}`,
      companyKana: kana('companyKana'),
      address: `東京都千代田区${word('address')}1番1号`,
      usePlace: `東京都千代田区${word('usePlace')}2番`,
      phone: plant.phone(`${where} phone`),
      representativeName: `${word('representativeName')} 太郎`,
      representativeKana: kana('representativeKana'),
      officersText: `${word('officer')} 花子、${kana('officerKana')}、取締役、1970年4月1日\n${word('officer2')}`,
      contactName: `${word('contactName')} 花子`,
      contactKana: kana('contactKana'),
      contactEmail: plant.email(`${where} contactEmail`),
      contactPhone: plant.phone(`${where} contactPhone`),
      partnerName: `株式会社${word('partnerName')}`,
      secondContractReason: `${word('secondContractReason')}部門で別に使うため`,
      licences: String(licences),
      usedInJapanOnly: 'yes',
      agree: 'yes',
    };
  };

  /** Two people decide, each with words of their own. */
  async function decide(applicationId: string, verdict: 'accept' | 'refuse'): Promise<void> {
    const [reviewer, approver] = [await staff('reviewer'), await staff('approver')];
    const path = `/staff/applications/${applicationId}`;
    const review = await waitFor(applicationId, 'review');
    expectDone(
      await reviewer.browser.post(`${path}/review`, {
        csrf: reviewer.csrf,
        commandId: randomUUID(),
        taskId: review.taskId ?? '',
        verdict: verdict === 'accept' ? 'recommendAccept' : 'recommendRefuse',
        reasonCode: verdict === 'accept' ? 'noProblem' : 'unsuitable',
        reason: `審査の所見 ${plant.word(`reviewWords ${applicationId}`)}`,
      }),
    );
    const approval = await waitFor(applicationId, 'approval');
    expectDone(
      await approver.browser.post(`${path}/approval`, {
        csrf: approver.csrf,
        commandId: randomUUID(),
        taskId: approval.taskId ?? '',
        verdict,
        reasonCode: verdict === 'accept' ? 'noProblem' : 'unsuitable',
        reason: `承認の所見 ${plant.word(`approvalWords ${applicationId}`)}`,
      }),
    );
  }

  const concluded = async (applicationId: string): Promise<string> => {
    await decide(applicationId, 'accept');
    return eventually('the contract is concluded', async () => {
      const row = await db.query.contracts.findFirst({
        where: (t, { eq: is }) => is(t.applicationId, applicationId),
      });
      return row?.id;
    });
  };

  /** The public form with its check page, submitted; the application's id. */
  async function appliedOnline(where: string): Promise<string> {
    const applicant = new Browser(app);
    const form = await applicant.get('/apply');
    const fields = {
      ...texts(where),
      formToken: fieldValue(form, 'formToken'),
      termsEdition: fieldValue(form, 'termsEdition'),
    };
    const checked = await applicant.post('/apply/confirm', fields);
    if (checked.status !== 200) expectDone(checked);
    expectDone(await applicant.post('/apply', fields));
    const rows = await db.query.applications.findMany();
    return rows.find(({ companyName }) => companyName === fields.companyName)?.id ?? '';
  }

  return {
    db,

    /** Applied for on paper with a mail attached, entered with gaps, corrected by the applicant: the contract's id. */
    async concludedOnPaper(): Promise<string> {
      const operations = await staff('operations');
      const form = await operations.browser.get('/staff/applications/new');
      const typed = texts('paper');
      const paper = new FormData();
      const fields = {
        ...typed,
        address: `東京都千代田区${plant.word('paper address before its correction')}1番1号`,
        representativeKana: '',
        channel: 'fax',
        receivedOn: '2026-03-02',
        receivedTime: '10:30',
        csrf: operations.csrf,
        submissionKey: fieldValue(form, 'submissionKey'),
      };
      for (const [name, value] of Object.entries(fields)) paper.append(name, value);
      const eml = emlOf(`本文 ${plant.word('mail body')} 電話 ${plant.phone('phone in a mail')}`, [
        {
          name: `${plant.word('attachment name')}.pdf`,
          type: 'application/pdf',
          bytes: await pdfOf(plant.word('attachment text')),
        },
      ]);
      paper.append('scanFile', new File([eml], `${plant.word('mail file name')}.eml`));
      const attached = await operations.browser.post('/staff/applications/new', paper);
      const done =
        attached.status === 303 ? attached : await secondPost(operations.browser, attached, fields);
      const applicationId = expectDone(done).location?.split('/').at(-1) ?? '';

      const { round } = await waitFor(applicationId, 'correction');
      const link = `/apply/correction/${correctionToken(config.SESSION_SECRET, applicationId, round)}`;
      const applicant = new Browser(app);
      const shown = await applicant.get(link);
      expectDone(await applicant.post(link, { ...typed, formToken: fieldValue(shown, 'formToken') }));
      return concluded(applicationId);
    },

    /** Applied for through the public form: the contract's id. */
    concludedOnline: async (): Promise<string> => concluded(await appliedOnline('online')),

    /** Applied for through the public form and refused by two people: the application's id. */
    async refusedOnline(): Promise<string> {
      const applicationId = await appliedOnline('refused');
      await decide(applicationId, 'refuse');
      await eventually('the application is refused', async () => {
        const row = await db.query.applications.findFirst({ where: (t) => eq(t.id, applicationId) });
        const told = await db.query.mails.findFirst({ where: (t) => eq(t.subjectId, applicationId) });
        return row?.status === 'refused' && told?.status === 'accepted' ? true : null;
      });
      return applicationId;
    },

    /** What goes on in a contract's life: another contact, a change, a cancellation, a request, a hold, each with words and originals. */
    async live(contractId: string): Promise<void> {
      const path = `/staff/contracts/${contractId}`;
      const [operations, approver, legal] = [
        await staff('operations'),
        await staff('approver'),
        await staff('legal'),
      ];
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
      const request = {
        csrf: operations.csrf,
        commandId: randomUUID(),
        kind: 'returnSecrets',
        about: 'person',
        personName: `${plant.word('personName of a request')} 三郎`,
        requesterName: `${plant.word('requesterName')} 四郎`,
        replyTo: plant.email('replyTo'),
        channel: 'post',
        receivedOn: jstDate(Date.now()),
        details: `資料 ${plant.word('request details')}`,
      };
      const received = await operations.browser.post(
        `/staff/data-requests/new?contract=${contractId}`,
        request,
      );
      const requestPath = expectDone(received).location ?? '';
      const answer = (step: string, fields: Record<string, string>) =>
        legal.browser.post(`${requestPath}/${step}`, {
          csrf: legal.csrf,
          commandId: randomUUID(),
          ...fields,
        });
      expectDone(await answer('identity', { method: 'document' }));
      expectDone(
        await answer('answer', { verdict: 'done', reason: `返却済 ${plant.word('request answer')}` }),
      );
      const contract = await db.query.contracts.findFirst({ where: (t) => eq(t.id, contractId) });
      await db
        .update(contracts)
        .set(
          sealRow(contracts, contract?.applicationId ?? '', {
            phoneNumbers: [plant.phone('hassoNumber')],
            campaignTerms: [`特約 ${plant.word('campaignTerms')}`],
          }),
        )
        .where(eq(contracts.id, contractId));
      expectDone(
        await legal.browser.post(`${path}/deletion/holds`, {
          csrf: legal.csrf,
          commandId: randomUUID(),
          reason: `係争 ${plant.word('hold reason')}`,
        }),
      );
      const { html } = await approver.browser.get(`${path}/deletion`);
      const decision = /action="([^"]*\/holds\/[^"]*\/decision)"/.exec(html)?.[1] ?? '';
      expectDone(
        await approver.browser.post(decision, {
          csrf: approver.csrf,
          commandId: randomUUID(),
          verdict: 'reject',
        }),
      );
    },
  };
}

function expectDone(page: Page): Page {
  if (page.status !== 303) {
    const said = page.html.match(/class="message">[\s\S]{0,200}/g)?.join(' ') ?? page.html.slice(-600);
    throw new Error(`${page.status} ${page.title} ${said.replace(/<[^>]*>/g, ' ')}`);
  }
  return page;
}

/** A mail is shown first; its form comes back with it attached. */
function secondPost(browser: Browser, shown: Page, fields: Record<string, string>): Promise<Page> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, uploads: fieldValue(shown, 'uploads') })) {
    form.append(name, value);
  }
  return browser.post('/staff/applications/new', form);
}
