import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { settleDecision } from '../../../../db/queries/decision/settle.ts';
import {
  openRequestOriginal,
  type RequestDetail,
  readRequestDetail,
} from '../../../../db/queries/read/request-detail.ts';
import { recordRequestDecision } from '../../../../db/queries/request/decide.ts';
import { staffNames } from '../../../../db/queries/staff/names.ts';
import { type CivilDate, jstDate, laterOf } from '../../../../domain/calendar/civil-date.ts';
import { renewsAlthoughCancelled } from '../../../../domain/ending/cancellation.ts';
import { isMail } from '../../../../storage/mail-file.ts';
import { uploadTypeOf } from '../../../../storage/upload-guard.ts';
import type { FieldError } from '../../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../../dependencies.ts';
import { answerWithin, refusalStatus } from '../../../http/answer.ts';
import { attachment } from '../../../http/download.ts';
import { readForm } from '../../../http/form.ts';
import { Problem } from '../../../http/problem.ts';
import { requireCsrf } from '../../../http/session.ts';
import type { Routes } from '../../../routes.ts';
import { choiceOf, frame, idParam } from '../../console.ts';
import { MAIL_TYPE } from '../../desk/upload.ts';
import { commandIdOf, readReason } from '../../desk/verdict.ts';
import { type ContractView, loadView } from '../view.ts';
import { outlookOf } from './outlook.ts';
import { draftOf, requestPage } from './request-page.tsx';
import { confirmAccess } from './second-person.ts';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  [MAIL_TYPE]: 'eml',
};

/** One request: the page, its original, and the second person's decision (第10条). */
export function requestRecordRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const id = { contractId: idParam(c, 'id'), requestId: idParam(c, 'requestId') };
    const detail = await readRequestDetail(db, id);
    if (detail === null) throw new Problem(404);
    return { ...id, detail, access: confirmAccess(detail, c.get('signedIn').staff) };
  };
  type Loaded = Awaited<ReturnType<typeof load>>;

  const render = async (
    c: Context<WebEnv>,
    { detail, access, contractId }: Loaded,
    draft: { values: Record<string, string>; errors: FieldError[] } | null,
  ) => {
    const [view, names] = await Promise.all([loadView(deps, contractId), staffNames(db)]);
    const outlook = access.may ? await outlookOf(deps, view, draftOf(detail)) : null;
    const page = { view, detail, access, outlook, names, renews: renewsOf(view, detail) };
    return c.html(
      requestPage({
        ...page,
        frame: frame(c, deps, 'contracts'),
        commandId: randomUUID(),
        draft: draft ?? { values: {}, errors: [] },
      }),
      draft === null ? 200 : 422,
    );
  };

  app.get('/staff/contracts/:id/requests/:requestId', { right: 'staff', shows: 'request' }, async (c) =>
    render(c, await load(c), null),
  );

  app.get(
    '/staff/contracts/:id/requests/:requestId/original',
    { right: 'downloadOriginal', shows: 'request' },
    async (c) => {
      const id = { contractId: idParam(c, 'id'), requestId: idParam(c, 'requestId') };
      const key = await openRequestOriginal(db, { ...id, actor: c.get('signedIn').staff.id });
      if (key === null) throw new Problem(404);
      const bytes = await deps.documents.get(key);
      const contentType = isMail(bytes) ? MAIL_TYPE : (uploadTypeOf(bytes) ?? 'application/octet-stream');
      const fileName = `申込原本_${id.requestId}.${EXTENSIONS[contentType] ?? 'bin'}`;
      return attachment(c, bytes, { fileName, contentType });
    },
  );

  app.post(
    '/staff/contracts/:id/requests/:requestId/confirm',
    { right: 'staff', shows: 'request' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const loaded = await load(c);
      const { contractId, requestId, detail, access } = loaded;
      const path = `/staff/contracts/${contractId}/requests/${requestId}`;
      const link = { href: path, label: '申込の最新の内容を見る' };
      const staffId = c.get('signedIn').staff.id;
      const commandId = commandIdOf(form);
      const isRepeat = detail.decisions.some(
        (earlier) => earlier.commandId === commandId && earlier.staffId === staffId,
      );
      if (isRepeat && detail.request.outcome !== 'waiting') return c.redirect(path, 303);
      if (!access.may) throw new Problem(access.status, { message: access.why, link });
      const verdict = choiceOf(form.text('verdict'), ['confirm', 'reject']);
      const reason = readReason(form, 'confirm-reason');
      const errors: FieldError[] = [
        ...(verdict === null ? [{ field: 'confirm-verdict', message: '判断を選択してください。' }] : []),
        ...(typeof reason === 'string' ? [] : [reason]),
      ];
      if (verdict === null || typeof reason !== 'string') {
        return render(c, loaded, { values: form.texts(), errors });
      }
      const decision = { commandId, contractId, requestId, verdict, reason, staffId, taskId: access.task.id };
      const decisionId = await recordRequestDecision(db, decision);
      if (decisionId === null) throw new Problem(409, { link });
      const command = { commandId, requestId, verdict, actor: { kind: 'staff' as const, id: staffId } };
      const answer = await answerWithin(
        deps.contracts.confirmRequest(contractId, command),
        deps.limits.answerMs,
      );
      // A rule may refuse what was confirmed: the decision stands, and the request's page says why.
      const status = answer.ok ? 422 : refusalStatus(answer);
      await settleDecision(db, decisionId, status === 422 ? 'effective' : 'refused', deps.now());
      if (!answer.ok && status !== 422) throw new Problem(status, { message: answer.message, link });
      return c.redirect(path, 303);
    },
  );
}

/** Whether a cancellation lets the contract renew first, by the date that was told. */
function renewsOf({ basis }: ContractView, { request }: RequestDetail): boolean {
  if (request.kind !== 'cancellation' || request.computedOn === null) return false;
  const asOf = laterOf(jstDate(request.arrivedAt.getTime()), basis.firstDay);
  return renewsAlthoughCancelled(basis, request.computedOn as CivilDate, asOf).value !== null;
}
