import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { searchIndex } from '../schema/index.ts';
import { DESTROYED_TEXT } from './encrypting-client.ts';
import { foldForSearch, soughtGramsOf } from './grams.ts';
import { hashedGrams, soughtGrams } from './tags.ts';

export type SearchedType = 'application' | 'contract';

/** What an application or contract is found by, and by nothing else. */
export interface Findable {
  subjectId: string;
  /** Numbers, names, kana, mail, phone. */
  texts: readonly string[];
}

/** Makes subjects findable by their texts. Keeps hashes only; one whose key was destroyed is left out. */
export async function indexForSearch(
  tx: Executor,
  subjectType: SearchedType,
  subjects: readonly Findable[],
): Promise<void> {
  const rows = subjects.flatMap(({ subjectId, texts }) =>
    texts.includes(DESTROYED_TEXT)
      ? []
      : [{ subjectType, subjectId, grams: hashesOf(hashedGrams(foldForSearch(texts))) }],
  );
  if (rows.length === 0) return;
  await tx
    .insert(searchIndex)
    .values(rows)
    .onConflictDoUpdate({
      target: [searchIndex.subjectType, searchIndex.subjectId],
      set: { grams: sql`excluded.grams` },
    });
}

/**
 * Whether a subject has the text in one of its searched fields, in any width, case or kana. Asked of the index alone and joined by
 * id: beside another condition with "or" Postgres would look at every row.
 */
export function idsFoundByText(subjectType: SearchedType, text: string): SQL {
  const folded = foldForSearch([text]);
  const found = sql`select ${searchIndex.subjectId} from ${searchIndex} where ${searchIndex.subjectType} = ${subjectType}`;
  if (soughtGramsOf(folded).length === 0) return sql`${found} and false`;
  return sql`${found} and ${searchIndex.grams} @> ${hashesOf(soughtGrams(folded))}`;
}

function hashesOf(tagged: string): SQL {
  return sql`string_to_array(${tagged}::text, ',')::bigint[]`;
}
