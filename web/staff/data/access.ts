import type { Context, MiddlewareHandler } from 'hono';
import { findDocument } from '../../../db/queries/archive/open.ts';
import { readConsents } from '../../../db/queries/consent/read.ts';
import { caseSubject } from '../../../db/queries/data-view/case-subject.ts';
import { contractOf, type GuardedContract } from '../../../db/queries/data-view/contract-of.ts';
import { type NewDataView, recordDataView } from '../../../db/queries/data-view/record.ts';
import { findTask } from '../../../db/queries/task/find.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import { type SeenPage, SHOWN } from '../../../domain/processes/index.ts';
import type { ShownTerm } from '../../../domain/processes/types.ts';
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
import { hasRole, MAY } from '../rights.ts';

/** What a person sees of a customer's data, and by which consents where that takes some. */
export interface DataAccess {
  sees: ReadonlySet<ConsentScope>;
  /** Whether that is the registered contact, with name, mail address and telephone, as on the page of contacts. */
  seesContact: boolean;
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
  if (!needsConsent(staff.roles)) {
    return {
      sees: new Set(ALL_SCOPES),
      seesContact: hasRole(staff, MAY.seeContact),
      consentIds: [],
      refusal: null,
    };
  }
  const rows = await readConsents(deps.db, contract.id);
  const consents = rows.map((row) => ({
    id: row.id,
    scope: row.scope,
    from: row.validFrom,
    through: row.validThrough,
    withdrawn: row.withdrawnAt !== null,
    waits: row.needsSecond && row.confirmedBy === null,
  }));
  const open = openScopes(consents, contract, today);
  const sees = ALL_SCOPES.filter((scope) => open[scope] !== undefined);
  const closed = ALL_SCOPES.filter((scope) => !sees.includes(scope));
  return {
    sees: new Set(sees),
    seesContact: sees.includes('contact'),
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

/**
 * Stands before a page or file with customers' data: refuses support without a live consent (第13条2項), and notes the look
 * of everybody before it is shown. A page of several parts closes them by itself and notes what it showed.
 */
export function guardCustomerData(deps: WebDependencies, page: SeenPage): MiddlewareHandler<WebEnv> {
  const { scope, of }: ShownTerm = SHOWN[page];
  return async (c, next) => {
    if (scope === 'several') return next();
    const look = of === 'many' ? lookAtMany(c) : await lookAtOne(c, deps, { scope, of });
    await next();
    if (look === null || !isShown(c)) return;
    try {
      await noteView(
        c,
        deps,
        { page, ...look.whose },
        { sees: new Set([scope]), consentIds: look.consentIds },
      );
    } catch (error) {
      // Nothing of the page may leave with its error.
      c.res = undefined;
      throw error;
    }
  };
}

interface Look {
  whose: Pick<NewDataView, 'contractId' | 'applicationId'>;
  consentIds: string[];
}

/** A page, also one that shows a form again, or a file; an answer that leads elsewhere or is an error shows nothing. */
const isShown = ({ res, error }: Context<WebEnv>): boolean =>
  error === undefined && (res.status === 200 || res.status === 409 || res.status === 422);

/** Null where the address names nothing: there will be nothing to see. */
async function lookAtOne(
  c: Context<WebEnv>,
  deps: WebDependencies,
  { scope, of }: { scope: ConsentScope; of: Exclude<ShownTerm['of'], 'many'> },
): Promise<Look | null> {
  const subject = await subjectOf(c, deps, of);
  if (subject === null) return null;
  const { subjectType, subjectId } = subject;
  const contract = await contractOf(deps.db, subjectType, subjectId);
  if (contract === null) {
    if (subjectType === 'contract') return null;
    // An application without a contract: there is nothing to support, and nobody who could consent.
    if (needsConsent(c.get('signedIn').staff.roles)) throw refused(null, refusalText([], false));
    return { whose: { contractId: null, applicationId: subjectId }, consentIds: [] };
  }
  const today = jstDate(deps.now().getTime() + contract.clockOffsetMs);
  const access = await dataAccess(c, deps, contract, today);
  if (!access.sees.has(scope)) throw refused(contract.id, access.refusal ?? '');
  const applicationId = subjectType === 'application' ? subjectId : contract.applicationId;
  return { whose: { contractId: contract.id, applicationId }, consentIds: access.consentIds };
}

async function subjectOf(
  c: Context<WebEnv>,
  { db }: WebDependencies,
  of: Exclude<ShownTerm['of'], 'many'>,
): Promise<{ subjectType: 'contract' | 'application'; subjectId: string } | null> {
  const id = c.req.param(of === 'task' ? 'taskId' : 'id') ?? '';
  if (!isId(id)) return null;
  switch (of) {
    case 'contract':
    case 'application':
      return { subjectType: of, subjectId: id };
    case 'task': {
      const task = await findTask(db, id);
      if (task?.subjectType !== 'contract' && task?.subjectType !== 'application') return null;
      return { subjectType: task.subjectType, subjectId: task.subjectId };
    }
    case 'dataRequest':
    case 'disclosure':
    case 'watchCase':
      return caseSubject(db, of, id);
    case 'document': {
      const document = await findDocument(db, id);
      return document === null ? null : { subjectType: 'contract', subjectId: document.subjectId };
    }
  }
}

/** Addresses of many customers: no consent of one of them opens these to support. */
function lookAtMany(c: Context<WebEnv>): Look {
  if (needsConsent(c.get('signedIn').staff.roles)) {
    throw refused(null, '多くのお客様の宛先を含む画面のため、サポート担当だけでは開けません（第13条2項）。');
  }
  return { whose: { contractId: null, applicationId: null }, consentIds: [] };
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
