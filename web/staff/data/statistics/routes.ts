import type { Hono } from 'hono';
import { loadPolicies } from '../../../../db/queries/policy/load.ts';
import { readStatistics } from '../../../../db/queries/statistics/read.ts';
import type { WebDependencies, WebEnv } from '../../../dependencies.ts';
import { requireRole } from '../../../http/session.ts';
import { frame } from '../../console.ts';
import { MAY } from '../../rights.ts';
import { STATISTICS_PATH, statisticsPage } from './page.tsx';

/** The statistics: one fixed set of tables, no filters (第14条1項). */
export function statisticsRoutes(app: Hono<WebEnv>, deps: WebDependencies): void {
  app.get(STATISTICS_PATH, async (c) => {
    requireRole(c, MAY.seeStatistics);
    const sandbox = c.req.query('of') === 'sandbox';
    const { 'statistics.minGroup': minGroup } = await loadPolicies(deps.db);
    const edition = await readStatistics(deps.db, { sandbox, minGroup });
    return c.html(statisticsPage({ frame: frame(c, deps, 'data'), edition, sandbox, minGroup }));
  });
}
