import { isDeepStrictEqual } from 'node:util';
import { claimNextTask, claimTask, releaseTask } from '../../../db/queries/decision/claim-task.ts';
import { readTaskQueue } from '../../../db/queries/read/task-queue.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { prefer } from '../../../db/queries/staff/prefer.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { addressOf } from '../../components/paging.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { readHealth } from './health.ts';
import { askedQueue, queueQuery } from './query.ts';
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
    const { staff, preferences } = c.get('signedIn');
    const asked = askedQueue(c);
    const done = c.req.query('done') ?? null;
    const { queue: kept = { view: 'all' } } = preferences;
    if (asked === null && c.req.query('page') === undefined && !isDeepStrictEqual(kept, { view: 'all' })) {
      return c.redirect(addressOf('/staff', { ...queueQuery(kept), done }));
    }
    const shown = asked ?? { view: 'all' };
    const { kind: _, ...toKeep } = shown;
    if (asked !== null && !isDeepStrictEqual(toKeep, kept)) await prefer(db, staff.id, { queue: toKeep });
    const now = deps.now();
    const [queue, names, health] = await Promise.all([
      readTaskQueue(db, { staff, shown, now, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
      staffNames(db),
      readHealth(deps, staff),
    ]);
    const flash = FLASHES[done ?? ''] ?? null;
    const outer = frame(c, deps, 'tasks');
    return c.html(queuePage({ frame: outer, ...queue, shown, page, names, now, health, flash }));
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
