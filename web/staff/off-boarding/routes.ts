import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { readOffBoarding, readOffBoardingNotes } from '../../../db/queries/off-boarding/steps.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { readMonthlyUsage } from '../../../db/queries/telephony/usage.ts';
import { OFF_BOARDING_STEPS } from '../../../domain/data/off-boarding.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
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
    status: 200 | 409 | 422,
  ) => {
    const { id } = detail.contract;
    const [notes, usage, names] = await Promise.all([
      readOffBoardingNotes(db, id),
      readMonthlyUsage(db, id),
      staffNames(db),
    ]);
    const page = { frame: frame(c, deps, 'contracts'), detail, steps, notes, usage, names };
    const whole = { ...page, draft, now: deps.now(), newId: randomUUID };
    return c.html(offBoardingPage(whole), status);
  };

  app.get('/staff/contracts/:id/off-boarding', { right: 'staff', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null, 200),
  );

  app.post(
    '/staff/contracts/:id/off-boarding/:step',
    { right: { task: 'offBoardingProblem' }, shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const loaded = await load(c);
      const { detail, steps } = loaded;
      const contractId = detail.contract.id;
      const step = choiceOf(c.req.param('step'), OFF_BOARDING_STEPS);
      if (step === null) throw new Problem(404);
      const taskId = steps.find((row) => row.step === step)?.taskId;
      return takeDecision<'retry' | 'complete'>(c, deps, form, {
        subject: { subjectType: 'contract', subjectId: contractId },
        link: { href: `/staff/contracts/${contractId}/off-boarding`, label: '手続きの最新の状態を見る' },
        task: detail.tasks.find(({ id }) => id === taskId) ?? null,
        ...{ form: step, stage: 'offBoarding', clause: '第10条3項・第11条2項', code: '' },
        ...{ verdicts: { retry: [], complete: [] }, wordless: ['retry'] },
        send: (command, write) => deps.offBoarding.decideStep(contractId, command, write),
        again: (draft, status) => render(c, loaded, draft, status),
      });
    },
  );
}
