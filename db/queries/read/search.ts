import { type AnyColumn, and, eq, or, type SQL, sql } from 'drizzle-orm';
import { normaliseCorporateNumber } from '../../../domain/corporation/corporate-number.ts';
import { foundByText, type SearchedType } from '../../personal/search-index.ts';

/** Counting further costs more than it tells: lists say "1,000 or more". */
export const COUNT_CAP = 1_001;

/** A LIKE pattern that finds the text anywhere, its wildcards taken as characters. */
function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (wildcard) => `\\${wildcard}`)}%`;
}

/** Whether a column contains the text, whatever the width and case of either: only the comparison folds, not the data. */
function containsFolded(column: AnyColumn, text: string): SQL {
  return sql`lower(normalize(${column}, NFKC)) like lower(normalize(${likePattern(text)}::text, NFKC))`;
}

/** A page of a list: records with a status, or all, and with a text, or all. */
export interface ListQuery<Status> {
  status: Status | null;
  text: string;
  limit: number;
  offset: number;
}

/** What a list filters by. `text` finds number, company name, kana, 法人番号, mail address or phone, in any width. */
export function listCondition(
  { status, text }: Pick<ListQuery<string>, 'status' | 'text'>,
  columns: { id: AnyColumn; status: AnyColumn; number: AnyColumn; corporateNumber: AnyColumn },
  searched: SearchedType,
): SQL | undefined {
  return and(
    status === null ? undefined : eq(columns.status, status),
    text === ''
      ? undefined
      : or(
          containsFolded(columns.number, text),
          foundByText(searched, columns.id, text),
          eq(columns.corporateNumber, normaliseCorporateNumber(text)),
        ),
  );
}
