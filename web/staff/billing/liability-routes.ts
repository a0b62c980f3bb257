import { readLiabilityCap } from '../../../db/queries/billing/liability.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { readDay } from '../../http/dates.ts';
import { Problem } from '../../http/problem.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { liabilityPage } from './liability-page.tsx';

const NO_DAY = '事故の日を「2027-05-01」の形の正しい日付で入力してください。';

/** The limit of liability to a contract's customer for an incident on a day that is asked about (第23条3項). */
export function liabilityRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  app.get('/staff/contracts/:id/liability', { right: 'seeLiability', shows: 'nothing' }, async (c) => {
    const detail = await readContractDetail(db, idParam(c, 'id'));
    if (detail === null) throw new Problem(404, { message: 'この契約は見つかりません。' });
    const contractId = detail.contract.id;
    const incident = c.req.query('incident');
    const incidentOn = readDay(incident ?? '');
    const errors: FieldError[] =
      incident === undefined || incidentOn !== null ? [] : [{ field: 'incident', message: NO_DAY }];
    const today = jstDate(deps.now().getTime() + detail.contract.clockOffsetMs);
    const cap = incidentOn === null ? null : await readLiabilityCap(db, { contractId, incidentOn, today });
    const page = liabilityPage({
      ...{ frame: frame(c, deps, 'contracts'), contractId, customerName: detail.customer.name, cap },
      typed: { values: { incident: incident ?? '' }, errors },
    });
    return c.html(page, errors.length > 0 ? 422 : 200);
  });
}
