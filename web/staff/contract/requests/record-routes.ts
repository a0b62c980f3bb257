import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { showContractNumber } from '../../../../db/queries/read/contract-number.ts';
import {
  openRequestOriginal,
  type RequestDetail,
  readRequestDetail,
} from '../../../../db/queries/read/request-detail.ts';
import { staffNames } from '../../../../db/queries/staff/names.ts';
import { civilDate } from '../../../../domain/calendar/civil-date.ts';
import { cancelledAsOf, renewsAlthoughCancelled } from '../../../../domain/ending/cancellation.ts';
import { looksLikeMail } from '../../../../storage/mail/mime.ts';
import { MAIL_TYPE } from '../../../../storage/upload/mail.ts';
import { uploadTypeOf } from '../../../../storage/upload-guard.ts';
import type { WebDependencies, WebEnv } from '../../../dependencies.ts';
import { attachment } from '../../../http/download.ts';
import { readForm } from '../../../http/form.ts';
import { Problem } from '../../../http/problem.ts';
import { requireCsrf } from '../../../http/session.ts';
import type { Routes } from '../../../routes.ts';
import { frame, idParam } from '../../console.ts';
import { accessTo } from '../../desk/access.ts';
import { takeDecision } from '../../desk/decision.ts';
import type { Draft } from '../../desk/draft.ts';
import { type ContractView, loadView } from '../view.ts';
import { outlookOf } from './outlook.ts';
import { draftOf, requestPage, seesNotice } from './request-page.tsx';

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
    return { ...id, detail, access: accessTo(waitingTask(detail), c.get('signedIn').staff, IDLE) };
  };
  type Loaded = Awaited<ReturnType<typeof load>>;

  const render = async (
    c: Context<WebEnv>,
    { detail, access, contractId }: Loaded,
    draft: Draft | null,
    status: 200 | 409 | 422,
  ) => {
    const [view, names] = await Promise.all([loadView(deps, contractId), staffNames(db)]);
    const enteredAtMs = detail.request.createdAt.getTime();
    const outlook = access.may ? outlookOf(view, draftOf(detail), enteredAtMs) : null;
    const page = { view, detail, access, outlook, names, renews: renewsOf(view, detail) };
    return c.html(
      requestPage({
        ...page,
        frame: frame(c, deps, 'contracts'),
        newId: randomUUID,
        draft,
      }),
      status,
    );
  };

  app.get('/staff/contracts/:id/requests/:requestId', { right: 'staff', shows: 'request' }, async (c) =>
    render(c, await load(c), null, 200),
  );

  app.get(
    '/staff/contracts/:id/requests/:requestId/original',
    { right: 'downloadOriginal', shows: 'request' },
    async (c) => {
      const id = { contractId: idParam(c, 'id'), requestId: idParam(c, 'requestId') };
      const key = await openRequestOriginal(db, { ...id, actor: c.get('signedIn').staff.id });
      if (key === null) throw new Problem(404);
      const bytes = await deps.documents.get(key);
      const contentType = looksLikeMail(bytes)
        ? MAIL_TYPE
        : (uploadTypeOf(bytes) ?? 'application/octet-stream');
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
      const { contractId, requestId, detail } = loaded;
      const href = `/staff/contracts/${contractId}/requests/${requestId}`;
      return takeDecision<'confirm' | 'reject'>(c, deps, form, {
        subject: { subjectType: 'contract', subjectId: contractId },
        link: { href, label: '申込の最新の内容を見る' },
        task: waitingTask(detail),
        ...(seesNotice(detail, c.get('signedIn').staff)
          ? {
              mail: (verdict: string) => (verdict === 'confirm' ? noticeOf(contractId, requestId) : null),
              looked: () => showContractNumber(db, contractId, c.get('signedIn').staff.id),
            }
          : {}),
        ...{ form: 'confirm', stage: 'request', clause: '第10条', verdicts: { confirm: [], reject: [] } },
        send: ({ commandId, actor, verdict }, write) =>
          deps.contracts.confirmRequest(contractId, { commandId, actor, requestId, verdict }, write),
        again: (draft, status) => render(c, loaded, draft, status),
      });
    },
  );
}

const IDLE = 'この申込は、いま確認を待っていません。';

const noticeOf = (subjectId: string, requestId: string) =>
  ({ kind: 'terminationNotice', subjectType: 'contract', subjectId, requestId }) as const;

/** The second person's task, while the request waits for it. */
function waitingTask({ request, task }: RequestDetail) {
  return request.outcome === 'waiting' && task?.status === 'open' ? task : null;
}

/** Whether a cancellation lets the contract renew first, by the date that was told. */
function renewsOf({ future: { line } }: ContractView, { request }: RequestDetail): boolean {
  if (request.kind !== 'cancellation' || request.computedOn === null) return false;
  const asOf = cancelledAsOf(request.arrivedAt.getTime(), line);
  return renewsAlthoughCancelled(line, civilDate(request.computedOn), asOf).value !== null;
}
