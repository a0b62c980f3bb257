import { and, asc, eq, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { commands } from '../../schema/index.ts';
import type { CommandRow } from './record.ts';

/** What a workflow has yet to answer up to a command, in the order in which it hears them. */
export async function unansweredUpTo(
  db: Executor,
  { workflowId, position }: { workflowId: string; position: number },
): Promise<CommandRow[]> {
  return db
    .select()
    .from(commands)
    .where(
      and(eq(commands.workflowId, workflowId), isNull(commands.answeredAt), lte(commands.position, position)),
    )
    .orderBy(asc(commands.position));
}

/**
 * Commands that are waiting for their answer since before an instant and were not tried lately, oldest first: the pause
 * between two tries grows with their number, to ten minutes.
 */
export async function unansweredSince(
  db: Executor,
  { before, now, limit }: { before: Date; now: Date; limit: number },
): Promise<CommandRow[]> {
  const pause = sql`least(600, 10 * power(2, least(${commands.attempts}, 6))) * interval '1 second'`;
  return db
    .select()
    .from(commands)
    .where(
      and(
        isNull(commands.answeredAt),
        lt(commands.createdAt, before),
        or(isNull(commands.triedAt), sql`${commands.triedAt} + ${pause} <= ${now.toISOString()}`),
      ),
    )
    .orderBy(asc(commands.position))
    .limit(limit);
}

/** How many commands wait for their answer since before an instant. */
export async function countUnanswered(db: Executor, before: Date): Promise<number> {
  return db.$count(commands, and(isNull(commands.answeredAt), lt(commands.createdAt, before)));
}
