import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { type ListVersionRow, readListVersions } from '../../../db/queries/screening-list/read.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import type { ListName } from '../../../db/schema/index.ts';
import { listNeedsTwo } from '../../../domain/proposal/proposal.ts';
import { rollBackAndRescreen } from '../../../gateway/screening.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { importRoutes } from './import-routes.ts';
import { listPage, listsPage, rescreeningPage, rollbackPage } from './list-pages.tsx';
import { LISTS, listParam } from './list-param.ts';

/** Screening lists (第4条4項②③): versions, imports, rollback, and the re-screening of live contracts that follows. */
export function listRoutes(app: Routes, deps: WebDependencies): void {
  const { db, screening } = deps;
  importRoutes(app, deps);

  app.get('/staff/lists', { right: 'seeLists', shows: 'nothing' }, async (c) => {
    const lists = await Promise.all(
      LISTS.map(async (list) => ({ list, versions: await readListVersions(db, list) })),
    );
    return c.html(listsPage({ frame: frame(c, deps, 'lists'), lists, names: await staffNames(db) }));
  });

  app.get('/staff/lists/:list', { right: 'seeLists', shows: 'nothing' }, async (c) => {
    const list = listParam(c);
    const [versions, history, names] = await Promise.all([
      readListVersions(db, list),
      readTimeline(db, { subjectType: 'list', subjectId: list }),
      staffNames(db),
    ]);
    return c.html(listPage({ frame: frame(c, deps, 'lists'), list, versions, history, names, errors: [] }));
  });

  app.get('/staff/lists/:list/rescreening', { right: 'seeLists', shows: 'nothing' }, async (c) => {
    const list = listParam(c);
    const current = (await readListVersions(db, list)).find((version) => version.current);
    if (current === undefined) throw new Problem(404);
    if (current.rescreening === null || current.rescreening.status === 'running') c.header('Refresh', '2');
    return c.html(rescreeningPage({ frame: frame(c, deps, 'lists'), list, current }));
  });

  app.post('/staff/lists/:list/rescreening', { right: 'manageLists', shows: 'nothing' }, async (c) => {
    const list = listParam(c);
    requireCsrf(c, await readForm(c));
    const current = (await readListVersions(db, list)).find((version) => version.current);
    if (current === undefined) throw new Problem(404);
    const input = { list, version: current.version, startedBy: c.get('signedIn').staff.id };
    await answerWithin(screening.rescreenList(input), deps.limits.answerMs);
    return c.redirect(`/staff/lists/${list}/rescreening`, 303);
  });

  const versionParam = async (c: Context<WebEnv>): Promise<{ list: ListName; target: ListVersionRow }> => {
    const list = listParam(c);
    const versions = await readListVersions(db, list);
    const target = versions.find(({ version }) => String(version) === c.req.param('version'));
    if (target === undefined) throw new Problem(404);
    return { list, target };
  };

  app.get(
    '/staff/lists/:list/versions/:version/rollback',
    { right: 'manageLists', shows: 'nothing' },
    async (c) => {
      const page = await versionParam(c);
      return c.html(
        rollbackPage({
          frame: frame(c, deps, 'lists'),
          ...page,
          commandId: randomUUID(),
          reason: '',
          errors: [],
        }),
      );
    },
  );

  app.post(
    '/staff/lists/:list/versions/:version/rollback',
    { right: 'manageLists', shows: 'nothing' },
    async (c) => {
      const { list, target } = await versionParam(c);
      const form = await readForm(c);
      requireCsrf(c, form);
      const reason = readReason(form, 'reason');
      if (typeof reason !== 'string') {
        const commandId = form.text('commandId');
        const again = { list, target, commandId, reason: form.text('reason'), errors: [reason] };
        return c.html(rollbackPage({ frame: frame(c, deps, 'lists'), ...again }), 422);
      }
      const actor = c.get('signedIn').staff.id;
      if (listNeedsTwo(list, target.version)) {
        const proposed = { kind: 'listRollback' as const, list, version: target.version };
        const asked = { commandId: commandIdOf(form), proposed, contractId: null, reason, sandbox: false };
        return askForTwo(c, deps, asked, { href: `/staff/lists/${list}`, label: 'リストに戻る' });
      }
      const rolledBack = rollBackAndRescreen(db, screening, { list, version: target.version, actor, reason });
      requireAccepted(await answerWithin(rolledBack, deps.limits.answerMs), {
        href: `/staff/lists/${list}`,
        label: 'リストに戻る',
      });
      return c.redirect(`/staff/lists/${list}/rescreening`, 303);
    },
  );
}
