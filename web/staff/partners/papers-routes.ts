import type { Context } from 'hono';
import { keepCopies, papersThrough } from '../../../db/queries/partner/papers.ts';
import { findPartner, type Partner } from '../../../db/queries/partner/read.ts';
import { compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readDay } from '../../http/dates.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, idParam } from '../console.ts';
import { takeFile } from '../desk/upload.ts';
import { paperField } from './papers-panel.tsx';
import type { PartnerPage } from './record-page.tsx';
import { PARTNERS_PATH } from './words.ts';

const KINDS = ['handedOver', 'partnerCopy'] as const;
/** Papers that a partner's page lists; the rest follows when these are done. */
export const SHOWN_PAPERS = 100;

type Show = (c: Context<WebEnv>, partner: Partner, draft: PartnerPage['draft']) => Promise<Response>;

/** What a partner hands in of papers that go through it (第6条2項): the days of delivery, copies of its own invoices. */
export function partnerPaperRoutes(app: Routes, deps: WebDependencies, show: Show): void {
  const { db } = deps;
  const path = `${PARTNERS_PATH}/:id/papers` as const;
  app.post(path, { right: 'keepPartnerPapers', shows: 'nothing', takes: 'files' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const partner = await findPartner(db, idParam(c, 'id'));
    const kind = choiceOf(form.text('kind'), KINDS);
    if (partner === null || kind === null) throw new Problem(404);
    const open = await papersThrough(db, { partnerId: partner.id, open: true, limit: SHOWN_PAPERS });
    const chosen = open.filter(({ paper }) => form.text(paperField(paper.id)) === 'yes');
    const errors: FieldError[] = [];
    if (chosen.length === 0)
      errors.push({ field: `${kind}-papers`, message: '書類を一つ以上選択してください。' });
    const day = readDay(form.text('day'));
    if (day === null) {
      errors.push({ field: `${kind}-day`, message: '日付を「2027-04-12」の形で入力してください。' });
    } else if (compareDates(day, jstDate(deps.now().getTime())) > 0) {
      errors.push({ field: `${kind}-day`, message: '先の日付は指定できません。' });
    }
    const file = kind === 'partnerCopy' ? await readCopy(deps, form) : null;
    if (typeof file === 'string') errors.push({ field: `${kind}-file`, message: file });
    if (errors.length > 0 || day === null || typeof file === 'string') {
      return show(c, partner, { form: kind, typed: { values: form.texts(), errors } });
    }
    await keepCopies(db, {
      ...{ partnerId: partner.id, paperIds: chosen.map(({ paper }) => paper.id), happenedOn: day, file },
      ...{ recordedBy: c.get('signedIn').staff.id, at: deps.now() },
    });
    return c.redirect(`${PARTNERS_PATH}/${partner.id}`, 303);
  });
}

/** The stored copy, or in a sentence what is wrong with it. The archive keeps PDFs. */
async function readCopy(deps: WebDependencies, form: Form) {
  const file = form.file('file');
  if (file === null) return '請求書の写し（PDF）を選択してください。';
  const taken = await takeFile(deps, file);
  if (typeof taken === 'string') return taken;
  const [copy] = taken.kept;
  if (copy === undefined || copy.contentType !== 'application/pdf') {
    return '請求書の写しは、PDFのファイルを選択してください。';
  }
  return { storageKey: copy.key, sha256: copy.sha256, bytes: copy.bytes };
}
