import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { findContract } from '../../../db/queries/contract/find.ts';
import { listDataRequests } from '../../../db/queries/data-request/read.ts';
import { guardedContract } from '../../../db/queries/data-view/contract-of.ts';
import { readDataViews } from '../../../db/queries/data-view/read.ts';
import { listHolds } from '../../../db/queries/deletion/hold.ts';
import { findDeletion } from '../../../db/queries/deletion/open.ts';
import { readOffBoarding } from '../../../db/queries/off-boarding/steps.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { showContractNumber } from '../../../db/queries/read/contract-number.ts';
import { openCertificate } from '../../../db/queries/read/document.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { suspensionsOf } from '../../../db/queries/suspension/find.ts';
import { acknowledgeTask } from '../../../db/queries/task/acknowledge.ts';
import { isAcknowledged } from '../../../domain/desk/tasks.ts';
import { isLive } from '../../../domain/period/contract.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { attachment } from '../../http/download.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { readContractBilling } from '../billing/contract-panel.tsx';
import { choiceOf, frame, idParam, isId } from '../console.ts';
import { dataAccess, noteView } from '../data/access.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { presenceStream } from '../presence/stream.ts';
import { hasRole, MAY } from '../rights.ts';
import { clockRoutes } from './clock-routes.ts';
import { HISTORY_KINDS } from './history-panel.tsx';
import { type ContractPage, contractPage } from './page.tsx';
import { type ContractView, contractWhatIf, linkToContract, loadView } from './view.ts';

const SHOWN_VIEWS = 50;
/** Open ones come first. */
const SHOWN_REQUESTS = 20;

/** One contract: the page, its certificates, and trying a stopped certificate again. */
export function contractRoutes(app: Routes, deps: WebDependencies): void {
  const { db, contracts } = deps;

  const build = async (c: Context<WebEnv>, view: ContractView): Promise<ContractPage> => {
    const { detail } = view;
    const asks = isLive(detail.contract.status);
    const { staff } = c.get('signedIn');
    const of = { contractId: detail.contract.id, applicationId: detail.contract.applicationId };
    const access = await dataAccess(c, deps, guardedContract(detail.contract), view.today);
    await noteView(c, deps, { page: 'contract', ...of }, access);
    const views = hasRole(staff, MAY.seeDataViews) ? await readDataViews(db, of, SHOWN_VIEWS) : null;
    const [names, offBoarding, suspensions, deletion, holds, dataRequests, billing] = await Promise.all([
      staffNames(db),
      asks ? [] : readOffBoarding(db, detail.contract.id),
      suspensionsOf(db, detail.contract, ['approval', 'planned', 'active', 'lifted']),
      findDeletion(db, detail.contract.id),
      listHolds(db, detail.contract.id),
      hasRole(staff, MAY.seeDataRequests)
        ? listDataRequests(db, { contractId: detail.contract.id, limit: SHOWN_REQUESTS })
        : [],
      hasRole(staff, MAY.seeBilling)
        ? readContractBilling(db, view, {
            mayOpen: hasRole(staff, MAY.seeArchive),
            maySeeLiability: hasRole(staff, MAY.seeLiability),
          })
        : null,
    ]);
    return {
      frame: frame(c, deps, 'contracts'),
      detail,
      view,
      whatIf: asks ? contractWhatIf(view, { instantMs: view.nowMs, wish: null }) : null,
      offBoarding,
      names,
      suspensions,
      deletion: { row: deletion, holds },
      now: deps.now(),
      numbersShown: false,
      clockError: null,
      newId: randomUUID,
      historyKind: choiceOf(c.req.query('history'), HISTORY_KINDS),
      access,
      views,
      billing,
      openDataRequests: dataRequests.filter(({ request }) => request.status === 'open'),
    };
  };

  const render = async (c: Context<WebEnv>, numbersShown: boolean) =>
    c.html(contractPage({ ...(await build(c, await loadView(deps, idParam(c, 'id')))), numbersShown }));

  app.get('/staff/contracts/:id', { right: 'staff', shows: 'contract' }, (c) => render(c, false));
  app.get('/staff/contracts/:id/presence', { right: 'staff', shows: 'nothing' }, async (c) => {
    const subject = { subjectType: 'contract' as const, subjectId: idParam(c, 'id') };
    return presenceStream(c, deps, subject, await findContract(db, subject.subjectId));
  });
  clockRoutes(app, deps, {
    build,
    render: async (c, view, clockError) =>
      c.html(contractPage({ ...(await build(c, view)), clockError }), 422),
  });

  app.post('/staff/contracts/:id/tasks/:taskId/done', { right: 'staff', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const link = linkToContract(contractId);
    const { detail } = await loadView(deps, contractId);
    const task = detail.tasks.find(({ id }) => id === c.req.param('taskId'));
    if (task === undefined || !isAcknowledged(task.kind)) throw new Problem(409, { link });
    const { staff } = c.get('signedIn');
    if (!staff.roles.some((role) => role === task.role)) throw new Problem(403, { link });
    const done = {
      taskId: task.id,
      subjectId: contractId,
      staffId: staff.id,
      commandId: commandIdOf(form),
    };
    if (!(await acknowledgeTask(db, { ...done, at: deps.now() }))) throw new Problem(409, { link });
    return c.redirect(link.href, 303);
  });

  app.post(
    '/staff/contracts/:id/numbers',
    { right: 'seeContractNumber', shows: 'contract', reads: true },
    async (c) => {
      requireCsrf(c, await readForm(c));
      const contractId = idParam(c, 'id');
      if (!(await showContractNumber(db, contractId, c.get('signedIn').staff.id))) throw new Problem(404);
      return render(c, true);
    },
  );

  app.get(
    '/staff/contracts/:id/certificates/:certificateId',
    { right: 'downloadCertificate', shows: 'certificate' },
    async (c) => {
      const [contractId, certificateId] = [idParam(c, 'id'), idParam(c, 'certificateId')];
      const row = await openCertificate(db, { contractId, certificateId, actor: c.get('signedIn').staff.id });
      if (row === null) throw new Problem(404);
      return attachment(c, await deps.documents.get(row.storageKey), row);
    },
  );

  app.post(
    '/staff/contracts/:id/retry',
    { right: { task: 'certificateProblem' }, shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const contractId = idParam(c, 'id');
      const detail = await readContractDetail(db, contractId);
      if (detail === null) throw new Problem(404);
      const link = { href: `/staff/contracts/${contractId}`, label: '契約の最新の内容を見る' };
      const task = detail.tasks.find(({ id }) => id === form.text('taskId'));
      if (task === undefined || task.kind !== 'certificateProblem') throw new Problem(409, { link });
      const { staff } = c.get('signedIn');
      if (!staff.roles.some((role) => role === task.role)) throw new Problem(403, { link });
      const commandId = form.text('commandId');
      if (!isId(commandId)) throw new Problem(400);
      const command = { commandId, taskId: task.id, actor: { kind: 'staff' as const, id: staff.id } };
      requireAccepted(
        await answerWithin(contracts.retryDelivery(contractId, command), deps.limits.answerMs),
        link,
      );
      return c.redirect(link.href, 303);
    },
  );
}
