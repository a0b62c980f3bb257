import type { Context } from 'hono';
import { readComing } from '../../../db/queries/billing/coming.ts';
import { itemNames } from '../../../db/queries/billing/names.ts';
import { partnerNames } from '../../../db/queries/partner/read.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import {
  addYears,
  type CivilDate,
  compareDates,
  formatDateJa,
  jstDate,
} from '../../../domain/calendar/civil-date.ts';
import type { WhatIf } from '../../../domain/ending/what-if.ts';
import { billingPolicyOf } from '../../../domain/policy/policies.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readDay, readMoment } from '../../http/dates.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { type ContractView, contractWhatIf, loadView, requireLive } from './view.ts';
import { whatIfPage } from './what-if-page.tsx';

const YEARS = 20;
/** How far ahead invoices are shown. */
const MONTHS_AHEAD = 13;

/** What would happen (第10条): for staff as a page, and as JSON under /api, by the rules that later execute it. */
export function whatIfRoutes(app: Routes, deps: WebDependencies): void {
  app.get('/staff/contracts/:id/what-if', { right: 'staff', shows: 'nothing' }, async (c) => {
    const asked = await ask(c, deps);
    const { view, at, wish } = asked;
    const page = { frame: frame(c, deps, 'contracts'), view, at, wish };
    if ('errors' in asked) {
      return c.html(whatIfPage({ ...page, errors: asked.errors, found: null, billing: null }), 422);
    }
    const billing = hasRole(c.get('signedIn').staff, MAY.seeBilling) ? await billingUntil(deps, asked) : null;
    return c.html(whatIfPage({ ...page, errors: [], found: asked, billing }));
  });

  app.get('/api/contracts/:id/what-if', { right: 'staff', shows: 'nothing' }, async (c) => {
    const asked = await ask(c, deps);
    if ('errors' in asked) return c.json({ errors: asked.errors }, 422);
    return c.json(toJson(asked.view.detail.contract.id, asked.instantMs, asked.result));
  });
}

/** The invoices until the end that was found. */
async function billingUntil({ db }: WebDependencies, { view, result }: { view: ContractView } & Found) {
  const { detail, today, policies } = view;
  const policy = billingPolicyOf(policies);
  const endsOn = result.end.value.endsOn;
  const [{ coming }, nameOf, partners] = await Promise.all([
    readComing(db, { contractId: detail.contract.id, today, policy, months: MONTHS_AHEAD, endsOn }),
    itemNames(db),
    partnerNames(db),
  ]);
  return { coming, nameOf, partners };
}

export interface Found {
  instantMs: number;
  result: WhatIf;
}

type Asked = { view: ContractView; at: string; wish: string } & (Found | { errors: FieldError[] });

/** Reads `at` (the contract's clock when absent) and `wish`, and asks the rules. */
async function ask(c: Context<WebEnv>, deps: WebDependencies): Promise<Asked> {
  const view = await loadView(deps, idParam(c, 'id'));
  requireLive(view);
  const [at, wish] = [c.req.query('at') ?? '', c.req.query('wish') ?? ''];
  const typed = { view, at, wish };
  const errors: FieldError[] = [];
  const instantMs = at === '' ? view.nowMs : readMoment(at);
  const wishedOn = wish === '' ? null : readDay(wish);
  if (instantMs === null) {
    errors.push({ field: 'at', message: '日時を「2027-03-20T23:59」の形の正しい日時で入力してください。' });
  } else errors.push(...outOfRange('at', '日時', jstDate(instantMs), view));
  if (wish !== '' && wishedOn === null) {
    errors.push({ field: 'wish', message: '解約希望日を「2027-03-31」の形の正しい日付で入力してください。' });
  } else if (wishedOn !== null) errors.push(...outOfRange('wish', '解約希望日', wishedOn, view));
  if (errors.length > 0 || instantMs === null) return { ...typed, errors };
  try {
    return { ...typed, instantMs, result: contractWhatIf(view, { instantMs, wish: wishedOn }) };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return { ...typed, errors: [{ field: 'at', message: error.message }] };
  }
}

function outOfRange(field: string, word: string, day: CivilDate, view: ContractView): FieldError[] {
  const concludedOn = view.detail.contract.concludedOn;
  if (compareDates(day, concludedOn) < 0) {
    const message = `${word}が契約締結日（${formatDateJa(concludedOn)}）より前です。`;
    return [{ field, message }];
  }
  if (compareDates(day, addYears(view.today, YEARS)) <= 0) return [];
  return [{ field, message: `${word}は${YEARS}年以内を入力してください。` }];
}

/** Values and the steps that led to them, by the names that the rules use. */
function toJson(contractId: string, instantMs: number, result: WhatIf) {
  const { end, neverBegins, cutoffs, renewal, renewsAlthoughCancelled, feesDue, balanceLostYen } = result;
  const reasoned = <T>({ value, steps }: { value: T; steps: unknown }) => ({ value, reasons: steps });
  return {
    contractId,
    at: new Date(instantMs).toISOString(),
    earliestEnd: reasoned(end),
    neverBegins,
    nextCutoffs: reasoned(cutoffs),
    nextRenewal: reasoned(renewal),
    renewsAlthoughCancelled: reasoned(renewsAlthoughCancelled),
    feesDue: reasoned(feesDue),
    balanceLostYen: reasoned(balanceLostYen),
  };
}
