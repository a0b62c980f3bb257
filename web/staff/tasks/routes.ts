import { claimNextTask, claimTask, releaseTask } from '../../../db/queries/decision/claim-task.ts';
import { readTaskQueue } from '../../../db/queries/read/task-queue.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { queuePage } from './queue-page.tsx';

const FLASHES: Readonly<Record<string, string>> = {
  none: '未割当のタスクはありません。',
  released: '担当を外しました。',
};

/** The task queue: read, claim, release, 次の案件. */
export function taskRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.get('/staff', { right: 'staff', shows: 'nothing' }, async (c) => {
    const page = pageNumber(c);
    const view = choiceOf(c.req.query('view'), ['mine', 'free', 'overdue']);
    const kind = choiceOf(c.req.query('kind'), keysOf(TASKS));
    const filter = { ...(view === null ? {} : { view }), ...(kind === null ? {} : { kind }) };
    const now = deps.now();
    const { staff } = c.get('signedIn');
    const [queue, names] = await Promise.all([
      readTaskQueue(db, { staff, filter, now, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
      staffNames(db),
    ]);
    const flash = FLASHES[c.req.query('done') ?? ''] ?? null;
    return c.html(queuePage({ frame: frame(c, deps, 'tasks'), ...queue, filter, page, names, now, flash }));
  });

  app.post('/staff/tasks/next', { right: 'staff', shows: 'nothing' }, async (c) => {
    requireCsrf(c, await readForm(c));
    const task = await claimNextTask(db, { staff: c.get('signedIn').staff, now: deps.now() });
    return c.redirect(task === null ? '/staff?done=none' : subjectPath(task), 303);
  });

  app.post('/staff/tasks/:id/claim', { right: 'staff', shows: 'nothing' }, async (c) => {
    requireCsrf(c, await readForm(c));
    const { staff } = c.get('signedIn');
    const task = await claimTask(db, { taskId: idParam(c, 'id'), staff, now: deps.now() });
    if (task === null) {
      throw new Problem(409, {
        message:
          'このタスクは別の担当者が担当しているか、すでに終わっているか、あなたの担当できるものではありません。',
        link: { href: '/staff', label: '担当タスクに戻る' },
      });
    }
    return c.redirect(subjectPath(task), 303);
  });

  app.post('/staff/tasks/:id/release', { right: 'staff', shows: 'nothing' }, async (c) => {
    requireCsrf(c, await readForm(c));
    const released = await releaseTask(db, idParam(c, 'id'), c.get('signedIn').staff.id);
    if (!released) throw new Problem(409, { link: { href: '/staff', label: '担当タスクに戻る' } });
    return c.redirect('/staff?done=released', 303);
  });
}
