import {
  noticesOnTheirWay,
  openApplications,
  openFailures,
  overdueTasks,
  renewalsAndEnds,
  runningCampaigns,
} from '../../../db/queries/read/overview.ts';
import {
  jstDate,
  lastOfMonth,
  monthOf,
  monthStart,
  monthsFrom,
} from '../../../domain/calendar/civil-date.ts';
import type { WebDependencies } from '../../dependencies.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { readHealth } from '../tasks/health.ts';
import { OVERVIEW_PATH, overviewPage } from './page.tsx';

const MONTHS = 12;

/** What the team has before it: numbers alone, of nobody in particular, so that everybody may see them. */
export function overviewRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.get(OVERVIEW_PATH, { right: 'staff', shows: 'nothing' }, async (c) => {
    const { staff } = c.get('signedIn');
    const now = deps.now();
    const today = jstDate(now.getTime());
    const months = monthsFrom(monthOf(today), MONTHS);
    const through = lastOfMonth(monthStart(months.at(-1) ?? monthOf(today)));
    const [applications, overdue, failures, coming, campaigns, notices, health] = await Promise.all([
      openApplications(db, now),
      overdueTasks(db, now),
      openFailures(db),
      renewalsAndEnds(db, { from: today, through }),
      hasRole(staff, MAY.seeCampaigns) ? runningCampaigns(db, today) : null,
      hasRole(staff, MAY.seeNotices) ? noticesOnTheirWay(db) : null,
      readHealth(deps, staff),
    ]);
    const page = { applications, overdue, failures, coming, campaigns, notices, health, months, now };
    return c.html(overviewPage({ ...page, frame: frame(c, deps, 'overview') }));
  });
}
