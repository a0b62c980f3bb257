import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { nameUuid } from '../../../../db/name-uuid.ts';
import type { RequestRow } from '../../../../db/queries/request/find.ts';
import type { Refusal } from '../../../../domain/base/answers.ts';
import {
  isBackdated,
  requestNeedsOriginal,
  requestNeedsSecondPerson,
} from '../../../../domain/ending/second-person.ts';
import { REQUEST_KINDS, type RequestKind } from '../../../../domain/period/contract.ts';
import type { FormValues } from '../../../application-form/values.ts';
import type { FieldError } from '../../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../../dependencies.ts';
import { withClause } from '../../../http/answer.ts';
import { type Form, readForm } from '../../../http/form.ts';
import { Problem } from '../../../http/problem.ts';
import { requireCsrf } from '../../../http/session.ts';
import type { Routes } from '../../../routes.ts';
import { choiceOf, frame, idParam } from '../../console.ts';
import { NO_UPLOADS, sealUploads, takeFile, type Uploads, unsealUploads } from '../../desk/upload.ts';
import { commandIdOf } from '../../desk/verdict.ts';
import { type ContractView, linkToContract, loadView, requireLive, withdrawalOf } from '../view.ts';
import { filledChange, filledValues } from './change-draft.ts';
import { type RequestDraft, readDraft } from './draft.ts';
import { type RequestForm, requestFormPage } from './form-page.tsx';
import { outlookOf, seenOf } from './outlook.ts';
import { requestPreviewPage } from './preview-page.tsx';
import { sendRequest } from './send.ts';

const NO_ORIGINAL =
  '到達日をさかのぼって入力するときは、到達した日がわかる原本（スキャンまたはEメール）を添付してください（第10条1項）。';

/** Typing in a request: form, the outlook, and handing it to the contract. A duplicate submit is one request. */
export function requestEntryRoutes(app: Routes, deps: WebDependencies): void {
  const { config } = deps;

  const open = async (c: Context<WebEnv>) => {
    const kind = choiceOf(c.req.param('kind'), REQUEST_KINDS);
    if (kind === null) throw new Problem(404);
    const view = await loadView(deps, idParam(c, 'id'));
    return { kind, view, staffId: c.get('signedIn').staff.id };
  };

  const showForm = (
    c: Context<WebEnv>,
    form: Omit<RequestForm, 'frame' | 'sealedUploads'>,
    status: 200 | 422,
  ) => {
    const sealedUploads = sealUploads(config.SESSION_SECRET, form.uploads);
    return c.html(requestFormPage({ ...form, sealedUploads, frame: frame(c, deps, 'contracts') }), status);
  };

  const showPreview = async (
    c: Context<WebEnv>,
    posted: { view: ContractView; draft: RequestDraft; form: Form; commandId: string; uploads: Uploads },
    stale: boolean,
  ) => {
    const { view, draft, form, commandId, uploads } = posted;
    const values = {
      ...carried(form),
      commandId,
      uploads: sealUploads(config.SESSION_SECRET, uploads),
      seen: seenOf(view),
    };
    const page = { view, draft, values, stale, uploads };
    const outlook = outlookOf(view, draft);
    const backdated = isBackdated(draft.arrivedAtMs, view.today);
    const secondPerson = requestNeedsSecondPerson(draft.kind, backdated);
    return c.html(
      requestPreviewPage({ ...page, outlook, secondPerson, frame: frame(c, deps, 'contracts') }),
      stale ? 409 : 200,
    );
  };

  app.get(
    '/staff/contracts/:id/requests/new/:kind',
    { right: 'enterRequest', shows: 'nothing' },
    async (c) => {
      const { kind, view } = await open(c);
      requireLive(view);
      requireCancelled(kind, view);
      const values = kind === 'change' ? filledValues(filledChange(view)) : {};
      return showForm(
        c,
        { view, kind, commandId: randomUUID(), values, errors: [], uploads: NO_UPLOADS, refused: null },
        200,
      );
    },
  );

  app.post(
    '/staff/contracts/:id/requests/new/:kind',
    { right: 'enterRequest', shows: 'nothing', takes: 'files' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const { kind, view, staffId } = await open(c);
      const commandId = commandIdOf(form);
      const contractId = view.detail.contract.id;
      const earlier = view.detail.requests.find((request) => request.commandId === commandId);
      if (earlier !== undefined) {
        requireOwn(earlier, { contractId, kind, staffId });
        return c.redirect(requestPath(earlier), 303);
      }
      requireLive(view);
      requireCancelled(kind, view);
      const file = form.file('scanFile');
      const taken = file === null ? null : await takeFile(deps, file);
      const uploads =
        taken === null || typeof taken === 'string'
          ? unsealUploads(config.SESSION_SECRET, form.text('uploads'))
          : taken;
      const values = form.texts();
      const shown = { view, kind, commandId, values, uploads, refused: null };
      if (form.text('step') === 'edit') return showForm(c, { ...shown, errors: [] }, 200);
      const draft = readDraft(kind, form, view);
      const errors: FieldError[] = [
        ...(Array.isArray(draft) ? draft : []),
        ...(typeof taken === 'string' ? [{ field: 'scanFile', message: taken }] : []),
        ...(!Array.isArray(draft) &&
        requestNeedsOriginal(draft.kind, isBackdated(draft.arrivedAtMs, view.today)) &&
        uploads.kept.length === 0
          ? [{ field: 'scanFile', message: NO_ORIGINAL }]
          : []),
      ];
      if (Array.isArray(draft) || errors.length > 0) return showForm(c, { ...shown, errors }, 422);
      const posted = { view, draft, form, commandId, uploads };
      if (form.text('step') !== 'submit') return showPreview(c, posted, false);
      if (form.text('seen') !== seenOf(view)) return showPreview(c, posted, true);

      const { arrivedAtMs, partnerAtMs, ...rest } = draft;
      const request = {
        ...rest,
        // Of two submits of one form at once both answers lead to the one request.
        id: nameUuid(`request/${commandId}`),
        commandId,
        contractId,
        arrivedAt: new Date(arrivedAtMs),
        arrivedAtPartner: partnerAtMs === null ? null : new Date(partnerAtMs),
        enteredBy: staffId,
        enteredAt: new Date(view.nowMs),
        storageKey: uploads.kept[0]?.key ?? null,
      };
      const answer = await sendRequest(deps, request);
      if (answer.ok || answer.code === 'needsSecondPerson') return c.redirect(requestPath(request), 303);
      const refused = { refusal: answer, requestId: request.id };
      const told = [{ field: fieldOf(kind, answer), message: withClause(answer) }];
      // The refused request is on record: what is typed from here on is another one.
      return showForm(c, { ...shown, commandId: randomUUID(), errors: told, refused }, 422);
    },
  );
}

function requestPath({ contractId, id }: Pick<RequestRow, 'contractId' | 'id'>): string {
  return `/staff/contracts/${contractId}/requests/${id}`;
}

/** A command id makes one request: another contract, kind or person cannot use it again. */
function requireOwn(
  request: RequestRow,
  own: { contractId: string; kind: RequestKind; staffId: string },
): void {
  const { contractId, kind, enteredBy } = request;
  if (contractId === own.contractId && kind === own.kind && enteredBy === own.staffId) return;
  throw new Problem(409, { link: linkToContract(own.contractId) });
}

function requireCancelled(kind: RequestKind, view: ContractView): void {
  const judged = kind === 'cancellationWithdrawal' ? withdrawalOf(view) : null;
  if (judged === null || judged.ok) return;
  throw new Problem(409, {
    heading: '取り消せる解約がありません',
    message: 'この契約には、受け付けた解約がありません（第10条1項）。',
    link: linkToContract(view.detail.contract.id),
  });
}

/** The typed fields, without what each form sets for itself. */
function carried(form: Form): FormValues {
  const own = ['csrf', 'step', 'uploads', 'seen', 'commandId'];
  return Object.fromEntries(Object.entries(form.texts()).filter(([name]) => !own.includes(name)));
}

/** The field beside which a refusal is told. */
function fieldOf(kind: RequestKind, { clause, code }: Refusal): string {
  if (code === 'invalid') return 'arrivedOn';
  if (kind === 'cancellation') return 'wishedOn';
  if (kind !== 'change') return kind === 'termination' ? 'ground' : 'consent';
  if (clause === '第8条3項') return 'planCode';
  return clause === '第7条1項' ? 'licences' : 'arrivedOn';
}
