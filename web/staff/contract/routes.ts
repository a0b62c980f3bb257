import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { showContractNumber } from '../../../db/queries/read/contract-number.ts';
import { openCertificate } from '../../../db/queries/read/document.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { isLive } from '../../../domain/contract.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { attachment } from '../../http/download.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf, requireRole } from '../../http/session.ts';
import { frame, idParam, isId } from '../console.ts';
import { MAY } from '../rights.ts';
import { contractPage } from './page.tsx';

/** One contract: the page, its certificates, and trying a stopped delivery again. */
export function contractRoutes(app: Hono<WebEnv>, deps: WebDependencies): void {
  const { db, contracts } = deps;

  const render = async (c: Context<WebEnv>, numbersShown: boolean) => {
    const id = idParam(c, 'id');
    const [detail, names] = await Promise.all([readContractDetail(db, id), staffNames(db)]);
    if (detail === null) throw new Problem(404);
    const snapshot = isLive(detail.contract.status) ? await contracts.snapshot(id) : null;
    const page = {
      frame: frame(c, deps, 'contracts'),
      detail,
      snapshot,
      names,
      now: deps.now(),
      numbersShown,
    };
    return c.html(contractPage({ ...page, newId: randomUUID }));
  };

  app.get('/staff/contracts/:id', (c) => render(c, false));

  app.post('/staff/contracts/:id/numbers', async (c) => {
    requireRole(c, MAY.seeContractNumber);
    requireCsrf(c, await readForm(c));
    const contractId = idParam(c, 'id');
    if (!(await showContractNumber(db, contractId, c.get('signedIn').staff.id))) throw new Problem(404);
    return render(c, true);
  });

  app.get('/staff/contracts/:id/certificates/:certificateId', async (c) => {
    requireRole(c, MAY.downloadCertificate);
    const [contractId, certificateId] = [idParam(c, 'id'), idParam(c, 'certificateId')];
    const row = await openCertificate(db, { contractId, certificateId, actor: c.get('signedIn').staff.id });
    if (row === null) throw new Problem(404);
    return attachment(c, await deps.documents.get(row.storageKey), row);
  });

  app.post('/staff/contracts/:id/retry', async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const detail = await readContractDetail(db, contractId);
    if (detail === null) throw new Problem(404);
    const link = { href: `/staff/contracts/${contractId}`, label: '契約の最新の内容を見る' };
    const task = detail.tasks.find(({ id }) => id === form.text('taskId'));
    if (task === undefined) throw new Problem(409, { link });
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
  });
}
