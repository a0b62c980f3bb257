import { z } from 'zod';
import type { TermsEdition } from '../../../db/queries/read/terms-edition.ts';
import { readInteger } from '../../../domain/application/text.ts';
import { type CivilDate, compareDates, formatDateJa } from '../../../domain/calendar/civil-date.ts';
import { containsMyNumber } from '../../../domain/data/my-number.ts';
import { checkEdition } from '../../../domain/notice/terms-edition.ts';
import { readTermsDocument, type TermsDocument } from '../../../storage/terms-document.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { readDay } from '../../http/dates.ts';
import type { Form } from '../../http/form.ts';
import { seal, unseal } from '../../http/signing.ts';
import { plainFileName } from '../desk/upload.ts';
import { readText } from '../publication/read-text.ts';

const keptSchema = z.object({ key: z.string(), sha256: z.string(), fileName: z.string() });

/** A file that an earlier attempt of the form stored: an error in another field does not lose it. */
export type KeptFile = z.infer<typeof keptSchema>;

/** A new edition as typed, read and checked. */
export interface EditionDraft {
  number: number;
  title: string;
  effectiveOn: CivilDate;
  detrimental: boolean;
  reason: string;
  file: KeptFile;
  document: TermsDocument;
}

const MAX_TITLE = 100;
const MAX_REASON = 2_000;
const MAX_NUMBER = 9_999;

export type ReadEdition = { draft: EditionDraft } | { errors: FieldError[]; kept: KeptFile | null };

/** Reads a posted edition. Every problem belongs to a field; nothing but the file is kept while there is one. */
export async function readEdition(
  deps: WebDependencies,
  form: Form,
  { editions, today }: { editions: readonly TermsEdition[]; today: CivilDate },
): Promise<ReadEdition> {
  const errors: FieldError[] = [];
  const problem = (field: string, message: string) => errors.push({ field, message });
  const standing = editions.filter(({ status }) => ['draft', 'approved', 'effective'].includes(status));
  const newest = standing[0];

  const number = readInteger(form.text('number'));
  if (number === null || number < 1 || number > MAX_NUMBER) {
    problem('number', '版の番号を1以上の整数で入力してください。');
  } else if (newest !== undefined && number <= newest.number) {
    problem('number', `版の番号は、登録済みの第${newest.number}版より大きくしてください。`);
  }
  const title = readText(form.text('title'), MAX_TITLE, '名称', false);
  if ('message' in title) problem('title', title.message);
  const effectiveOn = readDay(form.text('effectiveOn'));
  if (effectiveOn === null)
    problem('effectiveOn', '適用開始日を「2027-04-01」の形の正しい日付で入力してください。');
  const detrimental = form.text('detrimental');
  if (detrimental !== 'yes' && detrimental !== 'no')
    problem('detrimental', 'お客様に不利な変更を含むかどうかを選択してください。');
  else if (effectiveOn !== null) {
    const message = dateProblem(effectiveOn, today, detrimental === 'yes', newest);
    if (message !== null) problem('effectiveOn', message);
  }
  const reason = readText(form.text('reason'), MAX_REASON, '変更の理由と概要', true);
  if ('message' in reason) problem('reason', reason.message);

  const file = await readFile(deps, form);
  if ('message' in file) problem('file', file.message);
  const kept = 'message' in file ? null : file.kept;
  if (
    errors.length > 0 ||
    number === null ||
    effectiveOn === null ||
    'message' in title ||
    'message' in reason ||
    'message' in file
  ) {
    return { errors, kept };
  }
  const { document } = file;
  const texts = { title: title.text, reason: reason.text };
  return {
    draft: { number, ...texts, effectiveOn, detrimental: detrimental === 'yes', file: file.kept, document },
  };
}

/** Why the effective date cannot be (第17条1項, Civil Code 548-4): past, or no time for a notice before it. */
function dateProblem(
  effectiveOn: CivilDate,
  today: CivilDate,
  detrimental: boolean,
  newest: TermsEdition | undefined,
): string | null {
  const { value, steps } = checkEdition({ effectiveOn, today, publishedOn: null, detrimental });
  if (!value.allowed) return `${steps.map(({ text }) => text).join('')}（${value.clause}）`;
  if (newest === undefined || compareDates(newest.effectiveOn, effectiveOn) < 0) return null;
  return `適用開始日は、第${newest.number}版の適用開始日（${formatDateJa(newest.effectiveOn)}）より後にしてください。`;
}

async function readFile(
  deps: WebDependencies,
  form: Form,
): Promise<{ kept: KeptFile; document: TermsDocument } | { message: string }> {
  const uploaded = form.file('file');
  const kept = uploaded === null ? unsealKept(deps, form.text('kept')) : null;
  if (uploaded === null && kept === null) return { message: '規約のファイルを選択してください。' };
  const bytes =
    kept === null
      ? new Uint8Array((await uploaded?.arrayBuffer()) ?? new ArrayBuffer(0))
      : await deps.documents.get(kept.key);
  const fileName = kept?.fileName ?? plainFileName(uploaded?.name ?? '');
  const verdict = await readTermsDocument(bytes);
  if (!verdict.ok) return { message: verdict.message };
  if (containsMyNumber(fileName)) return { message: 'ファイル名に個人番号と思われる数字があります。' };
  const { ok: _, ...document } = verdict;
  if (kept !== null) return { kept, document };
  const { key, sha256 } = await deps.documents.put(bytes);
  return { kept: { key, sha256, fileName }, document };
}

export function sealKept(deps: WebDependencies, kept: KeptFile): string {
  return seal(deps.config.SESSION_SECRET, 'terms', JSON.stringify(kept));
}

function unsealKept(deps: WebDependencies, sealed: string): KeptFile | null {
  const text = sealed === '' ? null : unseal(deps.config.SESSION_SECRET, 'terms', sealed);
  return text === null ? null : keptSchema.parse(JSON.parse(text));
}
