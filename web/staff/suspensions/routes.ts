import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { noticesOfCause } from '../../../db/queries/notice/find.ts';
import { waitingProposal } from '../../../db/queries/proposal/find.ts';
import { knownPlans } from '../../../db/queries/read/catalogue.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { countReached } from '../../../db/queries/suspension/contracts.ts';
import { createSuspension } from '../../../db/queries/suspension/create.ts';
import { findSuspension, listSuspensions } from '../../../db/queries/suspension/find.ts';
import { openTasksOf } from '../../../db/queries/task/find.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam, isId, PAGE_SIZE, pageNumber } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { hasRole, MAY } from '../rights.ts';
import { readEntry } from './entry.ts';
import { suspensionEntryPage } from './entry-page.tsx';
import { suspensionListPage } from './list-page.tsx';
import { type SuspensionPage, suspensionPage } from './record-page.tsx';
import { steeringRoutes } from './steering-routes.ts';
import { PATH } from './words.ts';

/** Suspensions (第15条・第18条2項): the list, the entry, and one suspension with what can be done. */
export function suspensionRoutes(app: Routes, deps: WebDependencies): void {
  const { db, suspensions } = deps;
  const planNames = async () => new Map((await knownPlans(db)).map(({ code, name }) => [code, name]));

  app.get(PATH, { right: 'seeSuspensions', shows: 'nothing' }, async (c) => {
    const page = pageNumber(c);
    const [{ rows, count }, names] = await Promise.all([
      listSuspensions(db, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
      planNames(),
    ]);
    return c.html(
      suspensionListPage({
        frame: frame(c, deps, 'suspensions'),
        ...{ rows, count, page, pageSize: PAGE_SIZE, planNames: names },
        mayEnter: hasRole(c.get('signedIn').staff, MAY.enterSuspension),
      }),
    );
  });

  const contractOf = async (id: string) => {
    if (id === '') return null;
    const detail = isId(id) ? await readContractDetail(db, id) : null;
    if (detail === null) throw new Problem(404);
    const { sandbox, status } = detail.contract;
    return { id, sandbox, status, customerName: detail.customer.name };
  };

  /** The contract that is to be stopped, or null for other scopes. Throws a 409 page for one that has ended. */
  const contractToStop = async (id: string) => {
    const contract = await contractOf(id);
    if (contract === null || isLive(contract.status)) return contract;
    const link = { href: `/staff/contracts/${id}`, label: '契約を見る' };
    throw new Problem(409, { message: 'この契約は終了しているため、停止できません。', link });
  };

  const entry = async (
    c: Context<WebEnv>,
    contractId: string,
    form: { values: Readonly<Record<string, string>>; errors: FieldError[]; commandId: string },
  ) =>
    c.html(
      suspensionEntryPage({
        frame: frame(c, deps, 'suspensions'),
        plans: await knownPlans(db),
        contract: await contractToStop(contractId),
        ...form,
      }),
      form.errors.length > 0 ? 422 : 200,
    );

  app.get(`${PATH}/new`, { right: 'enterSuspension', shows: 'nothing' }, (c) => {
    const values = { ground: c.req.query('ground') ?? '' };
    return entry(c, c.req.query('contractId') ?? '', { values, errors: [], commandId: randomUUID() });
  });

  app.post(PATH, { right: 'enterSuspension', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const commandId = commandIdOf(form);
    const contractId = form.text('contractId');
    const known = {
      plans: await knownPlans(db),
      contract: await contractToStop(contractId),
      now: deps.now(),
    };
    const read = readEntry(form, known);
    if ('errors' in read)
      return entry(c, contractId, { values: form.texts(), errors: read.errors, commandId });
    const enteredBy = c.get('signedIn').staff.id;
    const { id } = await suspensions.create((tx) => createSuspension(tx, { ...read, commandId, enteredBy }));
    return c.redirect(`${PATH}/${id}`, 303);
  });

  const render = async (
    c: Context<WebEnv>,
    id: string,
    draft: SuspensionPage['draft'],
    status: 200 | 409 | 422,
  ) => {
    const row = await findSuspension(db, id);
    if (row === null) throw new Problem(404, { message: 'この停止は見つかりません。' });
    const subject = { subjectType: 'suspension' as const, subjectId: id };
    const [contract, names, plans, reached, notices, tasks, timeline, waiting] = await Promise.all([
      contractOf(row.contractId ?? ''),
      staffNames(db),
      planNames(),
      countReached(db, row),
      noticesOfCause(db, { type: 'suspension', id }),
      openTasksOf(db, subject),
      readTimeline(db, subject),
      waitingProposal(db, { kind: 'suspensionLift', suspensionId: id }),
    ]);
    const page = { row, names, reached, notices, tasks, timeline, waiting, draft, planNames: plans };
    return c.html(
      suspensionPage({
        ...page,
        frame: frame(c, deps, 'suspensions'),
        customerName: contract?.customerName ?? null,
        newId: randomUUID,
      }),
      status,
    );
  };

  app.get(`${PATH}/:id`, { right: 'seeSuspensions', shows: 'nothing' }, (c) =>
    render(c, idParam(c, 'id'), null, 200),
  );

  app.post(`${PATH}/:id/decide`, { right: 'seeSuspensions', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const id = idParam(c, 'id');
    const subject = { subjectType: 'suspension' as const, subjectId: id };
    const [row, tasks] = await Promise.all([findSuspension(db, id), openTasksOf(db, subject)]);
    if (row === null) throw new Problem(404);
    return takeDecision(c, deps, form, {
      ...{ subject, link: linkTo(id), form: 'decide', stage: 'suspension' },
      task: tasks.find(({ kind }) => kind === 'suspensionDecision') ?? null,
      verdicts: { agree: [], reject: [] },
      clause: groundOf(row.ground)?.clause ?? '第15条',
      send: (command, write) => suspensions.decide(id, command, write),
      again: (draft, status) => render(c, id, draft, status),
    });
  });

  steeringRoutes(app, deps, render);
}

const linkTo = (id: string) => ({ href: `${PATH}/${id}`, label: '停止の最新の内容を見る' });
