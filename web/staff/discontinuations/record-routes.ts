import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { recordDecision } from '../../../db/queries/decision/record.ts';
import { settleDecision } from '../../../db/queries/decision/settle.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import type { Answer } from '../../../domain/base/answers.ts';
import type { Right } from '../../../domain/processes/index.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { csvFile } from '../../http/csv.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { type DiscontinuationDraft, decisionAccess, openDecision, VERDICTS } from './decision-panel.tsx';
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
    draft: DiscontinuationDraft | null,
  ) =>
    c.html(
      discontinuationPage({
        frame: frame(c, deps, 'discontinuations'),
        ...{ detail, draft, pageNumber: pageNumber(c), pageSize: PAGE_SIZE },
        names: await staffNames(db),
        now: deps.now(),
        newId: randomUUID,
      }),
      draft === null ? 200 : 422,
    );

  app.get(`${PATH}/:id`, { right: 'seeDiscontinuations', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null),
  );

  app.get(`${PATH}/:id/plan.csv`, { right: 'seeDiscontinuations', shows: 'nothing' }, async (c) => {
    const all = { version: versionOf(c), offset: 0, limit: ALL_ROWS };
    const { row, rows, totals, version } = await loadDetail(deps, idParam(c, 'id'), all);
    const name = version === null ? '計画' : `第${version.version}版`;
    return csvFile(c, `廃止_${row.lastDay}_${name}.csv`, planCsv(rows, totals));
  });

  app.post(`${PATH}/:id/decide`, { right: 'seeDiscontinuations', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const detail = await load(c);
    const link = linkTo(detail);
    const commandId = commandIdOf(form);
    const task = openDecision(detail.tasks);
    if (task === null || task.id !== form.text('taskId')) throw new Problem(409, { link });
    const access = decisionAccess(task, c.get('signedIn').staff);
    if (!access.may) throw new Problem(403, { message: access.why, link });
    const choices = VERDICTS[task.kind].choices.map(({ value }) => value);
    const verdict = choiceOf(form.text('verdict'), choices);
    const reason = readReason(form, 'decide-reason');
    const errors: FieldError[] = [
      ...(verdict === null ? [{ field: 'decide-verdict', message: '判断を選択してください。' }] : []),
      ...(typeof reason === 'string' ? [] : [reason]),
    ];
    if (verdict === null || typeof reason !== 'string') {
      return render(c, detail, { form: 'decide', values: form.texts(), errors });
    }
    if (verdict === 'agree' && detail.version === null && form.text('figures') !== detail.figures) {
      throw new Problem(409, {
        heading: '画面を開いたあとに計算の結果が変わりました',
        message:
          '契約の内容が変わり、影響または返金額が変わっています。最新の数字を確かめてから、もう一度判断してください。',
        link,
      });
    }
    const stage =
      task.kind === 'refundReview' || task.kind === 'refundApproval' ? 'refund' : 'discontinuation';
    await send(c, { detail, commandId, stage, taskId: task.id, verdict, reason }, (decisionId, actor) =>
      deps.discontinuations.decide(detail.row.id, { commandId, actor, taskId: task.id, decisionId, verdict }),
    );
    return c.redirect(link.href, 303);
  });

  const command = (name: 'recompute' | 'cancel', right: Right) =>
    app.post(`${PATH}/:id/${name}`, { right, shows: 'nothing' }, async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const detail = await load(c);
      const commandId = commandIdOf(form);
      const reason = readReason(form, `${name}-reason`);
      if (typeof reason !== 'string') {
        return render(c, detail, { form: name, values: form.texts(), errors: [reason] });
      }
      const decision = {
        detail,
        commandId,
        stage: 'discontinuation' as const,
        taskId: null,
        verdict: name,
        reason,
      };
      await send(c, decision, (decisionId, actor) =>
        deps.discontinuations[name](detail.row.id, { commandId, actor, decisionId }),
      );
      return c.redirect(linkTo(detail).href, 303);
    });
  command('recompute', 'recomputeDiscontinuation');
  command('cancel', 'cancelDiscontinuation');

  refundRoutes(app, deps);

  /** Writes the decision with its words, then hands it to the workflow. Throws the page of a refusal. */
  async function send(
    c: Context<WebEnv>,
    decision: {
      detail: DiscontinuationDetail;
      commandId: string;
      stage: 'discontinuation' | 'refund';
      taskId: string | null;
      verdict: string;
      reason: string;
    },
    act: (decisionId: string, actor: { kind: 'staff'; id: string }) => Promise<Answer>,
  ): Promise<void> {
    const { detail, ...written } = decision;
    const staffId = c.get('signedIn').staff.id;
    const link = linkTo(detail);
    const decisionId = await recordDecision(db, {
      ...written,
      subjectType: 'discontinuation',
      subjectId: detail.row.id,
      clause: '第16条',
      reasonCode: 'secondPerson',
      staffId,
    });
    if (decisionId === null) throw new Problem(409, { link });
    const answer = await answerWithin(act(decisionId, { kind: 'staff', id: staffId }), deps.limits.answerMs);
    await settleDecision(db, decisionId, answer.ok ? 'effective' : 'refused', deps.now());
    requireAccepted(answer, link);
  }
}

function linkTo({ row }: DiscontinuationDetail): { href: string; label: string } {
  return { href: `${PATH}/${row.id}`, label: '廃止の最新の内容を見る' };
}
