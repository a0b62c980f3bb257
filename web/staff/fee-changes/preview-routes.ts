import type { Context } from 'hono';
import { type CataloguePreview, previewCatalogue } from '../../../db/queries/read/catalogue-preview.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readDay } from '../../http/dates.ts';
import { readForm } from '../../http/form.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { cataloguePreviewPage, PREVIEW_PATH } from './preview-page.tsx';
import { checkList, readList } from './read.ts';

/** What a price list would change, before it is entered (第6条3項). */
export function cataloguePreviewRoutes(app: Routes, deps: WebDependencies): void {
  const render = (
    c: Context<WebEnv>,
    typed: { values: Readonly<Record<string, string>>; errors: FieldError[] },
    preview: CataloguePreview | null,
  ) => {
    const page = { frame: frame(c, deps, 'feeChanges'), typed, preview };
    return c.html(cataloguePreviewPage(page), typed.errors.length > 0 ? 422 : 200);
  };

  app.get(PREVIEW_PATH, { right: 'seeFeeChanges', shows: 'nothing' }, (c) =>
    render(c, { values: {}, errors: [] }, null),
  );

  app.post(PREVIEW_PATH, { right: 'seeFeeChanges', shows: 'nothing', takes: 'files' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const values = form.texts();
    const errors: FieldError[] = [];
    const effectiveOn = readDay(form.text('effectiveOn'));
    if (effectiveOn === null) {
      const message = '変更日を「2027-04-01」の形の正しい日付で入力してください。';
      errors.push({ field: 'effectiveOn', message });
    }
    const list = await readList(deps, form);
    if ('message' in list) errors.push({ field: 'file', message: list.message });
    if (effectiveOn === null || 'message' in list) return render(c, { values, errors }, null);
    const checked = await checkList(deps, list, effectiveOn);
    if ('message' in checked) {
      return render(c, { values, errors: [{ field: 'file', message: checked.message }] }, null);
    }
    const today = jstDate(deps.now().getTime());
    return render(c, { values, errors: [] }, await previewCatalogue(deps.db, checked.catalogue, today));
  });
}
