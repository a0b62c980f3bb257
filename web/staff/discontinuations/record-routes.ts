import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { staffNames } from '../../../db/queries/staff/names.ts';
import type { DiscontinuationVerdict } from '../../../workflows/discontinuation/messages.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { csvFile } from '../../http/csv.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { openDecision, verdictsOf } from './decision-panel.tsx';
import { type DiscontinuationDetail, loadDetail } from './detail.ts';
import { discontinuationPage } from './record-page.tsx';
import { refundRoutes } from './refund-routes.ts';
import { ALL_ROWS, PATH, planCsv } from './words.ts';

/** One discontinuation: the page, its decisions, new figures and calling it off. */
export function discontinuationRecordRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const versionOf = (c: Context<WebEnv>): number | null => {
    const version = Number(c.req.query('version') ?? '');
    return Number.isSafeInteger(version) && version > 0 ? version : null;
  };

  const load = (c: Context<WebEnv>): Promise<DiscontinuationDetail> => {
    const offset = (pageNumber(c) - 1) * PAGE_SIZE;
    return loadDetail(deps, idParam(c, 'id'), { version: versionOf(c), offset, limit: PAGE_SIZE });
  };

  const render = async (
    c: Context<WebEnv>,
    detail: DiscontinuationDetail,
    draft: Draft | null,
    status: 200 | 409 | 422,
  ) =>
    c.html(
      discontinuationPage({
        frame: frame(c, deps, 'discontinuations'),
        ...{ detail, draft, pageNumber: pageNumber(c), pageSize: PAGE_SIZE },
        names: await staffNames(db),
        now: deps.now(),
        newId: randomUUID,
      }),
      status,
    );

  app.get(`${PATH}/:id`, { right: 'seeDiscontinuations', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null, 200),
  );

  app.get(
    `${PATH}/:id/plan.csv`,
    { right: 'seeDiscontinuations', shows: 'discontinuationPlan' },
    async (c) => {
      const all = { version: versionOf(c), offset: 0, limit: ALL_ROWS };
      const { row, rows, totals, version } = await loadDetail(deps, idParam(c, 'id'), all);
      const name = version === null ? '計画' : `第${version.version}版`;
      return csvFile(c, `廃止_${row.lastDay}_${name}.csv`, planCsv(rows, totals, c.get('signedIn').staff));
    },
  );

  const open = async (c: Context<WebEnv>) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const detail = await load(c);
    const { id } = detail.row;
    const common = {
      subject: { subjectType: 'discontinuation' as const, subjectId: id },
      link: { href: `${PATH}/${id}`, label: '廃止の最新の内容を見る' },
      clause: '第16条',
      again: (draft: Draft, status: 200 | 409 | 422) => render(c, detail, draft, status),
    };
    return { form, detail, id, common };
  };

  app.post(`${PATH}/:id/decide`, { right: 'seeDiscontinuations', shows: 'nothing' }, async (c) => {
    const { form, detail, id, common } = await open(c);
    const task = openDecision(detail.tasks);
    const isRefund = task?.kind === 'refundReview' || task?.kind === 'refundApproval';
    const outdated = detail.version === null && form.text('figures') !== detail.figures;
    return takeDecision<DiscontinuationVerdict>(c, deps, form, {
      ...common,
      ...{ task, form: 'decide', stage: isRefund ? 'refund' : 'discontinuation' },
      verdicts: verdictsOf(task),
      check: (verdict) => (verdict === 'agree' && outdated ? OTHER_FIGURES : null),
      send: (command, write) => deps.discontinuations.decide(id, command, write),
    });
  });

  app.post(`${PATH}/:id/recompute`, { right: 'recomputeDiscontinuation', shows: 'nothing' }, async (c) => {
    const { form, id, common } = await open(c);
    return takeDecision<'recompute'>(c, deps, form, {
      ...common,
      ...{ form: 'recompute', stage: 'discontinuation', verdicts: { recompute: [] }, implied: 'recompute' },
      send: ({ commandId, actor, decisionId }, write) =>
        deps.discontinuations.recompute(id, { commandId, actor, decisionId }, write),
    });
  });

  // Two people have announced it: calling it off takes two again.
  app.post(`${PATH}/:id/cancel`, { right: 'cancelDiscontinuation', shows: 'nothing' }, async (c) => {
    const { form, detail, id, common } = await open(c);
    if (detail.row.status !== 'announced') throw new Problem(409, { link: common.link });
    const reason = readReason(form, 'cancel-reason');
    if (typeof reason !== 'string') {
      return common.again({ form: 'cancel', values: form.texts(), errors: [reason] }, 422);
    }
    const proposed = { kind: 'discontinuationCancel' as const, discontinuationId: id };
    const { sandbox } = detail.row;
    const asked = { commandId: commandIdOf(form), proposed, contractId: null, reason, sandbox };
    return askForTwo(c, deps, asked, common.link);
  });

  refundRoutes(app, deps);
}

const OTHER_FIGURES =
  '画面を開いたあとに契約の内容が変わり、影響または返金額が変わっています。最新の数字を確かめてから、もう一度判断してください。';
