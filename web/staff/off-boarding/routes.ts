import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { recordDecision } from '../../../db/queries/decision/record.ts';
import { settleDecision } from '../../../db/queries/decision/settle.ts';
import { readOffBoarding, readOffBoardingNotes } from '../../../db/queries/off-boarding/steps.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { readMonthlyUsage } from '../../../db/queries/telephony/usage.ts';
import { OFF_BOARDING_STEPS } from '../../../domain/data/off-boarding.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import type { Draft } from '../applications/record-page.tsx';
import { choiceOf, frame, idParam } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { offBoardingPage } from './page.tsx';

/** The off-boarding of a contract, and what staff say about a step that waits for them (第10条3項, 第11条2項). */
export function offBoardingRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const id = idParam(c, 'id');
    const [detail, steps] = await Promise.all([readContractDetail(db, id), readOffBoarding(db, id)]);
    if (detail === null || steps.length === 0) throw new Problem(404);
    return { detail, steps };
  };

  const render = async (
    c: Context<WebEnv>,
    { detail, steps }: Awaited<ReturnType<typeof load>>,
    draft: Draft | null,
  ) => {
    const { id } = detail.contract;
    const [notes, usage, names] = await Promise.all([
      readOffBoardingNotes(db, id),
      readMonthlyUsage(db, id),
      staffNames(db),
    ]);
    const page = { frame: frame(c, deps, 'contracts'), detail, steps, notes, usage, names };
    const whole = { ...page, draft, now: deps.now(), newId: randomUUID };
    return c.html(offBoardingPage(whole), draft === null ? 200 : 422);
  };

  app.get('/staff/contracts/:id/off-boarding', { right: 'staff', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null),
  );

  app.post(
    '/staff/contracts/:id/off-boarding/:step',
    { right: { task: 'offBoardingProblem' }, shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const commandId = commandIdOf(form);
      const loaded = await load(c);
      const { detail, steps } = loaded;
      const contractId = detail.contract.id;
      const link = { href: `/staff/contracts/${contractId}/off-boarding`, label: '手続きの最新の状態を見る' };
      const step = choiceOf(c.req.param('step'), OFF_BOARDING_STEPS);
      const verdict = choiceOf(form.text('verdict'), ['retry', 'complete'] as const);
      if (step === null) throw new Problem(404);
      if (verdict === null) throw new Problem(400, { link });
      const { staff } = c.get('signedIn');
      const taskId = steps.find((row) => row.step === step)?.taskId;
      const task = detail.tasks.find(({ id }) => id === taskId && id === form.text('taskId'));
      if (task === undefined) throw new Problem(409, { link });
      if (!staff.roles.some((role) => role === task.role)) throw new Problem(403, { link });
      const blankRetry = verdict === 'retry' && form.text('reason').trim() === '';
      const reason = blankRetry ? '' : readReason(form, `${step}-reason`);
      if (typeof reason !== 'string') {
        return render(c, loaded, { form: step, values: form.texts(), errors: [reason] });
      }
      const decisionId = await recordDecision(db, {
        commandId,
        subjectType: 'contract',
        subjectId: contractId,
        clause: '第10条3項・第11条2項',
        taskId: task.id,
        stage: 'offBoarding',
        verdict,
        reasonCode: '',
        reason,
        staffId: staff.id,
      });
      if (decisionId === null) throw new Problem(409, { link });
      const actor = { kind: 'staff' as const, id: staff.id };
      const answer = await answerWithin(
        deps.offBoarding.decideStep(contractId, { commandId, actor, taskId: task.id, decisionId, verdict }),
        deps.limits.answerMs,
      );
      await settleDecision(db, decisionId, answer.ok ? 'effective' : 'refused', deps.now());
      requireAccepted(answer, link);
      return c.redirect(link.href, 303);
    },
  );
}
