import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { readEvents } from '../../../db/queries/telephony/read-events.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { isCivilDate } from '../../../domain/calendar/civil-date.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { EVENT_TYPES, telephonyEventsPage } from './events-page.tsx';

/** The lines of a contract's calls, messages and numbers; each look at them is logged (第13条2項, 第18条1項). */
export function telephonyEventRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  app.get(
    '/staff/contracts/:id/telephony/events',
    { right: 'seeUsageCases', shows: 'usageEvents' },
    async (c) => {
      const contractId = idParam(c, 'id');
      const detail = await readContractDetail(db, contractId);
      if (detail === null) throw new Problem(404);
      const type = choiceOf(c.req.query('type'), keysOf(EVENT_TYPES));
      const asked = c.req.query('on') ?? '';
      const on = isCivilDate(asked) ? asked : null;
      const page = pageNumber(c);
      const query = { contractId, type, on, limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE };
      const rows = await readEvents(db, query);
      return c.html(
        telephonyEventsPage({
          ...{ frame: frame(c, deps, 'contracts'), contractId, customerName: detail.customer.name },
          ...{ rows: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE, type, on: on ?? '', page },
        }),
      );
    },
  );
}
