import type { ArchiveCursor, ArchiveSearch } from '../../../db/queries/archive/search.ts';
import { toHalfWidth } from '../../../domain/application/text.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { FieldError } from '../../components/errors.tsx';

export const SEARCH_FIELDS = ['from', 'to', 'amountFrom', 'amountTo', 'counterparty'] as const;
export type SearchValues = Record<(typeof SEARCH_FIELDS)[number], string>;

/** A search form as typed, and what it means; a field with an error does not take part. */
export function readSearch(
  values: SearchValues,
  sandbox: boolean,
): { search: ArchiveSearch; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const read = <T>(field: keyof SearchValues, parse: (text: string) => T): T | undefined => {
    const text = values[field].trim();
    if (text === '') return undefined;
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      errors.push({ field, message: error.message });
      return undefined;
    }
  };
  const parts = {
    from: read('from', civilDate),
    to: read('to', civilDate),
    amountFromYen: read('amountFrom', readYen),
    amountToYen: read('amountTo', readYen),
    counterparty: read('counterparty', (text) => text),
  };
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  return { search: { sandbox, ...given }, errors };
}

/** Yen as people type them: full-width digits, commas, a yen sign. Throws InvalidValueError. */
function readYen(text: string): number {
  const digits = toHalfWidth(text).replace(/[,\s円¥\\]/g, '');
  if (!/^\d{1,13}$/.test(digits)) throw new InvalidValueError('金額は0以上の整数（円）で入力してください。');
  return Number(digits);
}

const CURSOR = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/;

/** The place of a page in the address, or undefined for the first page. */
export function readCursor(text: string | undefined): ArchiveCursor | undefined {
  const [, documentOn, id] = CURSOR.exec(text ?? '') ?? [];
  return documentOn === undefined || id === undefined ? undefined : { documentOn: civilDate(documentOn), id };
}

export function cursorText({ documentOn, id }: ArchiveCursor): string {
  return `${documentOn}_${id}`;
}
