import type { Context, Hono, MiddlewareHandler } from 'hono';
import { readConsents } from '../../../db/queries/consent/read.ts';
import { contractOf, type GuardedContract } from '../../../db/queries/data-view/contract-of.ts';
import { type NewDataView, recordDataView } from '../../../db/queries/data-view/record.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import {
  ALL_SCOPES,
  CONSENT_SCOPES,
  type ConsentScope,
  isSupported,
  needsConsent,
  openScopes,
} from '../../../domain/support/support-consent.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import { isId } from '../console.ts';

/** What a person sees of a customer's data, and by which consents where that takes some. */
export interface DataAccess {
  sees: ReadonlySet<ConsentScope>;
  consentIds: string[];
  /** Why the rest stays closed; null when nothing does. */
  refusal: string | null;
}

/** What the person who asks may see of a contract's data on a day of the contract's clock (第13条). */
export async function dataAccess(
  c: Context<WebEnv>,
  deps: WebDependencies,
  contract: GuardedContract,
  today: CivilDate,
): Promise<DataAccess> {
  const { staff } = c.get('signedIn');
  if (!needsConsent(staff.roles)) return { sees: new Set(ALL_SCOPES), consentIds: [], refusal: null };
  const rows = await readConsents(deps.db, contract.id);
  const consents = rows.map((row) => ({
    id: row.id,
    scope: row.scope,
    from: row.validFrom as CivilDate,
    through: row.validThrough as CivilDate,
    withdrawn: row.withdrawnAt !== null,
  }));
  const open = openScopes(consents, contract, today);
  const sees = ALL_SCOPES.filter((scope) => open[scope] !== undefined);
  const closed = ALL_SCOPES.filter((scope) => !sees.includes(scope));
  return {
    sees: new Set(sees),
    consentIds: [...new Set(Object.values(open))],
    refusal: closed.length === 0 ? null : refusalText(closed, isSupported(contract, today)),
  };
}

function refusalText(closed: readonly ConsentScope[], supported: boolean): string {
  if (!supported) {
    return 'サポートは利用契約期間中に限られます（第13条1項）。この契約は期間外のため、お客様のデータは表示できません。';
  }
  const parts = closed.map((scope) => CONSENT_SCOPES[scope]).join('、');
  return `次のデータは、登録された連絡先の方の同意が記録されている間だけ表示できます（第13条2項）：${parts}。`;
}

export const consentsPath = (contractId: string): string => `/staff/contracts/${contractId}/consents`;

/** Notes the look before the page is made: what cannot be noted is not shown. */
export async function noteView(
  c: Context<WebEnv>,
  deps: WebDependencies,
  view: Omit<NewDataView, 'at' | 'staffId' | 'scope' | 'consentIds'>,
  { sees, consentIds }: Pick<DataAccess, 'sees' | 'consentIds'>,
): Promise<void> {
  if (sees.size === 0) return;
  const staffId = c.get('signedIn').staff.id;
  await recordDataView(deps.db, { ...view, at: deps.now(), staffId, scope: [...sees], consentIds });
}

interface Guarded {
  path: string;
  page: NewDataView['page'];
  scope: ConsentScope;
  of: 'contract' | 'application';
}

/** Pages and files that show one part of a customer's data and nothing else. */
const GUARDED: readonly Guarded[] = [
  { path: '/staff/applications/:id', page: 'application', scope: 'application', of: 'application' },
  {
    path: '/staff/applications/:id/documents/:documentId',
    page: 'applicationDocument',
    scope: 'application',
    of: 'application',
  },
  { path: '/staff/contracts/:id/requests/:requestId', page: 'request', scope: 'requests', of: 'contract' },
  {
    path: '/staff/contracts/:id/requests/:requestId/original',
    page: 'request',
    scope: 'requests',
    of: 'contract',
  },
  {
    path: '/staff/contracts/:id/certificates/:certificateId',
    page: 'certificate',
    scope: 'contact',
    of: 'contract',
  },
  {
    path: '/staff/contracts/:id/certificate-preview',
    page: 'certificate',
    scope: 'contact',
    of: 'contract',
  },
  { path: '/staff/contracts/:id/compare', page: 'certificate', scope: 'contact', of: 'contract' },
  { path: '/staff/contracts/:id/contact', page: 'contact', scope: 'contact', of: 'contract' },
  { path: '/staff/contracts/:id/officers', page: 'officers', scope: 'contact', of: 'contract' },
  { path: '/staff/contracts/:id/bank-account', page: 'bankAccount', scope: 'contact', of: 'contract' },
  { path: '/staff/contracts/:id/findings', page: 'findings', scope: 'application', of: 'contract' },
];

/** Pages with the addresses of many customers: no consent of one of them opens these to support. */
const OF_MANY: readonly string[] = [
  '/staff/notices/:id/recipients',
  '/staff/notices/:id/preview',
  '/staff/notices/:id/preview/html',
];

/**
 * Stands before every page and file with customers' data: refuses support without a live consent (第13条2項) and notes the
 * looks of everybody.
 */
export function guardCustomerData(app: Hono<WebEnv>, deps: WebDependencies): void {
  for (const guarded of GUARDED) app.get(guarded.path, guard(deps, guarded));
  for (const path of OF_MANY) app.get(path, guardOfMany(deps));
}

function guard(deps: WebDependencies, { page, scope, of }: Guarded): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const id = c.req.param('id') ?? '';
    if (!isId(id)) return next();
    const contract = await contractOf(deps.db, of, id);
    const applicationId = of === 'application' ? id : (contract?.applicationId ?? null);
    const view = { page, contractId: contract?.id ?? null, applicationId };
    if (contract === null) {
      // An application without a contract: there is nothing to support, and nobody who could consent.
      if (of === 'application' && needsConsent(c.get('signedIn').staff.roles))
        throw refused(null, refusalText([], false));
      if (of === 'contract') return next();
      await noteView(c, deps, view, { sees: new Set([scope]), consentIds: [] });
      return next();
    }
    const today = jstDate(deps.now().getTime() + contract.clockOffsetMs);
    const access = await dataAccess(c, deps, contract, today);
    if (!access.sees.has(scope)) throw refused(contract.id, access.refusal ?? '');
    await noteView(c, deps, view, { ...access, sees: new Set([scope]) });
    return next();
  };
}

function guardOfMany(deps: WebDependencies): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (needsConsent(c.get('signedIn').staff.roles)) {
      throw refused(
        null,
        '多くのお客様の宛先を含む画面のため、サポート担当だけでは開けません（第13条2項）。',
      );
    }
    const view = { page: 'noticeRecipients' as const, contractId: null, applicationId: null };
    await noteView(c, deps, view, { sees: new Set(['mail']), consentIds: [] });
    return next();
  };
}

function refused(contractId: string | null, message: string): Problem {
  return new Problem(403, {
    heading: 'お客様のデータは表示できません',
    message,
    link:
      contractId === null
        ? { href: '/staff/contracts', label: '契約の一覧に戻る' }
        : { href: consentsPath(contractId), label: '同意を記録する' },
  });
}
