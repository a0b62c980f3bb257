import type { Context } from 'hono';
import { correctDocument } from '../../../db/queries/archive/correct.ts';
import { findDocument, openDocument } from '../../../db/queries/archive/open.ts';
import { correctionsOf, searchDocuments } from '../../../db/queries/archive/search.ts';
import { compareRevisions } from '../../../db/queries/certificate/compare.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { endingOf } from '../../../storage/export-zip.ts';
import type { FieldError } from '../../components/errors.tsx';
import { addressOf } from '../../components/paging.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { attachment } from '../../http/download.ts';
import { type Form, readForm } from '../../http/form.ts';
import { hideText, shownText } from '../../http/hidden-text.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam, PAGE_SIZE } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { comparePage } from './compare-page.tsx';
import { type DocumentPage, documentPage } from './document-page.tsx';
import { KIND_LABELS } from './labels.ts';
import { archiveListPage } from './list-page.tsx';
import { readCursor, readSearch, searchValues } from './search-values.ts';

/** The archive of issued documents, and the comparison of two revisions of a certificate. */
export function archiveRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.get('/staff/archive', { right: 'seeArchive', shows: 'nothing' }, async (c) => {
    const hidden = c.req.query('s') ?? '';
    const asked = new URLSearchParams(shownText(deps.config.SESSION_SECRET, hidden) ?? '');
    const values = searchValues((field) => asked.get(field) ?? '');
    const sandbox = c.req.query('sandbox') === 'yes';
    const { search, errors } = readSearch(values, sandbox);
    const after = readCursor(c.req.query('after'));
    const page = { size: PAGE_SIZE, ...(after === undefined ? {} : { after }) };
    const found = errors.length > 0 ? { rows: [], next: null } : await searchDocuments(db, search, page);
    const status = errors.length > 0 ? 422 : 200;
    return c.html(
      archiveListPage({ frame: frame(c, deps, 'archive'), values, hidden, errors, sandbox, ...found }),
      status,
    );
  });

  app.post('/staff/archive/search', { right: 'seeArchive', shows: 'nothing', reads: true }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const values = searchValues((field) => form.text(field));
    const s = hideText(deps.config.SESSION_SECRET, new URLSearchParams(values).toString());
    const sandbox = form.text('sandbox') === 'yes' ? 'yes' : null;
    return c.redirect(addressOf('/staff/archive', { s, sandbox }), 303);
  });

  const show = async (
    c: Context<WebEnv>,
    form: { values?: DocumentPage['values']; errors: FieldError[] },
  ) => {
    const document = await findDocument(db, idParam(c, 'id'));
    if (document === null) throw new Problem(404);
    const [corrections, names] = await Promise.all([correctionsOf(db, [document]), staffNames(db)]);
    const { documentOn, amountYen, counterparty } = document;
    const asStored = {
      documentOn,
      amountYen: amountYen === null ? '' : String(amountYen),
      counterparty,
      reason: '',
    };
    const page = documentPage({
      frame: frame(c, deps, 'archive'),
      document,
      corrections,
      names,
      mayCorrect: hasRole(c.get('signedIn').staff, MAY.correctArchive),
      values: form.values ?? asStored,
      errors: form.errors,
    });
    return c.html(page, form.errors.length > 0 ? 422 : 200);
  };

  app.get('/staff/archive/:id', { right: 'seeArchive', shows: 'nothing' }, async (c) => {
    return show(c, { errors: [] });
  });

  app.post('/staff/archive/:id', { right: 'correctArchive', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { values, errors, changes } = readCorrection(form);
    if (errors.length > 0) return show(c, { values, errors });
    const documentId = idParam(c, 'id');
    const correctedBy = c.get('signedIn').staff.id;
    const { reason } = values;
    const changed = await correctDocument(db, { documentId, changes, reason, correctedBy, now: deps.now() });
    if (changed === null) throw new Problem(404);
    return c.redirect(`/staff/archive/${documentId}`, 303);
  });

  app.get('/staff/archive/:id/file', { right: 'openArchived', shows: 'archivedDocument' }, async (c) => {
    const row = await openDocument(db, { documentId: idParam(c, 'id'), actor: c.get('signedIn').staff.id });
    if (row === null) throw new Problem(404);
    const ending = endingOf(row.kind);
    const fileName = `${KIND_LABELS[row.kind]}_${row.number}.${ending}`;
    return attachment(c, await deps.documents.get(row.storageKey), {
      fileName,
      contentType: `application/${ending}`,
    });
  });

  app.get(
    '/staff/contracts/:id/compare',
    { right: 'downloadCertificate', shows: 'certificate' },
    async (c) => {
      const contractId = idParam(c, 'id');
      const [from, to] = ['from', 'to'].map((name) => Number(c.req.query(name)));
      if (!isRevision(from) || !isRevision(to)) throw new Problem(404);
      const differences = await compareRevisions(db, { contractId, from, to });
      if (differences === null) throw new Problem(404);
      return c.html(comparePage({ frame: frame(c, deps, 'contracts'), contractId, from, to, differences }));
    },
  );
}

const isRevision = (value: number | undefined): value is number =>
  Number.isSafeInteger(value) && value !== undefined && value > 0 && value < 1_000_000;

function readCorrection(form: Form) {
  const values = {
    documentOn: form.text('documentOn').trim(),
    amountYen: form.text('amountYen').trim(),
    counterparty: form.text('counterparty').trim(),
    reason: form.text('reason').trim(),
  };
  const errors: FieldError[] = [];
  const { search } = readSearch(
    { from: values.documentOn, to: '', amountFrom: values.amountYen, amountTo: '', counterparty: '' },
    false,
  );
  if (search.from === undefined) errors.push({ field: 'documentOn', message: '日付を入力してください。' });
  if (values.amountYen !== '' && search.amountFromYen === undefined) {
    errors.push({ field: 'amountYen', message: '金額は0以上の整数（円）で入力してください。' });
  }
  if (values.counterparty === '')
    errors.push({ field: 'counterparty', message: '取引先を入力してください。' });
  if (values.reason === '') errors.push({ field: 'reason', message: '訂正の理由を入力してください。' });
  const changes = {
    counterparty: values.counterparty,
    amountYen: search.amountFromYen ?? null,
    ...(search.from === undefined ? {} : { documentOn: search.from }),
  };
  return { values, errors, changes };
}
