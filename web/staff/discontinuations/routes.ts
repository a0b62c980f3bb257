import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { createDiscontinuation, findOverlapping } from '../../../db/queries/discontinuation/create.ts';
import { listDiscontinuations } from '../../../db/queries/discontinuation/find.ts';
import { readPlan } from '../../../db/queries/discontinuation/plan.ts';
import { proposedQuestion } from '../../../db/queries/discontinuation/question.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { knownPlans } from '../../../db/queries/read/catalogue.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { csvFile } from '../../http/csv.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, PAGE_SIZE, pageNumber } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { hasRole, MAY } from '../rights.ts';
import { discontinuationListPage } from './list-page.tsx';
import { shownPlanRow, showPlan } from './plan.ts';
import { planPage } from './plan-page.tsx';
import { conditionsOf, type ReadProposal, readProposal } from './proposal.ts';
import { discontinuationRecordRoutes } from './record-routes.ts';
import { ALL_ROWS, PATH, planCsv } from './words.ts';

/** Discontinuations (第16条): the list, the plan that has no effect, and the proposal. */
export function discontinuationRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const render = async (
    c: Context<WebEnv>,
    values: Readonly<Record<string, string>>,
    read: ReadProposal | null,
    errors: readonly FieldError[],
    proposal: { commandId: string; reason: string } = { commandId: randomUUID(), reason: '' },
  ) => {
    const page = pageNumber(c);
    const plans = await knownPlans(db);
    const shown = { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
    const plan = read === null ? null : await showPlan(deps, read.proposal, read.startMs, shown);
    const mayPropose = hasRole(c.get('signedIn').staff, MAY.proposeDiscontinuation);
    return c.html(
      planPage({
        frame: frame(c, deps, 'discontinuations'),
        ...{ values, errors, plans, plan, pageNumber: page, pageSize: PAGE_SIZE },
        proposal: mayPropose ? proposal : null,
      }),
      errors.length > 0 ? 422 : 200,
    );
  };

  app.get(PATH, { right: 'seeDiscontinuations', shows: 'nothing' }, async (c) => {
    const page = pageNumber(c);
    const [{ rows, count }, plans, names] = await Promise.all([
      listDiscontinuations(db, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
      knownPlans(db),
      staffNames(db),
    ]);
    return c.html(
      discontinuationListPage({
        frame: frame(c, deps, 'discontinuations'),
        ...{ rows, count, names, page, pageSize: PAGE_SIZE },
        planNames: new Map(plans.map(({ code, name }) => [code, name])),
        mayPropose: hasRole(c.get('signedIn').staff, MAY.proposeDiscontinuation),
      }),
    );
  });

  app.get(`${PATH}/new`, { right: 'seeDiscontinuations', shows: 'nothing' }, async (c) => {
    const values = c.req.query();
    if (Object.keys(values).length === 0) return render(c, { scope: 'service' }, null, []);
    const read = readProposal(values, await knownPlans(db), deps.now());
    return 'errors' in read ? render(c, values, null, read.errors) : render(c, values, read, []);
  });

  app.get(`${PATH}/plan.csv`, { right: 'seeDiscontinuations', shows: 'discontinuationPlan' }, async (c) => {
    const read = readProposal(c.req.query(), await knownPlans(db), deps.now());
    if ('errors' in read) throw new Problem(422);
    const question = proposedQuestion(await loadPolicies(db), read.proposal, read.startMs);
    const { totals, rows } = await readPlan(db, question, { offset: 0, limit: ALL_ROWS });
    const csv = planCsv(rows.map(shownPlanRow), totals, c.get('signedIn').staff);
    return csvFile(c, `廃止の計画_${read.proposal.lastDay}.csv`, csv);
  });

  app.post(PATH, { right: 'proposeDiscontinuation', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const commandId = commandIdOf(form);
    const values = conditionsOf(form.texts());
    const typed = { commandId, reason: form.text('reason') };
    const read = readProposal(values, await knownPlans(db), deps.now());
    if ('errors' in read) return render(c, values, null, read.errors, typed);
    const reason = readReason(form, 'reason');
    if (typeof reason !== 'string') return render(c, values, read, [reason], typed);
    const { sandbox, planCode, lastDay, forceMajeure } = read.proposal;
    const enteredBy = c.get('signedIn').staff.id;
    const overlapping = await findOverlapping(db, { sandbox, planCode, exceptCommandId: commandId });
    if (overlapping !== null) {
      throw new Problem(409, {
        message:
          '同じ契約を対象とする廃止の手続きがすでに進んでいます。先にそちらを終えるか、取りやめてください。',
        link: { href: `${PATH}/${overlapping.id}`, label: '進んでいる廃止を見る' },
      });
    }
    const proposed = { commandId, sandbox, planCode, lastDay, forceMajeure, reason, enteredBy };
    const { discontinuationId } = await deps.discontinuations.create(async (tx) => ({
      discontinuationId: await createDiscontinuation(tx, proposed),
      ...{ sandbox, lastDay, planCode, enteredBy },
    }));
    return c.redirect(`${PATH}/${discontinuationId}`, 303);
  });

  discontinuationRecordRoutes(app, deps);
}
