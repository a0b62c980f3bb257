import { type AnyColumn, and, eq, type SQL, sql } from 'drizzle-orm';
import { plainHyphens, toHalfWidth } from '../../../domain/application/text.ts';
import { normaliseCorporateNumber } from '../../../domain/corporation/corporate-number.ts';
import { idsFoundByText, type SearchedType } from '../../personal/search-index.ts';

/** Counting further costs more than it tells: lists say "1,000 or more". */
export const COUNT_CAP = 1_001;

/** A page of a list: records with a status, or all, and with a text, or all. */
export interface ListQuery<Status> {
  status: Status | null;
  text: string;
  limit: number;
  offset: number;
}

/**
 * What a list filters by. `text` finds the numbers (also without hyphens, or a part), company name, kana, representative, contact, mail
 * address or phone, in any width. A record's whole number finds that record alone, also where all else of it was deleted.
 */
export function listCondition(
  { status, text }: Pick<ListQuery<string>, 'status' | 'text'>,
  columns: { id: AnyColumn; status: AnyColumn; number: AnyColumn },
  searched: SearchedType,
): SQL | undefined {
  const { id, number } = columns;
  const numbered = sql`select ${id} from ${number.table} where replace(${number}, '-', '') = ${plainNumber(text)}`;
  const found = idsFoundByText(searched, normaliseCorporateNumber(text));
  return and(
    status === null ? undefined : eq(columns.status, status),
    text === '' ? undefined : sql`${id} in (${numbered} union all ${found} and not exists (${numbered}))`,
  );
}

/** A number of ours as it is compared: in any width and case, with or without hyphens. */
const plainNumber = (text: string): string =>
  plainHyphens(toHalfWidth(text)).replaceAll('-', '').trim().toUpperCase();
