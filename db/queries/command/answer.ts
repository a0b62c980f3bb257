import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Answer } from '../../../domain/base/answers.ts';
import type { Database, Executor } from '../../client.ts';
import { commands, decisions } from '../../schema/index.ts';

/**
 * Notes what a workflow answered, and with it what became of the decision behind the command: the one author of a
 * decision's outcome. An answer that is known already stays.
 */
export async function answerCommand(db: Executor, id: string, answer: Answer, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const noted = await tx
      .update(commands)
      .set({ answer, answeredAt: now })
      .where(and(eq(commands.id, id), isNull(commands.answeredAt)))
      .returning({ id: commands.id });
    if (noted.length === 0) return;
    const outcome = answer.ok
      ? { outcome: 'effective' as const, effectiveAt: now }
      : { outcome: 'refused' as const };
    await tx
      .update(decisions)
      .set(outcome)
      .where(and(eq(decisions.commandId, id), eq(decisions.outcome, 'sent')));
  });
}

/** Notes a try that brought no answer. */
export async function noteTry(db: Database, id: string, now: Date): Promise<void> {
  await db
    .update(commands)
    .set({ attempts: sql`${commands.attempts} + 1`, triedAt: now })
    .where(eq(commands.id, id));
}
