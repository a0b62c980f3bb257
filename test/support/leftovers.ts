import { isNull } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { openDunnings } from '../../db/queries/dunning/open.ts';
import { commands } from '../../db/schema/index.ts';

/** Takes commands that tests before this one left without an answer as answered: each would hold up every sweep of this one. */
export async function settleLeftovers(db: Database): Promise<void> {
  await db
    .update(commands)
    .set({ answer: { ok: true }, answeredAt: new Date() })
    .where(isNull(commands.answeredAt));
}

/** Takes papers that tests before this one left overdue as opened by them: no workflow of this one's begins for them. */
export async function leaveOverdue(db: Database): Promise<void> {
  await openDunnings(db, { nowMs: Date.now(), limit: 100_000 });
  await settleLeftovers(db);
}
