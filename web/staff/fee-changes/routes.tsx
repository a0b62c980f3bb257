import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import {
  enterFeeChange,
  type FeeChange,
  findFeeChange,
  listFeeChanges,
} from '../../../db/queries/fee-change/enter.ts';
import { findNoticeByCause } from '../../../db/queries/notice/find.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { readCatalogue } from '../../../db/queries/read/catalogue.ts';
import { readCatalogueBefore, readFeeNotice } from '../../../db/queries/read/fee-change-notice.ts';
import { newestCatalogueVersion, readFeeReach } from '../../../db/queries/read/fee-change-reach.ts';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { feeChangeDates } from '../../../domain/billing/fees.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import { cutoffPolicyOf } from '../../../domain/policy/policies.ts';
import { catalogueCsv } from '../../../storage/catalogue-file.ts';
import { feeChangeNotice } from '../../../templates/notice/fee-change.ts';
import type { PublicationInput } from '../../../workflows/publication/messages.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { attachment } from '../../http/download.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam, pageNumber } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { approvalTask, publicationAccess, publicationDecision } from '../publication/decision.tsx';
import { NoticeSection } from '../publication/notice-section.tsx';
import { hasRole, MAY } from '../rights.ts';
import { feeChangePage } from './change-page.tsx';
import { feeChangeFormPage } from './form-page.tsx';
import { feeChangeListPage } from './list-page.tsx';
import { readFeeChange, sealList } from './read.ts';

/** Fee changes (第6条3項・4項): entry, reach, warning, approval by a second person. */
export function feeChangeRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const today = () => jstDate(deps.now().getTime());

  const load = async (c: Context<WebEnv>): Promise<FeeChange> => {
    const change = await findFeeChange(db, idParam(c, 'id'));
    if (change === null) throw new Problem(404, { message: 'この料金変更は見つかりません。' });
    return change;
  };

  app.get('/staff/fee-changes', { right: 'seeFeeChanges', shows: 'nothing' }, async (c) => {
    const [changes, names] = await Promise.all([listFeeChanges(db), staffNames(db)]);
    const mayEnter = hasRole(c.get('signedIn').staff, MAY.enterFeeChange);
    return c.html(feeChangeListPage({ frame: frame(c, deps, 'feeChanges'), changes, names, mayEnter }));
  });

  app.get('/staff/fee-changes/current.csv', { right: 'seeFeeChanges', shows: 'nothing' }, async (c) => {
    const list = await readCatalogue(db, await newestCatalogueVersion(db));
    const bytes = new TextEncoder().encode(catalogueCsv(list));
    const contentType = 'text/csv; charset=utf-8';
    return attachment(c, bytes, { fileName: `料金表-第${list.version}版.csv`, contentType });
  });

  app.get('/staff/fee-changes/new', { right: 'enterFeeChange', shows: 'nothing' }, (c) => {
    const page = { frame: frame(c, deps, 'feeChanges'), values: {}, errors: [], kept: null };
    return c.html(feeChangeFormPage({ ...page, commandId: randomUUID() }));
  });

  app.post('/staff/fee-changes/new', { right: 'enterFeeChange', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const id = commandIdOf(form);
    const read = await readFeeChange(deps, form, today());
    if ('errors' in read) {
      const kept =
        read.kept === null ? null : { sealed: sealList(deps, read.kept), fileName: read.kept.fileName };
      const page = { frame: frame(c, deps, 'feeChanges'), values: form.texts(), errors: read.errors, kept };
      return c.html(feeChangeFormPage({ ...page, commandId: id }), 422);
    }
    const enteredBy = c.get('signedIn').staff.id;
    const { effectiveOn } = read.catalogue;
    const stored = await deps.publications.create(
      (tx) => enterFeeChange(tx, { ...read, id, enteredBy }),
      (entered) => (entered ? inputOf({ id, enteredBy, effectiveOn }) : null),
    );
    if (!stored) {
      const message = '別の担当者が同時に料金変更を登録しました。もう一度登録してください。';
      throw new Problem(409, {
        message,
        link: { href: '/staff/fee-changes', label: '料金変更の一覧を見る' },
      });
    }
    return c.redirect(`/staff/fee-changes/${id}`, 303);
  });

  const render = async (
    c: Context<WebEnv>,
    change: FeeChange,
    draft: Draft | null,
    status: 200 | 409 | 422,
  ) => {
    const [reach, before, policies, history, names, notice, texts, task] = await Promise.all([
      readFeeReach(db, change, today()),
      readCatalogueBefore(db, change),
      loadPolicies(db),
      readTimeline(db, { subjectType: 'feeChange', subjectId: change.id }),
      staffNames(db),
      findNoticeByCause(db, { type: 'feeChange', id: change.id }),
      readFeeNotice(db, change),
      approvalTask(deps, inputOf(change)),
    ]);
    const page = {
      frame: frame(c, deps, 'feeChanges'),
      change,
      before,
      dates: feeChangeDates(change.effectiveOn, cutoffPolicyOf(policies)),
      reach,
      page: pageNumber(c),
      notice: (
        <NoticeSection notice={notice} texts={feeChangeNotice(texts)} waits={change.status === 'draft'} />
      ),
      history,
      names,
      access: publicationAccess(change.status, task, c.get('signedIn').staff),
      draft,
      newId: randomUUID,
    };
    return c.html(feeChangePage(page), status);
  };

  app.get('/staff/fee-changes/:id', { right: 'seeFeeChanges', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null, 200),
  );

  app.post('/staff/fee-changes/:id/decision', { right: 'seeFeeChanges', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const change = await load(c);
    const input = inputOf(change);
    const decision = publicationDecision(deps, {
      ...{ input, status: change.status, task: await approvalTask(deps, input) },
      staff: c.get('signedIn').staff,
      ...{ clause: '第6条4項', href: `/staff/fee-changes/${change.id}` },
      again: (draft, status) => render(c, change, draft, status),
    });
    return takeDecision(c, deps, form, decision);
  });
}

function inputOf(change: { id: string; enteredBy: string; effectiveOn: CivilDate }): PublicationInput {
  return {
    subjectType: 'feeChange',
    subjectId: change.id,
    enteredBy: change.enteredBy,
    effectiveOn: change.effectiveOn,
  };
}
