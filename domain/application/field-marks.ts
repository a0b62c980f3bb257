import { keysOf } from '../base/keys.ts';
import { type ApplicationField, type ApplicationInput, FIELD_LABELS } from './application-input.ts';

/** What a reviewer says of a field: it agrees with the evidence, or it does not. A field without a mark was not looked at. */
export const FIELD_MARKS = { checked: '確認済', differs: '相違' } as const;

export type FieldMark = keyof typeof FIELD_MARKS;

export const FIELD_MARK_KINDS = keysOf(FIELD_MARKS);

/** A mark as far as rules ask for it; `note` of one that differs is what the applicant is asked (第4条4項①). */
export interface MarkedField {
  field: ApplicationField;
  mark: FieldMark | null;
  note: string;
}

/** The fields that the applicant is asked to correct, in the order of the form, with the words for it. */
export function askedFields(marks: readonly MarkedField[]): { field: ApplicationField; note: string }[] {
  return keysOf(FIELD_LABELS).flatMap((field) => {
    const found = marks.find((each) => each.field === field && each.mark === 'differs');
    return found === undefined ? [] : [{ field, note: found.note }];
  });
}

/** Why the review may not recommend acceptance as its marks stand; null where they do not speak against it (第4条4項①). */
export function markBlock(marks: readonly MarkedField[]): string | null {
  const asked = askedFields(marks).map(({ field }) => `「${FIELD_LABELS[field]}」`);
  if (asked.length === 0) return null;
  return `${asked.join('')}に「相違」の印があります。修正を依頼するか、印を直してください。`;
}

/** How many fields carry which mark. */
export function markCounts(marks: readonly MarkedField[]): Record<FieldMark | 'none', number> {
  const of = (mark: FieldMark) => marks.filter((each) => each.mark === mark).length;
  const [checked, differs] = [of('checked'), of('differs')];
  return { checked, differs, none: keysOf(FIELD_LABELS).length - checked - differs };
}

/** The fields in which two applications differ, in the order of the form. */
export function changedFields(before: ApplicationInput, after: ApplicationInput): ApplicationField[] {
  return keysOf(FIELD_LABELS).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

/** The fields that the applicant was asked to correct and has sent as they were. */
export function leftAsTheyWere(
  asked: readonly ApplicationField[],
  before: ApplicationInput,
  after: ApplicationInput,
): ApplicationField[] {
  const changed = changedFields(before, after);
  return asked.filter((field) => !changed.includes(field));
}
