import { randomUUID } from 'node:crypto';
import { itemNames } from '../../../db/queries/billing/names.ts';
import { findComparison } from '../../../db/queries/billing/usage-comparison.ts';
import { readUsageReport } from '../../../db/queries/billing/usage-report.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { acknowledgeTask } from '../../../db/queries/task/acknowledge.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { addMonths, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { offersSandbox } from '../sandbox.ts';
import { usageReportPage } from './usage-page.tsx';

const COMPARISON = '/staff/usage/comparisons/:id';

/** Our usage against the provider's records, month by month, and the task that asks for a look at what differs (第6条6項). */
export function usageRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const sandbox = offersSandbox(deps);

  app.get('/staff/usage', { right: 'seeUsage', shows: 'nothing' }, async (c) => {
    const typed = c.req.query('month') ?? '';
    const lastMonth = addMonths(jstDate(deps.now().getTime()), -1).slice(0, 7);
    const month = /^20\d{2}-(0[1-9]|1[0-2])$/.test(typed) ? typed : lastMonth;
    const [report, comparison, nameOf, policies] = await Promise.all([
      readUsageReport(db, { month, sandbox }),
      findComparison(db, { month, sandbox }),
      itemNames(db),
      loadPolicies(db),
    ]);
    const task =
      comparison === null
        ? null
        : await findOpenTask(db, { subjectId: comparison.id, kind: 'usageDifference' });
    const { roles } = c.get('signedIn').staff;
    const page = usageReportPage({
      ...{ frame: frame(c, deps, 'usageReport'), month, report, comparison, nameOf },
      limitPercent: policies['usage.differencePercent'],
      task: task === null ? null : { id: task.id, mine: roles.some((role) => role === task.role) },
      newId: randomUUID,
    });
    return c.html(page);
  });

  app.get(COMPARISON, { right: 'seeUsage', shows: 'nothing' }, async (c) => {
    const comparison = await findComparison(db, { id: idParam(c, 'id') });
    if (comparison === null) throw new Problem(404);
    return c.redirect(`/staff/usage?month=${comparison.month}`, 303);
  });

  app.post(`${COMPARISON}/acknowledge`, { right: 'seeUsage', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const comparison = await findComparison(db, { id: idParam(c, 'id') });
    if (comparison === null) throw new Problem(404);
    const { id, month } = comparison;
    const link = { href: `/staff/usage?month=${month}`, label: '最新の内容を見る' };
    const { staff } = c.get('signedIn');
    const task = await findOpenTask(db, { subjectId: id, kind: 'usageDifference' });
    if (task === null || task.id !== form.text('taskId')) throw new Problem(409, { link });
    if (!staff.roles.some((role) => role === task.role)) throw new Problem(403, { link });
    const done = { taskId: task.id, subjectId: id, staffId: staff.id, commandId: commandIdOf(form) };
    if (!(await acknowledgeTask(db, { ...done, at: deps.now() }))) throw new Problem(409, { link });
    return c.redirect(link.href, 303);
  });
}
