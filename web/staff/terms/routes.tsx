import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { readEditionBindings } from '../../../db/queries/read/terms-binding.ts';
import {
  findTermsEdition,
  listTermsEditions,
  readEditionBefore,
  readTermsInForce,
  type TermsEdition,
} from '../../../db/queries/read/terms-edition.ts';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { acknowledgeTask } from '../../../db/queries/task/acknowledge.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { uploadTermsEdition } from '../../../db/queries/terms-edition/upload.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { PublicationInput } from '../../../workflows/publication/messages.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { attachment } from '../../http/download.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { differenceOf } from '../../terms/difference.ts';
import { paragraphsOfEdition } from '../../terms/terms-text.tsx';
import { frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { approvalTask, publicationAccess, publicationDecision } from '../publication/decision.tsx';
import { hasRole, MAY } from '../rights.ts';
import { editionContractsPage } from './contracts-page.tsx';
import { editionPage } from './edition-page.tsx';
import { termsFormPage } from './form-page.tsx';
import { termsListPage } from './list-page.tsx';
import { NoticePanel } from './notice-panel.tsx';
import { type KeptFile, readEdition, sealKept } from './upload.ts';

const UPLOAD_PATH = '/staff/terms/new';

/** Editions of the terms (第17条): upload, difference, approval by a second person, and whom each binds. */
export function termsRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const today = () => jstDate(deps.now().getTime());

  const load = async (c: Context<WebEnv>): Promise<TermsEdition> => {
    const edition = await findTermsEdition(db, idParam(c, 'id'));
    if (edition === null) throw new Problem(404, { message: 'この版は見つかりません。' });
    return edition;
  };

  app.get('/staff/terms', { right: 'seeTerms', shows: 'nothing' }, async (c) => {
    const [editions, inForce] = await Promise.all([listTermsEditions(db), readTermsInForce(db, today())]);
    const mayUpload = hasRole(c.get('signedIn').staff, MAY.uploadTerms);
    const page = { frame: frame(c, deps, 'terms'), editions, inForceId: inForce?.id ?? null, mayUpload };
    return c.html(termsListPage(page));
  });

  app.get(UPLOAD_PATH, { right: 'uploadTerms', shows: 'nothing' }, (c) => {
    const page = { frame: frame(c, deps, 'terms'), values: {}, errors: [], kept: null };
    return c.html(termsFormPage({ ...page, commandId: randomUUID() }));
  });

  app.post(UPLOAD_PATH, { right: 'uploadTerms', shows: 'nothing', takes: 'files' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const id = commandIdOf(form);
    // A double submit is one edition; it would else find its own number taken.
    if ((await findTermsEdition(db, id)) !== null) return c.redirect(`/staff/terms/${id}`, 303);
    const refuse = (errors: Parameters<typeof termsFormPage>[0]['errors'], kept: KeptFile | null) => {
      const shown = kept === null ? null : { sealed: sealKept(deps, kept), fileName: kept.fileName };
      const page = { frame: frame(c, deps, 'terms'), values: form.texts(), errors, kept: shown };
      return c.html(termsFormPage({ ...page, commandId: id }), 422);
    };
    const read = await readEdition(deps, form, { editions: await listTermsEditions(db), today: today() });
    if ('errors' in read) return refuse(read.errors, read.kept);
    const { file, document, ...typed } = read.draft;
    const uploadedBy = c.get('signedIn').staff.id;
    const uploaded = {
      ...typed,
      id,
      documentKey: file.key,
      documentSha256: file.sha256,
      fileName: file.fileName,
      contentType: document.contentType,
      bodyHtml: document.html,
      bodyText: document.paragraphs.join('\n'),
      uploadedBy,
    };
    const stored = await deps.publications.create(
      (tx) => uploadTermsEdition(tx, uploaded),
      (done) => (done ? inputOf({ id, uploadedBy, effectiveOn: typed.effectiveOn }) : null),
    );
    if (!stored) {
      const message = `第${typed.number}版は、入力中に別の担当者が登録しました。`;
      return refuse([{ field: 'number', message }], file);
    }
    return c.redirect(`/staff/terms/${id}`, 303);
  });

  const render = async (
    c: Context<WebEnv>,
    edition: TermsEdition,
    draft: Draft | null,
    status: 200 | 409 | 422,
  ) => {
    const subject = { subjectType: 'termsEdition' as const, subjectId: edition.id };
    const binds = edition.status === 'effective' || edition.status === 'approved';
    const { staff } = c.get('signedIn');
    const [before, history, names, bindings, voidTask, task] = await Promise.all([
      readEditionBefore(db, edition.number),
      readTimeline(db, subject),
      staffNames(db),
      binds ? readEditionBindings(db, edition.number, today(), { offset: 0, limit: 0 }) : null,
      findOpenTask(db, { subjectId: edition.id, kind: 'editionVoid' }),
      approvalTask(deps, subject),
    ]);
    const mine = staff.roles.some((role) => role === voidTask?.role);
    const comparable = before !== null && before.bodyText !== null && edition.bodyText !== null;
    const difference = comparable
      ? differenceOf(paragraphsOfEdition(before), paragraphsOfEdition(edition))
      : null;
    const access =
      edition.uploadedBy === null
        ? { may: false as const, status: 409 as const, why: '' }
        : publicationAccess(edition.status, task, staff);
    const notice = await NoticePanel({ deps, edition });
    const page = { frame: frame(c, deps, 'terms'), edition, before, difference, notice, bindings };
    const whole = {
      ...page,
      history,
      names,
      access,
      draft,
      voidTaskId: mine ? (voidTask?.id ?? null) : null,
      newId: randomUUID,
    };
    return c.html(editionPage(whole), status);
  };

  app.get('/staff/terms/:id', { right: 'seeTerms', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null, 200),
  );

  app.post('/staff/terms/:id/decision', { right: 'seeTerms', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const edition = await load(c);
    const { uploadedBy } = edition;
    if (uploadedBy === null) throw new Problem(409);
    const input = inputOf({ ...edition, uploadedBy });
    const decision = publicationDecision(deps, {
      ...{ input, status: edition.status, task: await approvalTask(deps, input) },
      staff: c.get('signedIn').staff,
      ...{ clause: '第17条1項', href: `/staff/terms/${edition.id}` },
      again: (draft, status) => render(c, edition, draft, status),
    });
    return takeDecision(c, deps, form, decision);
  });

  app.post('/staff/terms/:id/acknowledge', { right: 'seeTerms', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { id } = await load(c);
    const link = { href: `/staff/terms/${id}`, label: '最新の内容を見る' };
    const { staff } = c.get('signedIn');
    const task = await findOpenTask(db, { subjectId: id, kind: 'editionVoid' });
    if (task === null || task.id !== form.text('taskId')) throw new Problem(409, { link });
    if (!staff.roles.some((role) => role === task.role)) throw new Problem(403, { link });
    const done = { taskId: task.id, subjectId: id, staffId: staff.id, commandId: commandIdOf(form) };
    if (!(await acknowledgeTask(db, { ...done, at: deps.now() }))) throw new Problem(409, { link });
    return c.redirect(link.href, 303);
  });

  app.get('/staff/terms/:id/contracts', { right: 'seeTerms', shows: 'nothing' }, async (c) => {
    const edition = await load(c);
    const page = pageNumber(c);
    const shown = { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
    const bindings = await readEditionBindings(db, edition.number, today(), shown);
    return c.html(editionContractsPage({ frame: frame(c, deps, 'terms'), edition, bindings, page }));
  });

  app.get('/staff/terms/:id/original', { right: 'seeTerms', shows: 'nothing' }, async (c) => {
    const edition = await load(c);
    if (edition.documentKey === null) throw new Problem(404);
    return attachment(c, await deps.documents.get(edition.documentKey), originalOf(edition));
  });
}

/** Name and type under which the original is handed out; never as a page of ours. */
export function originalOf(edition: TermsEdition): { fileName: string; contentType: string } {
  const contentType = edition.contentType ?? 'application/pdf';
  const fallback = `hasso-terms-${edition.number}.pdf`;
  return {
    fileName: edition.fileName === '' ? fallback : edition.fileName,
    contentType: contentType === 'application/pdf' ? contentType : 'application/octet-stream',
  };
}

function inputOf(edition: { id: string; uploadedBy: string; effectiveOn: CivilDate }): PublicationInput {
  return {
    subjectType: 'termsEdition',
    subjectId: edition.id,
    enteredBy: edition.uploadedBy,
    effectiveOn: edition.effectiveOn,
  };
}
