import { loadPolicies } from '../../../../db/queries/policy/load.ts';
import { readStatistics } from '../../../../db/queries/statistics/read.ts';
import type { WebDependencies } from '../../../dependencies.ts';
import type { Routes } from '../../../routes.ts';
import { frame } from '../../console.ts';
import { STATISTICS_PATH, statisticsPage } from './page.tsx';

/** The statistics: one fixed set of tables, no filters (第14条1項). */
export function statisticsRoutes(app: Routes, deps: WebDependencies): void {
  app.get(STATISTICS_PATH, { right: 'seeStatistics', shows: 'nothing' }, async (c) => {
    const sandbox = c.req.query('of') === 'sandbox';
    const { 'statistics.minGroup': minGroup } = await loadPolicies(deps.db);
    const edition = await readStatistics(deps.db, { sandbox, minGroup });
    return c.html(statisticsPage({ frame: frame(c, deps, 'data'), edition, sandbox, minGroup }));
  });
}
