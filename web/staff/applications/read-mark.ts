import { type ApplicationField, FIELD_LABELS } from '../../../domain/application/application-input.ts';
import { FIELD_MARK_KINDS, type FieldMark } from '../../../domain/application/field-marks.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { Form } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { choiceOf } from '../console.ts';
import { readWords } from '../desk/verdict.ts';
import { noteField } from './field-mark.tsx';

const MAX_NOTE = 300;

export interface ReadMark {
  field: ApplicationField;
  /** Null takes the mark away. */
  mark: FieldMark | null;
  note: string;
}

/** A posted mark of one field; the note of one that differs goes to the applicant, so it must be there (第4条4項①). */
export function readMark(form: Form): ReadMark | { errors: FieldError[] } {
  const field = choiceOf(form.text('field'), keysOf(FIELD_LABELS));
  const mark = choiceOf(form.text('mark'), [...FIELD_MARK_KINDS, 'none'] as const);
  if (field === null || mark === null) throw new Problem(400);
  if (mark !== 'differs') return { field, mark: mark === 'none' ? null : mark, note: '' };
  const place = { field: noteField(field), label: '申込者に伝える内容', limit: MAX_NOTE };
  const note = readWords(form.text('note'), place);
  return typeof note === 'string' ? { field, mark, note } : { errors: [note] };
}
