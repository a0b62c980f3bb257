import { z } from 'zod';
import { type CatalogueFile, parseCatalogue } from '../../../db/queries/catalogue/import.ts';
import { listFeeChanges } from '../../../db/queries/fee-change/enter.ts';
import { readCatalogue } from '../../../db/queries/read/catalogue.ts';
import { priceChanges } from '../../../db/queries/read/fee-change-notice.ts';
import { missingFrom, newestCatalogueVersion } from '../../../db/queries/read/fee-change-reach.ts';
import { type CivilDate, compareDates } from '../../../domain/calendar/civil-date.ts';
import { CatalogueFileError, readCatalogueFile } from '../../../storage/catalogue-file.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { readDay } from '../../http/dates.ts';
import type { Form } from '../../http/form.ts';
import { seal, unseal } from '../../http/signing.ts';
import { plainFileName } from '../desk/upload.ts';
import { readText } from '../publication/read-text.ts';

const MAX_FILE_BYTES = 256 * 1024;
const keptSchema = z.object({
  fileName: z.string(),
  plans: z.array(z.unknown()),
  options: z.array(z.unknown()),
});

/** The rows of a file that was read before: an error in another field does not lose them. */
export type KeptList = z.infer<typeof keptSchema>;

export type ReadFeeChange =
  | { catalogue: CatalogueFile; reason: string }
  | { errors: FieldError[]; kept: KeptList | null };

/** Reads a posted fee change. Every problem belongs to a field and is a sentence. */
export async function readFeeChange(
  deps: WebDependencies,
  form: Form,
  today: CivilDate,
): Promise<ReadFeeChange> {
  const errors: FieldError[] = [];
  const problem = (field: string, message: string) => errors.push({ field, message });
  const effectiveOn = readDay(form.text('effectiveOn'));
  if (effectiveOn === null)
    problem('effectiveOn', '変更日を「2027-04-01」の形の正しい日付で入力してください。');
  else if (compareDates(effectiveOn, today) <= 0) {
    problem(
      'effectiveOn',
      '変更日は、通知より後の日付にしてください。過去の日付や今日にはできません（第6条4項）。',
    );
  }
  const reason = readText(form.text('reason'), 2_000, '変更の理由', true);
  if ('message' in reason) problem('reason', reason.message);
  const list = await readList(deps, form);
  if ('message' in list) problem('file', list.message);
  const kept = 'message' in list ? null : list;
  if (errors.length > 0 || effectiveOn === null || 'message' in reason || 'message' in list) {
    return { errors, kept };
  }
  const checked = await checkList(deps, list, effectiveOn);
  if ('message' in checked) return { errors: [{ field: 'file', message: checked.message }], kept: null };
  return { ...checked, reason: reason.text };
}

/** The price list that came with a form, or of an earlier attempt. */
export async function readList(deps: WebDependencies, form: Form): Promise<KeptList | { message: string }> {
  const file = form.file('file');
  if (file === null) {
    const sealed = form.text('kept');
    const text = sealed === '' ? null : unseal(deps.config.SESSION_SECRET, 'catalogue', sealed);
    return text === null
      ? { message: '料金表のファイルを選択してください。' }
      : keptSchema.parse(JSON.parse(text));
  }
  if (file.size > MAX_FILE_BYTES) return { message: '料金表のファイルは256KBまでです。' };
  try {
    const rows = readCatalogueFile(new Uint8Array(await file.arrayBuffer()));
    return { fileName: plainFileName(file.name), ...rows };
  } catch (error) {
    if (error instanceof CatalogueFileError) return { message: error.message };
    throw error;
  }
}

/** The list gets the next number; whatever customers have now must be in it, or they could not be moved. */
export async function checkList(
  deps: WebDependencies,
  { plans, options }: KeptList,
  effectiveOn: CivilDate,
): Promise<{ catalogue: CatalogueFile } | { message: string }> {
  const newest = await newestCatalogueVersion(deps.db);
  const drafts = (await listFeeChanges(deps.db)).filter(({ status }) => status === 'draft');
  const version = Math.max(newest, ...drafts.map(({ catalogueVersion }) => catalogueVersion)) + 1;
  let catalogue: CatalogueFile;
  try {
    catalogue = parseCatalogue({ version, effectiveOn, plans, options });
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [where = '', index = 0, column = ''] = error.issues[0]?.path.map(String) ?? [];
    const kind = where === 'plans' ? 'プラン' : 'オプション';
    return {
      message: `${kind}の${Number(index) + 1}番目の「${column}」が正しくありません。料金は0以上の整数（円）です。`,
    };
  }
  const codes = [...catalogue.plans, ...catalogue.options].map(({ code }) => code);
  if (new Set(codes).size < codes.length) return { message: '同じコードが二度あります。' };
  const before = await readCatalogue(deps.db, newest);
  const known = [...before.plans, ...before.options].map(({ code }) => code);
  const missing = new Set([
    ...known.filter((code) => !codes.includes(code)),
    ...(await missingFrom(deps.db, catalogue)),
  ]);
  if (missing.size > 0) {
    return {
      message: `現在の料金表にある「${[...missing].join('」「')}」がありません。プランの廃止は、廃止の手続きで行います（第16条）。`,
    };
  }
  if (before.plans.length > 0 && priceChanges(before, catalogue).length === 0) {
    return { message: '現在の料金表から料金の変更がありません。' };
  }
  return { catalogue };
}

export function sealList(deps: WebDependencies, kept: KeptList): string {
  return seal(deps.config.SESSION_SECRET, 'catalogue', JSON.stringify(kept));
}
