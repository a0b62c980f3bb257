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
import { answerWithin } from '../../http/answer.ts';
import { attachment } from '../../http/download.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import type { Draft } from '../applications/record-page.tsx';
import { frame, idParam, pageNumber } from '../console.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { decide } from '../publication/decide.ts';
import { decisionAccess } from '../publication/decision.tsx';
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
    const stored = await enterFeeChange(db, { ...read, id, enteredBy });
    if (!stored) {
      const message = '別の担当者が同時に料金変更を登録しました。もう一度登録してください。';
      throw new Problem(409, {
        message,
        link: { href: '/staff/fee-changes', label: '料金変更の一覧を見る' },
      });
    }
    try {
      const { effectiveOn } = read.catalogue;
      await answerWithin(
        deps.publications.start(inputOf({ id, enteredBy, effectiveOn })),
        deps.limits.answerMs,
      );
    } catch (error) {
      // The draft is kept: the sweep of the web process starts it later.
      deps.logError(error, { errorId: id, path: c.req.path });
    }
    return c.redirect(`/staff/fee-changes/${id}`, 303);
  });

  const render = async (c: Context<WebEnv>, change: FeeChange, draft: Draft | null) => {
    const [reach, before, policies, history, names, notice, texts] = await Promise.all([
      readFeeReach(db, change, today()),
      readCatalogueBefore(db, change),
      loadPolicies(db),
      readTimeline(db, { subjectType: 'feeChange', subjectId: change.id }),
      staffNames(db),
      findNoticeByCause(db, { type: 'feeChange', id: change.id }),
      readFeeNotice(db, change),
    ]);
    const page = {
      frame: frame(c, deps, 'feeChanges'),
      change,
      before,
      dates: feeChangeDates(change.effectiveOn as CivilDate, cutoffPolicyOf(policies)),
      reach,
      page: pageNumber(c),
      notice: (
        <NoticeSection notice={notice} texts={feeChangeNotice(texts)} waits={change.status === 'draft'} />
      ),
      history,
      names,
      access: decisionAccess(change, c.get('signedIn').staff),
      draft,
      newId: randomUUID,
    };
    return c.html(feeChangePage(page), draft === null ? 200 : 422);
  };

  app.get('/staff/fee-changes/:id', { right: 'seeFeeChanges', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null),
  );

  app.post('/staff/fee-changes/:id/decision', { right: 'seeFeeChanges', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const change = await load(c);
    const href = `/staff/fee-changes/${change.id}`;
    const access = decisionAccess(change, c.get('signedIn').staff);
    const subject = { input: inputOf(change), access, clause: '第6条4項', href };
    const errors = await decide(c, deps, form, subject);
    if (errors === null) return c.redirect(href, 303);
    return render(c, change, { form: 'publication', values: form.texts(), errors });
  });
}

function inputOf(change: { id: string; enteredBy: string; effectiveOn: string }): PublicationInput {
  return {
    subjectType: 'feeChange',
    subjectId: change.id,
    enteredBy: change.enteredBy,
    effectiveOn: change.effectiveOn as CivilDate,
  };
}
