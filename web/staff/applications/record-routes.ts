import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { markField } from '../../../db/queries/application/field-marks.ts';
import { findApplication } from '../../../db/queries/application/find.ts';
import { readApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import { readCatalogue } from '../../../db/queries/read/catalogue.ts';
import { openApplicationDocument } from '../../../db/queries/read/document.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import {
  APPLICATION_STATUSES,
  type ApprovalVerdict,
  correctionLastDay,
} from '../../../domain/application/application.ts';
import { markBlock } from '../../../domain/application/field-marks.ts';
import { isFinal } from '../../../domain/desk/moves.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import { tiffPageCount } from '../../../storage/upload/tiff.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { attachment } from '../../http/download.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import { APPROVAL_REASONS, FINDING_REASONS, REVIEW_REASONS } from '../../reasons.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { accessTo } from '../desk/access.ts';
import type { ComingMail } from '../desk/coming-mail.tsx';
import { takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
import { presenceStream } from '../presence/stream.ts';
import { MARK_FORM, marksNow } from './field-mark.tsx';
import { readMark } from './read-mark.ts';
import { type RecordPage, recordPage } from './record-page.tsx';
import { scanAnswer } from './scan-answer.ts';

/** One application: the page, and the decisions that people take on it (第4条). */
export function recordRoutes(app: Routes, deps: WebDependencies): void {
  const { db, applications } = deps;

  const load = async (c: Context<WebEnv>) => {
    const [detail, names] = await Promise.all([readApplicationDetail(db, idParam(c, 'id')), staffNames(db)]);
    if (detail === null) throw new Problem(404);
    const { status } = detail.application;
    const { label } = STATUS.application[status];
    const idle = isFinal(APPLICATION_STATUSES, status)
      ? `この申込の手続きは終了しています（${label}）。`
      : `いま判断することはありません（${label}）。`;
    const task = detail.tasks.find(({ kind }) => kind === 'review' || kind === 'approval');
    return { detail, names, access: accessTo(task, c.get('signedIn').staff, idle) };
  };
  type Loaded = Awaited<ReturnType<typeof load>>;

  const render = async (c: Context<WebEnv>, loaded: Loaded, draft: Draft | null, status: 200 | 409 | 422) => {
    const catalogue = await readCatalogue(db, loaded.detail.application.catalogueVersion);
    const tiffPages = await pagesOf(deps, loaded);
    const page = { ...loaded, catalogue, tiffPages, frame: frame(c, deps, 'applications') };
    return c.html(recordPage({ ...page, now: deps.now(), draft, newId: randomUUID }), status);
  };

  /** What all decisions on an application have in common. */
  const open = async (c: Context<WebEnv>) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const loaded = await load(c);
    const { detail } = loaded;
    const { id, status } = detail.application;
    const about = { subjectType: 'application' as const, subjectId: id };
    const mail = (kind: ComingMailKind) => ({ ...about, kind });
    const taskOf = (stage: 'review' | 'approval') => detail.tasks.find(({ kind }) => kind === stage) ?? null;
    const common = {
      subject: about,
      link: { href: `/staff/applications/${id}`, label: '申込の最新の内容を見る' },
      clause: '第4条4項',
      state: STATUS.application[status].label,
      again: (draft: Draft, status: 200 | 409 | 422) => render(c, loaded, draft, status),
    };
    return { form, detail, id, taskOf, common, mail };
  };

  app.get(
    '/staff/applications/:id',
    { right: 'seeApplications', shows: 'application', policy: 'frames' },
    async (c) => render(c, await load(c), null, 200),
  );

  app.get('/staff/applications/:id/presence', { right: 'seeApplications', shows: 'nothing' }, async (c) => {
    const subject = { subjectType: 'application' as const, subjectId: idParam(c, 'id') };
    return presenceStream(c, deps, subject, await findApplication(db, subject.subjectId));
  });

  app.post(
    '/staff/applications/:id/review',
    { right: 'seeApplications', shows: 'application', policy: 'frames' },
    async (c) => {
      const { form, detail, id, taskOf, common, mail } = await open(c);
      const dates = { lastDay: correctionLastDay(deps.now().getTime()) };
      return takeDecision(c, deps, form, {
        ...common,
        ...{ task: taskOf('review'), form: 'review', stage: 'review', verdicts: REVIEW_REASONS },
        errors: (verdict) => {
          const block = verdict === 'recommendAccept' ? markBlock(marksNow(detail)) : null;
          return block === null ? [] : [{ field: 'review-verdict', message: block }];
        },
        mail: (verdict) => (verdict === 'return' ? { ...mail('correctionRequested'), dates } : null),
        send: (command, write) => applications.decideReview(id, command, write),
      });
    },
  );

  app.post(
    '/staff/applications/:id/marks',
    { right: 'seeApplications', shows: 'application', policy: 'frames' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const loaded = await load(c);
      const { access, detail } = loaded;
      const { id, round } = detail.application;
      const link = { href: `/staff/applications/${id}`, label: '申込の最新の内容を見る' };
      if (!access.may || access.task.kind !== 'review') throw new Problem(403, { link });
      if (form.text('round') !== String(round)) throw new Problem(409, { link });
      const read = readMark(form);
      if ('errors' in read) {
        return render(c, loaded, { form: MARK_FORM, values: form.texts(), errors: read.errors }, 422);
      }
      const { field, ...said } = read;
      const staffId = c.get('signedIn').staff.id;
      await markField(db, { applicationId: id, round, field }, { ...said, staffId, now: deps.now() });
      return c.redirect(`/staff/applications/${id}#mark-${field}`, 303);
    },
  );

  app.post(
    '/staff/applications/:id/approval',
    { right: 'seeApplications', shows: 'application', policy: 'frames' },
    async (c) => {
      const { form, id, taskOf, common, mail } = await open(c);
      return takeDecision(c, deps, form, {
        ...common,
        mail: (verdict) => {
          const kind = APPROVAL_MAILS[verdict];
          return kind === null ? null : mail(kind);
        },
        ...{ task: taskOf('approval'), form: 'approval', stage: 'approval', verdicts: APPROVAL_REASONS },
        send: (command, write) => applications.decideApproval(id, command, write),
      });
    },
  );

  app.post(
    '/staff/applications/:id/findings/:findingId',
    { right: 'seeApplications', shows: 'application', policy: 'frames' },
    async (c) => {
      const { form, detail, id, taskOf, common } = await open(c);
      const findingId = idParam(c, 'findingId');
      if (!detail.findings.some((finding) => finding.id === findingId)) throw new Problem(404);
      return takeDecision(c, deps, form, {
        ...common,
        ...{ task: taskOf('review'), form: findingId, stage: 'finding', verdicts: FINDING_REASONS },
        send: ({ taskId: _, ...command }, write) =>
          applications.decideFinding(id, { ...command, findingId }, write),
      });
    },
  );

  app.post(
    '/staff/applications/:id/withdrawal',
    { right: 'recordWithdrawal', shows: 'application', policy: 'frames' },
    async (c) => {
      const { form, id, common, mail } = await open(c);
      return takeDecision(c, deps, form, {
        ...common,
        mail: () => mail('applicationWithdrawn'),
        ...{ form: 'withdrawal', stage: 'request', verdicts: { withdraw: [] }, implied: 'withdraw' },
        code: 'applicantAsked',
        send: ({ commandId, actor }, write) => applications.withdraw(id, { commandId, actor }, write),
      });
    },
  );

  const openDocument = async (c: Context<WebEnv>) => {
    const [applicationId, documentId] = [idParam(c, 'id'), idParam(c, 'documentId')];
    const actor = c.get('signedIn').staff.id;
    const row = await openApplicationDocument(db, { applicationId, documentId, actor });
    if (row === null) throw new Problem(404);
    return { row, bytes: await deps.documents.get(row.storageKey) };
  };

  app.get(
    '/staff/applications/:id/documents/:documentId',
    { right: 'seeApplications', shows: 'applicationDocument' },
    async (c) => {
      const { row, bytes } = await openDocument(c);
      return attachment(c, bytes, row);
    },
  );

  app.get(
    '/staff/applications/:id/documents/:documentId/view',
    { right: 'seeApplications', shows: 'applicationDocument', policy: 'framed' },
    async (c) => {
      const { row, bytes } = await openDocument(c);
      return scanAnswer(c, bytes, row);
    },
  );
}

type ComingMailKind = NonNullable<ComingMail>['kind'];

/** What each verdict of the second person tells the applicant (第4条2項). */
const APPROVAL_MAILS = {
  accept: 'applicationAccepted',
  refuse: 'applicationRefused',
  sendBack: null,
} as const satisfies Record<ApprovalVerdict, ComingMailKind | null>;

/** How many pages the TIFFs have that whoever decides is shown. */
async function pagesOf(
  { documents }: WebDependencies,
  { detail, access }: Pick<RecordPage, 'detail' | 'access'>,
): Promise<Map<string, number>> {
  const tiffs = access.may ? detail.documents.filter(({ contentType }) => contentType === 'image/tiff') : [];
  const counted = tiffs.map(async ({ id, storageKey }) => {
    return [id, tiffPageCount(await documents.get(storageKey))] as const;
  });
  return new Map(await Promise.all(counted));
}
