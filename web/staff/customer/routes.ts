import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import {
  type CustomerChangeRow,
  customerChangesOf,
  enterCustomerChange,
  findCustomerChange,
  openCustomerEvidence,
} from '../../../db/queries/customer/changes.ts';
import { registeredCustomer } from '../../../db/queries/customer/registered.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { FIELD_LABELS } from '../../../domain/application/application-input.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  type CustomerValues,
  customerProblems,
  normaliseCustomer,
} from '../../../domain/corporation/customer.ts';
import { looksLikeMail } from '../../../storage/mail/mime.ts';
import { MAIL_TYPE } from '../../../storage/upload/mail.ts';
import { uploadTypeOf } from '../../../storage/upload-guard.ts';
import { missingGlyphs } from '../../../templates/pdf/fonts.ts';
import { fieldDifferences } from '../../components/differences.tsx';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { attachment } from '../../http/download.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import { NO_UPLOADS, sealUploads, takeFile, type Uploads, unsealUploads } from '../desk/upload.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { type CustomerPage, customerPage } from './page.tsx';

const PATH = '/staff/contracts/:id/customer';

/** Name, address and representative of a customer (第5条1項): what they are, changing them, the second person's word. */
export function customerRoutes(app: Routes, deps: WebDependencies): void {
  const { db, delivery } = deps;

  app.get(PATH, { right: 'seeContact', shows: 'customer' }, (c) => {
    return show(c, deps, null, NO_UPLOADS);
  });

  app.post(PATH, { right: 'changeContact', shows: 'customer', takes: 'files' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const posted = await readChange(deps, form);
    const { uploads, errors } = posted;
    const again = (more: FieldError[]) =>
      show(c, deps, { values: form.texts(), errors: [...errors, ...more] }, uploads);
    if (posted.change === null) return again([]);
    const { values, reason, storageKey } = posted.change;
    const enteredBy = c.get('signedIn').staff.id;
    const changeId = commandIdOf(form);
    const change = { changeId, contractId, values, reason, storageKey, enteredBy };
    const entered = await delivery.changeCustomer(
      (tx) => enterCustomerChange(tx, change),
      (stored) => ('change' in stored ? inputOf(stored.change) : null),
    );
    if ('change' in entered) return c.redirect(pathOf(contractId), 303);
    if (entered.refused === 'unchanged') {
      return again([{ field: 'companyName', message: '登録されている内容と同じです。' }]);
    }
    if (entered.refused === 'unknown') throw new Problem(404, linkTo(contractId));
    const registered = await registeredCustomer(db, contractId);
    const [waiting] = registered === null ? [] : await customerChangesOf(db, registered.customerId);
    throw new Problem(409, {
      ...(entered.refused === 'anotherWaits'
        ? {
            message:
              '別の担当者が先に変更を入力し、その確認を待っています。あなたの変更は記録されていません。',
          }
        : {}),
      ...linkTo(contractId),
      differences:
        entered.refused !== 'anotherWaits' || !waiting?.after ? [] : differencesOf(values, waiting.after),
    });
  });

  app.get(`${PATH}/:changeId/evidence`, { right: 'downloadOriginal', shows: 'customer' }, async (c) => {
    const [contractId, changeId] = [idParam(c, 'id'), idParam(c, 'changeId')];
    const key = await openCustomerEvidence(db, {
      ...{ contractId, changeId },
      actor: c.get('signedIn').staff.id,
    });
    if (key === null) throw new Problem(404);
    const bytes = await deps.documents.get(key);
    const contentType = looksLikeMail(bytes)
      ? MAIL_TYPE
      : (uploadTypeOf(bytes) ?? 'application/octet-stream');
    return attachment(c, bytes, { fileName: `届出の証拠_${changeId}`, contentType });
  });

  app.post(
    `${PATH}/:changeId/decision`,
    { right: { task: 'customerChange' }, shows: 'customer' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const contractId = idParam(c, 'id');
      const change = await findCustomerChange(db, idParam(c, 'changeId'));
      if (change === null || change.contractId !== contractId) throw new Problem(404);
      return takeDecision<'confirm' | 'reject'>(c, deps, form, {
        subject: { subjectType: 'contract', subjectId: contractId },
        ...{ ...linkTo(contractId), form: 'decision', stage: 'customerChange', clause: '第5条1項' },
        task: change.status === 'waiting' ? await waitingTask(deps, contractId) : null,
        verdicts: { confirm: [], reject: [] },
        wordless: ['confirm', 'reject'],
        send: ({ decisionId: _, ...command }, write) =>
          delivery.decideCustomerChange(change.id, command, write),
        again: ({ values, errors }, status) => show(c, deps, { values, errors }, NO_UPLOADS, status),
      });
    },
  );
}

/** The second person's task on the change that was entered from a contract's page and waits, or null. */
const waitingTask = ({ db }: WebDependencies, contractId: string) =>
  findOpenTask(db, { subjectId: contractId, kind: 'customerChange' });

const differencesOf = (mine: CustomerValues, now: CustomerValues) =>
  fieldDifferences(FIELD_LABELS, keysOf(mine), { mine, now });

function inputOf({ id: changeId, contractId, enteredBy, sandbox }: CustomerChangeRow) {
  return { changeId, contractId, enteredBy, sandbox, decided: false };
}

async function show(
  c: Context<WebEnv>,
  deps: WebDependencies,
  draft: CustomerPage['draft'],
  uploads: Uploads,
  status: 200 | 409 | 422 = draft === null ? 200 : 422,
) {
  const contractId = idParam(c, 'id');
  const registered = await registeredCustomer(deps.db, contractId);
  if (registered === null) throw new Problem(404);
  const [changes, names, task] = await Promise.all([
    customerChangesOf(deps.db, registered.customerId),
    staffNames(deps.db),
    waitingTask(deps, contractId),
  ]);
  const page = { contractId, registered, changes, names, task, draft, uploads, newId: randomUUID };
  const sealedUploads = sealUploads(deps.config.SESSION_SECRET, uploads);
  return c.html(customerPage({ ...page, sealedUploads, frame: frame(c, deps, 'contracts') }), status);
}

interface PostedChange {
  errors: FieldError[];
  uploads: Uploads;
  change: { values: CustomerValues; reason: string; storageKey: string } | null;
}

/** What was typed, with the evidence that an earlier attempt of the form may have brought. */
async function readChange(deps: WebDependencies, form: Form): Promise<PostedChange> {
  const values = normaliseCustomer({
    companyName: form.text('companyName'),
    companyKana: form.text('companyKana'),
    postalCode: form.text('postalCode'),
    address: form.text('address'),
    phone: form.text('phone'),
    representativeName: form.text('representativeName'),
    representativeKana: form.text('representativeKana'),
  });
  const file = form.file('evidence');
  const taken = file === null ? null : await takeFile(deps, file);
  const uploads =
    taken === null || typeof taken === 'string'
      ? unsealUploads(deps.config.SESSION_SECRET, form.text('uploads'))
      : taken;
  const reason = readReason(form, 'reason');
  const storageKey = uploads.kept[0]?.key;
  const needed = '届出の証拠（登記事項証明書など）を添付してください。';
  const errors: FieldError[] = [
    ...customerProblems(values, missingGlyphs),
    ...(typeof reason === 'string' ? [] : [reason]),
    ...(typeof taken === 'string' ? [{ field: 'evidence', message: taken }] : []),
    ...(typeof taken !== 'string' && storageKey === undefined
      ? [{ field: 'evidence', message: needed }]
      : []),
  ];
  if (errors.length > 0 || typeof reason !== 'string' || storageKey === undefined) {
    return { errors, uploads, change: null };
  }
  return { errors, uploads, change: { values, reason, storageKey } };
}

const pathOf = (contractId: string) => `/staff/contracts/${contractId}/customer`;

function linkTo(contractId: string) {
  return { link: { href: pathOf(contractId), label: '登録内容の最新の状態を見る' } };
}
