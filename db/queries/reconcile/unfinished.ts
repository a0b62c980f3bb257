import { keysOf } from '../../../domain/base/keys.ts';
import { RECONCILED, termOf } from '../../../domain/desk/reconciled.ts';
import type { Executor } from '../../client.ts';
import { readCases } from './cases.ts';

const PAGE = 500;

/** How many cases need a running workflow, as the rows have it. */
export async function countUnfinished(db: Executor): Promise<number> {
  let count = 0;
  for (const kind of keysOf(RECONCILED)) {
    const { over } = termOf(kind);
    let after: string | null = null;
    do {
      const page: { id: string; status: string }[] = await readCases(db, kind, { after, limit: PAGE });
      count += page.filter(({ status }) => !over.includes(status)).length;
      after = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
    } while (after !== null);
  }
  return count;
}
