import { type AnyColumn, and, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { searchIndex } from '../schema/index.ts';
import { foldForSearch, gramsOf } from './grams.ts';
import { hashedGrams } from './tags.ts';

export type SearchedType = 'application' | 'contract';

/** Makes a subject findable by these texts (names, kana, mail, phone) and by no others. Keeps hashes only. */
export async function indexForSearch(
  tx: Executor,
  subject: { subjectType: SearchedType; subjectId: string },
  texts: readonly string[],
): Promise<void> {
  const grams = hashesOf(foldForSearch(texts));
  await tx
    .insert(searchIndex)
    .values({ ...subject, grams })
    .onConflictDoUpdate({ target: [searchIndex.subjectType, searchIndex.subjectId], set: { grams } });
}

/** Takes a subject out of the search. */
export async function removeFromSearch(
  tx: Executor,
  subject: { subjectType: SearchedType; subjectId: string },
): Promise<void> {
  await tx
    .delete(searchIndex)
    .where(
      and(eq(searchIndex.subjectType, subject.subjectType), eq(searchIndex.subjectId, subject.subjectId)),
    );
}

/** Whether a subject has the text in one of its searched fields, in any width, case or kana. */
export function foundByText(subjectType: SearchedType, id: AnyColumn, text: string): SQL {
  const folded = foldForSearch([text]);
  if (gramsOf(folded).length === 0) return sql`false`;
  return sql`exists (select 1 from ${searchIndex} where ${searchIndex.subjectType} = ${subjectType}
    and ${searchIndex.subjectId} = ${id} and ${searchIndex.grams} @> ${hashesOf(folded)})`;
}

function hashesOf(folded: string): SQL {
  return sql`string_to_array(${hashedGrams(folded)}::text, ',')::bigint[]`;
}
