import type { Database } from '../../db/client.ts';
import { type DunningLook, lookAtDunning } from '../../db/queries/dunning/look.ts';
import { openDunnings } from '../../db/queries/dunning/open.ts';

/** Looks at overdue papers (第10条2項④); each repeats harmlessly. */
export function createDunningActivities({ db }: { db: Database }) {
  return {
    /** Opens cases for papers that have become overdue, some at a time. */
    openOverdue(input: { nowMs: number; limit: number }): Promise<{ opened: number }> {
      return openDunnings(db, input);
    },

    /** Records the step that a paper has come to, or the end of its case. */
    lookAtOverdue(input: { paperId: string; nowMs: number }): Promise<DunningLook> {
      return lookAtDunning(db, input);
    },
  };
}

export type DunningActivities = ReturnType<typeof createDunningActivities>;
