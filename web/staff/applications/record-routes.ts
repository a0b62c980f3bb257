import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { recordDecision } from '../../../db/queries/decision/record.ts';
import { settleDecision } from '../../../db/queries/decision/settle.ts';
import { readApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import { readCatalogue } from '../../../db/queries/read/catalogue.ts';
import { openApplicationDocument } from '../../../db/queries/read/document.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { canWithdraw } from '../../../domain/application/application.ts';
import type { Answer } from '../../../domain/base/answers.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { attachment } from '../../http/download.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import { APPROVAL_REASONS, FINDING_REASONS, REVIEW_REASONS } from '../../reasons.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { commandIdOf, linkTo, meanwhile, readReason, readVerdict, requireOpenTask } from '../desk/verdict.ts';
import { decisionAccess } from '../rights.ts';
import { type Draft, recordPage } from './record-page.tsx';

/** One application: the page, and the decisions that people take on it (第4条). */
export function recordRoutes(app: Routes, deps: WebDependencies): void {
  const { db, applications } = deps;

  const load = async (c: Context<WebEnv>) => {
    const [detail, names] = await Promise.all([readApplicationDetail(db, idParam(c, 'id')), staffNames(db)]);
    if (detail === null) throw new Problem(404);
    return { detail, names, access: decisionAccess(detail, c.get('signedIn').staff) };
  };

  const render = async (
    c: Context<WebEnv>,
    loaded: Awaited<ReturnType<typeof load>>,
    draft: Draft | null,
  ) => {
    const catalogue = await readCatalogue(db, loaded.detail.application.catalogueVersion);
    const page = { ...loaded, catalogue, frame: frame(c, deps, 'applications') };
    return c.html(
      recordPage({ ...page, now: deps.now(), draft, newId: randomUUID }),
      draft === null ? 200 : 422,
    );
  };

  const open = async (c: Context<WebEnv>) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    return { form, loaded: await load(c), commandId: commandIdOf(form), staffId: c.get('signedIn').staff.id };
  };
  type Opened = Awaited<ReturnType<typeof open>>;

  /** Writes the decision, sends the command, notes a refusal; throws the refusal's page. */
  const carryOut = async (
    { loaded, commandId, staffId }: Opened,
    decision: { stage: 'review' | 'approval' | 'finding' | 'request'; taskId: string | null } & Record<
      'verdict' | 'reasonCode' | 'reason',
      string
    >,
    send: (command: {
      commandId: string;
      decisionId: string;
      actor: { kind: 'staff'; id: string };
    }) => Promise<Answer>,
  ) => {
    const subject = { subjectType: 'application' as const, subjectId: loaded.detail.application.id };
    const decisionId = await recordDecision(db, {
      ...decision,
      ...subject,
      clause: '第4条4項',
      commandId,
      staffId,
    });
    if (decisionId === null) throw new Problem(409, meanwhile(loaded.detail, loaded.names));
    const command = { commandId, decisionId, actor: { kind: 'staff' as const, id: staffId } };
    const answer = await answerWithin(send(command), deps.limits.answerMs);
    await settleDecision(db, decisionId, answer.ok ? 'effective' : 'refused', deps.now());
    requireAccepted(answer, linkTo(loaded.detail));
  };

  /** The same form sent twice: the first one counts and its result is shown. */
  const isRepeat = ({ loaded, commandId, staffId }: Opened) =>
    loaded.detail.decisions.some(
      (earlier) =>
        earlier.commandId === commandId && earlier.staffId === staffId && earlier.outcome === 'effective',
    );

  const back = (c: Context<WebEnv>, opened: Opened) =>
    c.redirect(`/staff/applications/${opened.loaded.detail.application.id}`, 303);
  const again = (
    c: Context<WebEnv>,
    { form, loaded }: { form: Form; loaded: Opened['loaded'] },
    draft: Omit<Draft, 'values'>,
  ) => render(c, loaded, { ...draft, values: form.texts() });

  app.get('/staff/applications/:id', { right: 'seeApplications', shows: 'application' }, async (c) =>
    render(c, await load(c), null),
  );

  app.post(
    '/staff/applications/:id/review',
    { right: 'seeApplications', shows: 'application' },
    async (c) => {
      const opened = await open(c);
      if (isRepeat(opened)) return back(c, opened);
      const { form, loaded } = opened;
      const task = requireOpenTask(loaded.access, 'review', form, loaded.detail, loaded.names);
      const read = readVerdict(form, 'review', REVIEW_REASONS);
      if ('errors' in read) return again(c, opened, { form: 'review', errors: read.errors });
      const { id } = loaded.detail.application;
      await carryOut(opened, { ...read, stage: 'review', taskId: task.id }, (command) =>
        applications.decideReview(id, { ...command, taskId: task.id, verdict: read.verdict }),
      );
      return back(c, opened);
    },
  );

  app.post(
    '/staff/applications/:id/approval',
    { right: 'seeApplications', shows: 'application' },
    async (c) => {
      const opened = await open(c);
      if (isRepeat(opened)) return back(c, opened);
      const { form, loaded } = opened;
      const task = requireOpenTask(loaded.access, 'approval', form, loaded.detail, loaded.names);
      const read = readVerdict(form, 'approval', APPROVAL_REASONS);
      if ('errors' in read) return again(c, opened, { form: 'approval', errors: read.errors });
      const { id } = loaded.detail.application;
      await carryOut(opened, { ...read, stage: 'approval', taskId: task.id }, (command) =>
        applications.decideApproval(id, { ...command, taskId: task.id, verdict: read.verdict }),
      );
      return back(c, opened);
    },
  );

  app.post(
    '/staff/applications/:id/findings/:findingId',
    { right: 'seeApplications', shows: 'application' },
    async (c) => {
      const opened = await open(c);
      if (isRepeat(opened)) return back(c, opened);
      const { form, loaded } = opened;
      const findingId = idParam(c, 'findingId');
      const { application, findings } = loaded.detail;
      if (!findings.some(({ id }) => id === findingId)) throw new Problem(404);
      const task = requireOpenTask(loaded.access, 'review', form, loaded.detail, loaded.names);
      const read = readVerdict(form, findingId, FINDING_REASONS);
      if ('errors' in read) return again(c, opened, { form: findingId, errors: read.errors });
      await carryOut(opened, { ...read, stage: 'finding', taskId: task.id }, (command) =>
        applications.decideFinding(application.id, { ...command, findingId, verdict: read.verdict }),
      );
      return back(c, opened);
    },
  );

  app.post(
    '/staff/applications/:id/withdrawal',
    { right: 'recordWithdrawal', shows: 'application' },
    async (c) => {
      const opened = await open(c);
      if (isRepeat(opened)) return back(c, opened);
      const { form, loaded } = opened;
      const { application } = loaded.detail;
      if (!canWithdraw(application.status)) throw new Problem(409, meanwhile(loaded.detail, loaded.names));
      const reason = readReason(form, 'withdrawal-reason');
      if (typeof reason !== 'string') return again(c, opened, { form: 'withdrawal', errors: [reason] });
      const decision = {
        stage: 'request' as const,
        taskId: null,
        verdict: 'withdraw',
        reasonCode: 'applicantAsked',
        reason,
      };
      await carryOut(opened, decision, ({ commandId, actor }) =>
        applications.withdraw(application.id, { commandId, actor }),
      );
      return back(c, opened);
    },
  );

  app.get(
    '/staff/applications/:id/documents/:documentId',
    { right: 'seeApplications', shows: 'applicationDocument' },
    async (c) => {
      const [applicationId, documentId] = [idParam(c, 'id'), idParam(c, 'documentId')];
      const actor = c.get('signedIn').staff.id;
      const row = await openApplicationDocument(db, { applicationId, documentId, actor });
      if (row === null) throw new Problem(404);
      return attachment(c, await deps.documents.get(row.storageKey), row);
    },
  );
}
