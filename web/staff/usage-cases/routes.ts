import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { findContract } from '../../../db/queries/contract/find.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { suspensionsOf } from '../../../db/queries/suspension/find.ts';
import { closeWatchCase } from '../../../db/queries/watch/close.ts';
import { relatedContracts } from '../../../db/queries/watch/group.ts';
import { findWatchCase, listWatchCases } from '../../../db/queries/watch/read.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { STATUS, TASKS } from '../../../domain/processes/index.ts';
import { WATCH_OUTCOMES } from '../../../domain/watch/outcomes.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { hasRole } from '../rights.ts';
import { type WatchCasePage, watchCasePage } from './case-page.tsx';
import { watchCaseListPage } from './list-page.tsx';
import { PATH } from './words.ts';

/** Cases of the watchers (第18条1項): what was found, and what people make of it. */
export function usageCaseRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.get(PATH, { right: 'seeUsageCases', shows: 'nothing' }, async (c) => {
    const status = choiceOf(c.req.query('status'), keysOf(STATUS.watchCase)) ?? 'open';
    const page = pageNumber(c);
    const asked = { status, limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE };
    const rows = await listWatchCases(db, asked);
    const list = { rows: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE, status, page };
    return c.html(watchCaseListPage({ frame: frame(c, deps, 'usageCases'), ...list }));
  });

  app.get(`${PATH}/:id`, { right: 'seeUsageCases', shows: 'usageCase' }, (c) => show(c, null));

  app.post(`${PATH}/:id/close`, { right: { task: 'usageCase' }, shows: 'usageCase' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const id = idParam(c, 'id');
    const outcome = choiceOf(form.text('outcome'), keysOf(WATCH_OUTCOMES));
    const reason = readReason(form, 'reason');
    const message =
      outcome === null
        ? '判断を選択してください。'
        : outcome === 'suspended' && !(await isStopped(id))
          ? 'この契約の停止がまだ入力されていません。先に停止を入力してください。'
          : null;
    if (outcome === null || message !== null || typeof reason !== 'string') {
      const errors = [
        ...(message === null ? [] : [{ field: 'outcome', message }]),
        ...(typeof reason === 'string' ? [] : [reason]),
      ];
      return show(c, { values: form.texts(), errors });
    }
    const staffId = c.get('signedIn').staff.id;
    const commandId = commandIdOf(form);
    const closed = await closeWatchCase(db, { id, outcome, reason, staffId, commandId, at: deps.now() });
    if (!closed && (await findWatchCase(db, id)) === null) throw new Problem(404);
    return c.redirect(`${PATH}/${id}`, 303);
  });

  /** Whether a suspension of the case's contract was entered, and not turned down. */
  async function isStopped(id: string): Promise<boolean> {
    const found = await findWatchCase(db, id);
    return found !== null && (await stopsOf(found.row.contractId)).length > 0;
  }

  async function stopsOf(contractId: string) {
    const found = await findContract(db, contractId);
    if (found === null) return [];
    return suspensionsOf(db, found.contract, ['approval', 'planned', 'active', 'lifted']);
  }

  async function show(c: Context<WebEnv>, draft: WatchCasePage['draft']) {
    const found = await findWatchCase(db, idParam(c, 'id'));
    if (found === null) throw new Problem(404);
    const { row, findings } = found;
    const detail = await readContractDetail(db, row.contractId);
    if (detail === null) throw new Problem(404);
    const [related, suspensions, timeline, names] = await Promise.all([
      relatedContracts(db, row.contractId),
      stopsOf(row.contractId),
      readTimeline(db, { subjectType: 'watchCase', subjectId: row.id }),
      staffNames(db),
    ]);
    const mayJudge = hasRole(c.get('signedIn').staff, [TASKS.usageCase.role]);
    const page = { row, findings, customerName: detail.customer.name, related, suspensions, timeline, names };
    return c.html(
      watchCasePage({ frame: frame(c, deps, 'usageCases'), ...page, mayJudge, draft, newId: randomUUID }),
      draft === null ? 200 : 422,
    );
  }
}
