import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { createNotice } from '../../../db/queries/notice/create.ts';
import { editNotice, namedContractNumbers } from '../../../db/queries/notice/edit.ts';
import { readCatalogueOnSale } from '../../../db/queries/read/catalogue.ts';
import { listNotices } from '../../../db/queries/read/notices.ts';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import { NOTICE_STATUSES } from '../../../domain/notice/notice.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import { NOTICE_REASONS } from '../../reasons.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, listQuery } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { formValues, readNotice } from './form.ts';
import { noticeFormPage } from './form-page.tsx';
import { noticeListPage } from './list-page.tsx';
import { loadView } from './load.ts';
import { type NoticePage, noticePage } from './page.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { ACTION_WORDS } from './words.ts';

const ACTIONS = ['pause', 'resume', 'stop', 'retry'] as const;
const FLASHES: Readonly<Record<string, string>> = {
  saved: '下書きを保存しました。',
  submitted: '承認を依頼しました。',
  decided: '判断を記録しました。',
  ...Object.fromEntries(ACTIONS.map((action) => [action, ACTION_WORDS[action].done])),
};

/** Notices: list, drafts, two approvals, progress, and steering of the campaign (第17条3項). */
export function noticeRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const newest = { label: '通知の最新の内容を見る' };

  app.get('/staff/notices', { right: 'seeNotices', shows: 'nothing' }, async (c) => {
    const query = listQuery(c, deps, keysOf(NOTICE_STATUSES));
    const [list, names] = await Promise.all([listNotices(db, query), staffNames(db)]);
    const { status, page } = query;
    return c.html(noticeListPage({ frame: frame(c, deps, 'notices'), ...list, status, page, names }));
  });

  const showForm = async (
    c: Context<WebEnv>,
    shown: { noticeId: string | null; values: Record<string, string>; errors: FieldError[] },
  ) => {
    const { noticeId, values, errors } = shown;
    const view = noticeId === null ? null : await loadView(c, deps);
    const catalogue = await readCatalogueOnSale(db, jstDate(deps.now().getTime()));
    const page = noticeFormPage({
      frame: frame(c, deps, 'notices'),
      notice: view?.notice ?? null,
      plans: catalogue?.plans ?? [],
      values,
      errors,
      newId: randomUUID,
    });
    return c.html(page, errors.length > 0 ? 422 : 200);
  };

  app.get('/staff/notices/new', { right: 'draftNotices', shows: 'nothing' }, (c) => {
    const environment = deps.config.HASSO_MODE === 'development' ? 'sandbox' : 'live';
    return showForm(c, { noticeId: null, values: { environment, byMail: 'yes' }, errors: [] });
  });

  app.post('/staff/notices/new', { right: 'draftNotices', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const commandId = commandIdOf(form);
    const read = await readNotice(deps, form, null);
    if ('errors' in read) return showForm(c, { noticeId: null, values: form.texts(), errors: read.errors });
    const createdBy = c.get('signedIn').staff.id;
    const { contractIds } = read;
    const noticeId = await createNotice(
      db,
      { ...read.content, creationKey: `form/${commandId}`, createdBy },
      contractIds,
    );
    return c.redirect(`/staff/notices/${noticeId}?done=saved`, 303);
  });

  app.get('/staff/notices/:id/edit', { right: 'draftNotices', shows: 'nothing' }, async (c) => {
    const { notice } = await loadView(c, deps);
    const numbers = await namedContractNumbers(db, notice.id);
    return showForm(c, { noticeId: notice.id, values: formValues(notice, numbers), errors: [] });
  });

  app.post('/staff/notices/:id/edit', { right: 'draftNotices', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { notice } = await loadView(c, deps);
    const href = `/staff/notices/${notice.id}`;
    const read = await readNotice(deps, form, notice);
    if ('errors' in read) {
      return showForm(c, { noticeId: notice.id, values: form.texts(), errors: read.errors });
    }
    const version = await editNotice(db, {
      noticeId: notice.id,
      afterVersion: Number(form.text('version')),
      ...read,
      staffId: c.get('signedIn').staff.id,
    });
    if (version === null) {
      const message =
        'この通知は、画面を開いたあとに別の人が直したか、承認に進みました。入力した内容は保存されていません。';
      throw new Problem(409, { message, link: { href, ...newest } });
    }
    return c.redirect(`${href}?done=saved`, 303);
  });

  const show = async (c: Context<WebEnv>, draft: NoticePage['draft'], status: 200 | 409 | 422) => {
    const view = await loadView(c, deps);
    const { notice } = view;
    const [timeline, catalogue] = await Promise.all([
      readTimeline(db, { subjectType: 'notice', subjectId: notice.id }),
      readCatalogueOnSale(db, jstDate(deps.now().getTime())),
    ]);
    const plan = catalogue?.plans.find(({ code }) => code === notice.planCode);
    const flash = draft === null ? (FLASHES[c.req.query('done') ?? ''] ?? null) : null;
    const planName = plan?.name ?? notice.planCode;
    const page = noticePage({ ...view, draft, timeline, planName, flash, newId: randomUUID });
    return c.html(page, status);
  };

  app.get('/staff/notices/:id', { right: 'seeNotices', shows: 'nothing' }, (c) => {
    return show(c, null, 200);
  });

  app.get('/staff/notices/:id/progress', { right: 'seeNotices', shows: 'nothing' }, async (c) => {
    const view = await loadView(c, deps);
    // The last answer loads the whole page: other buttons are due then.
    if (view.notice.status !== 'sending' && view.notice.status !== 'approved') c.header('HX-Refresh', 'true');
    return c.html(ProgressPanel({ view }) ?? '');
  });

  app.post('/staff/notices/:id/submit', { right: 'draftNotices', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { notice } = await loadView(c, deps);
    const href = `/staff/notices/${notice.id}`;
    if (notice.status === 'draft') {
      if (Number(form.text('version')) !== notice.version) {
        const message =
          'この通知は、画面を開いたあとに別の人が直しました。内容を確かめてから依頼してください。';
        throw new Problem(409, { message, link: { href, ...newest } });
      }
      const startedBy = c.get('signedIn').staff.id;
      await deps.notices.submit({ noticeId: notice.id, startedBy, commandId: commandIdOf(form) });
    }
    return c.redirect(`${href}?done=submitted`, 303);
  });

  app.post('/staff/notices/:id/decide', { right: 'seeNotices', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { notice, tasks } = await loadView(c, deps);
    return takeDecision(c, deps, form, {
      subject: { subjectType: 'notice', subjectId: notice.id },
      link: { href: `/staff/notices/${notice.id}`, ...newest },
      after: `/staff/notices/${notice.id}?done=decided`,
      task: tasks.find(({ kind }) => kind === 'noticeReview' || kind === 'noticeApproval') ?? null,
      ...{ form: 'notice', stage: 'notice', clause: '第17条3項', verdicts: NOTICE_REASONS },
      send: (command, write) => deps.notices.decide(notice.id, command, write),
      again: (draft, status) => show(c, draft, status),
    });
  });

  app.post(
    '/staff/notices/:id/:action{pause|resume|stop|retry}',
    { right: 'steerNotices', shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const { notice } = await loadView(c, deps);
      const action = choiceOf(c.req.param('action'), ACTIONS);
      if (action === null) throw new Problem(404);
      const href = `/staff/notices/${notice.id}`;
      const actor = { kind: 'staff' as const, id: c.get('signedIn').staff.id };
      const command = { commandId: commandIdOf(form), actor };
      const answer = await answerWithin(deps.notices[action](notice.id, command), deps.limits.answerMs);
      requireAccepted(answer, { href, ...newest });
      return c.redirect(`${href}?done=${action}`, 303);
    },
  );
}
