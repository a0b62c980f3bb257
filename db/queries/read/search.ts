import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** Counting further costs more than it tells: lists say "1,000 or more". */
export const COUNT_CAP = 1_001;

/** A LIKE pattern that finds the text anywhere, its wildcards taken as characters. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (wildcard) => `\\${wildcard}`)}%`;
}

/** Whether a column contains the text, whatever the width and case of either: only the comparison folds, not the data. */
export function containsFolded(column: AnyColumn, text: string): SQL {
  return sql`lower(normalize(${column}, NFKC)) like lower(normalize(${likePattern(text)}::text, NFKC))`;
}
