import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { createDataRequest } from '../../../../db/queries/data-request/create.ts';
import { gatherDataExport, recordDataExport } from '../../../../db/queries/data-request/export.ts';
import { findDataRequest, listDataRequests } from '../../../../db/queries/data-request/read.ts';
import { customerNameOf } from '../../../../db/queries/data-view/customer-name.ts';
import { loadPolicies } from '../../../../db/queries/policy/load.ts';
import { staffNames } from '../../../../db/queries/staff/names.ts';
import { keysOf } from '../../../../domain/base/keys.ts';
import { civilDate, jstDate } from '../../../../domain/calendar/civil-date.ts';
import {
  answerDueOn,
  DATA_REQUEST_ABOUT,
  DATA_REQUEST_KINDS,
  type DataRequestVerdict,
  dataRequestClause,
  IDENTITY_CHECKS,
} from '../../../../domain/data/data-requests.ts';
import { ALL_SCOPES } from '../../../../domain/support/support-consent.ts';
import { dataExportZip } from '../../../../storage/data-export-zip.ts';
import type { FieldError } from '../../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../../dependencies.ts';
import { answerWithin, refusalStatus } from '../../../http/answer.ts';
import { attachment } from '../../../http/download.ts';
import { readForm } from '../../../http/form.ts';
import { Problem } from '../../../http/problem.ts';
import { requireCsrf } from '../../../http/session.ts';
import type { Routes } from '../../../routes.ts';
import { frame, idParam, isId } from '../../console.ts';
import { takeDecision } from '../../desk/decision.ts';
import { commandIdOf } from '../../desk/verdict.ts';
import { hasRole, MAY } from '../../rights.ts';
import { noteView } from '../access.ts';
import { FieldReader } from '../read-fields.ts';
import { DATA_REQUEST_CHANNELS, dataRequestFormPage } from './form-page.tsx';
import { DATA_REQUESTS_PATH, dataRequestListPage } from './list-page.tsx';
import { type DataRequestPage, dataRequestPage } from './record-page.tsx';

const LISTED = 200;

/** Requests of data subjects and customers about their data (第19条6項, 第20条). */
export function dataRequestRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const today = () => jstDate(deps.now().getTime());

  const contractFor = async (c: Context<WebEnv>) => {
    const id = c.req.query('contract') ?? '';
    const companyName = isId(id) ? await customerNameOf(db, id) : null;
    return companyName === null ? null : { id, companyName };
  };

  app.get(DATA_REQUESTS_PATH, { right: 'seeDataRequests', shows: 'nothing' }, async (c) => {
    const contract = await contractFor(c);
    const rows = await listDataRequests(db, { contractId: contract?.id ?? null, limit: LISTED });
    const mayRecord = hasRole(c.get('signedIn').staff, MAY.recordDataRequest);
    const page = { frame: frame(c, deps, 'data'), rows, contract, mayRecord, today: today() };
    return c.html(dataRequestListPage(page));
  });

  const showForm = async (
    c: Context<WebEnv>,
    draft: { values: Record<string, string>; errors: FieldError[] } | null,
  ) => {
    const [contract, policies] = await Promise.all([contractFor(c), loadPolicies(db)]);
    if (contract === null) throw new Problem(404);
    const page = dataRequestFormPage({
      frame: frame(c, deps, 'data'),
      contract,
      answerDays: policies['dataRequest.answerDays'],
      commandId: draft?.values.commandId ?? randomUUID(),
      values: draft?.values ?? { receivedOn: today() },
      errors: draft?.errors ?? [],
    });
    return c.html(page, draft === null ? 200 : 422);
  };

  app.get(`${DATA_REQUESTS_PATH}/new`, { right: 'recordDataRequest', shows: 'nothing' }, (c) => {
    return showForm(c, null);
  });

  app.post(`${DATA_REQUESTS_PATH}/new`, { right: 'recordDataRequest', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const [contract, policies] = await Promise.all([contractFor(c), loadPolicies(db)]);
    if (contract === null) throw new Problem(404);
    const read = new FieldReader(form);
    const kind = read.choice('kind', keysOf(DATA_REQUEST_KINDS), '請求の種類を選択してください。');
    const about = read.choice('about', keysOf(DATA_REQUEST_ABOUT), '誰のデータかを選択してください。');
    const personName = read.text('personName', about === 'person' ? '本人の氏名を入力してください。' : null);
    const requesterName = read.text('requesterName', '請求した方の氏名を入力してください。');
    const replyTo = read.text('replyTo', '回答の送り先を入力してください。');
    const channel = read.choice('channel', keysOf(DATA_REQUEST_CHANNELS), '受付方法を選択してください。');
    const receivedOn = read.day('receivedOn', '受付日', {
      day: today(),
      message: '未来の日付は入力できません。',
    });
    const details = read.text('details', '請求の内容を入力してください。');
    const wrong = kind === null || about === null || channel === null || receivedOn === null;
    if (read.errors.length > 0 || wrong) return showForm(c, { values: form.texts(), errors: read.errors });
    const request = {
      commandId: commandIdOf(form),
      contractId: contract.id,
      kind,
      about,
      personName: about === 'person' ? personName : '',
      requesterName,
      replyTo,
      channel,
      receivedOn,
      dueOn: answerDueOn(receivedOn, policies['dataRequest.answerDays']),
      details,
      enteredBy: c.get('signedIn').staff.id,
    };
    const remindDays = policies['dataRequest.remindDays'];
    const { id: dataRequestId } = await deps.dataRequests.create(
      (tx) => createDataRequest(tx, request),
      ({ id, dueOn, sandbox, enteredBy }) => ({
        ...{ dataRequestId: id, dueOn: civilDate(dueOn), remindDays, sandbox, enteredBy },
      }),
    );
    return c.redirect(`${DATA_REQUESTS_PATH}/${dataRequestId}`, 303);
  });

  const load = async (c: Context<WebEnv>) => {
    const detail = await findDataRequest(db, idParam(c, 'id'));
    if (detail === null) throw new Problem(404);
    const link = { href: `${DATA_REQUESTS_PATH}/${detail.request.id}`, label: '請求の最新の内容を見る' };
    return { detail, link };
  };

  const show = async (c: Context<WebEnv>, draft: DataRequestPage['draft'], status: 200 | 409 | 422) => {
    const [{ detail }, names] = await Promise.all([load(c), staffNames(db)]);
    const page = { frame: frame(c, deps, 'data'), detail, names, newId: randomUUID, draft };
    return c.html(dataRequestPage(page), status);
  };

  app.get(`${DATA_REQUESTS_PATH}/:id`, { right: 'seeDataRequests', shows: 'nothing' }, (c) => {
    return show(c, null, 200);
  });

  app.post(
    `${DATA_REQUESTS_PATH}/:id/identity`,
    { right: 'answerDataRequest', shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const { detail, link } = await load(c);
      const read = new FieldReader(form);
      const method = read.choice('method', keysOf(IDENTITY_CHECKS), '確認の方法を選択してください。');
      if (method === null)
        return show(c, { form: 'identity', values: form.texts(), errors: read.errors }, 422);
      const actor = { kind: 'staff' as const, id: c.get('signedIn').staff.id };
      const command = { commandId: commandIdOf(form), actor, method };
      const sent = deps.dataRequests.checkIdentity(detail.request.id, command);
      const answer = await answerWithin(sent, deps.limits.answerMs);
      if (!answer.ok) throw new Problem(refusalStatus(answer), { message: answer.message, link });
      return c.redirect(link.href, 303);
    },
  );

  app.post(
    `${DATA_REQUESTS_PATH}/:id/answer`,
    { right: 'answerDataRequest', shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const { detail, link } = await load(c);
      const { request, task } = detail;
      const read = new FieldReader(form);
      const extendedTo = form.text('verdict') === 'extended' ? read.day('extendedTo', '延長後の期限') : null;
      return takeDecision<DataRequestVerdict>(c, deps, form, {
        subject: { subjectType: 'dataRequest', subjectId: request.id },
        ...{ link, task, form: 'answer', stage: 'dataRequest', code: '' },
        clause: dataRequestClause(request.kind),
        verdicts: { done: [], refused: [], extended: [] },
        errors: () => read.errors.map(({ field, message }) => ({ field: `answer-${field}`, message })),
        fieldOf: (verdict) => (verdict === 'extended' ? 'answer-extendedTo' : 'answer-verdict'),
        send: ({ taskId: _, ...command }, write) =>
          deps.dataRequests.answer(request.id, { ...command, extendedTo }, write),
        again: (draft, status) => show(c, { ...draft, form: 'answer' }, status),
      });
    },
  );

  app.post(
    `${DATA_REQUESTS_PATH}/:id/export`,
    { right: 'answerDataRequest', shows: 'dataExport' },
    async (c) => {
      requireCsrf(c, await readForm(c));
      const { detail, link } = await load(c);
      const {
        id: dataRequestId,
        contractId,
        applicationId,
        kind,
        about,
        personName,
        identityCheck,
      } = detail.request;
      if (kind !== 'access' || contractId === null) throw new Problem(409, { link });
      if (identityCheck === null) {
        throw new Problem(409, { message: '本人確認を記録してから、データを出力してください。', link });
      }
      const gathered = await gatherDataExport(db, {
        contractId,
        personName: about === 'person' ? personName : null,
      });
      const zip = await dataExportZip(gathered, deps.documents, deps.now());
      const sha256 = createHash('sha256').update(zip).digest('hex');
      const view = { page: 'dataExport' as const, contractId, applicationId };
      await noteView(c, deps, view, { sees: new Set(ALL_SCOPES), consentIds: [] });
      const actor = c.get('signedIn').staff.id;
      await recordDataExport(db, { dataRequestId, actor, sha256, bytes: zip.byteLength });
      const fileName = `開示データ_${dataRequestId.slice(0, 8)}.zip`;
      return attachment(c, zip, { fileName, contentType: 'application/zip' });
    },
  );
}
