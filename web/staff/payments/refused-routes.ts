import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import {
  findRefusedFile,
  noteRefusedDownload,
  type RefusedBankFile,
} from '../../../db/queries/payment/refused-file.ts';
import { acknowledgeTask } from '../../../db/queries/task/acknowledge.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { requireAccepted } from '../../http/answer.ts';
import { attachment } from '../../http/download.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { refusalFor } from '../desk/access.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { refusedFilePage } from './refused-page.tsx';
import { REFUSED_PATH } from './words.ts';

/** Files of the watched folder that could not be taken (第6条2項). */
export function refusedFileRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>): Promise<RefusedBankFile> => {
    const file = await findRefusedFile(db, idParam(c, 'id'));
    if (file === null) throw new Problem(404, { message: 'このファイルは見つかりません。' });
    return file;
  };
  const taskOf = ({ id }: RefusedBankFile) => findOpenTask(db, { subjectId: id, kind: 'bankFileRefused' });

  app.get(`${REFUSED_PATH}/:id`, { right: 'seePayments', shows: 'nothing' }, async (c) => {
    const file = await load(c);
    const task = await taskOf(file);
    const mine = task !== null && refusalFor(task, c.get('signedIn').staff, null) === null;
    const shown = { frame: frame(c, deps, 'payments'), file, commandId: randomUUID() };
    return c.html(refusedFilePage({ ...shown, taskId: mine ? task.id : null }));
  });

  app.get(`${REFUSED_PATH}/:id/original`, { right: 'seePayments', shows: 'nothing' }, async (c) => {
    const { id, fileName, storageKey } = await load(c);
    if (storageKey === null) throw new Problem(404);
    const bytes = await deps.documents.get(storageKey);
    await noteRefusedDownload(db, { id, staffId: c.get('signedIn').staff.id });
    return attachment(c, bytes, { fileName, contentType: 'application/octet-stream' });
  });

  app.post(`${REFUSED_PATH}/:id/acknowledge`, { right: 'seePayments', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const file = await load(c);
    const { staff } = c.get('signedIn');
    const task = await taskOf(file);
    const link = { href: `${REFUSED_PATH}/${file.id}`, label: 'ファイルの最新の内容を見る' };
    const refusal = refusalFor(task, staff, form.text('taskId'));
    if (refusal !== null) requireAccepted(refusal, link);
    if (task !== null) {
      const done = { taskId: task.id, subjectId: file.id, staffId: staff.id };
      await acknowledgeTask(db, { ...done, commandId: commandIdOf(form), at: deps.now() });
    }
    return c.redirect(link.href, 303);
  });
}
