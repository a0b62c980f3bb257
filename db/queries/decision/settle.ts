import { and, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { decisions } from '../../schema/index.ts';

/** Notes what became of a decision that was sent; one that the workflow has settled already stays as it is. */
export async function settleDecision(
  db: Executor,
  decisionId: string,
  outcome: 'effective' | 'refused',
  now: Date,
): Promise<void> {
  await db
    .update(decisions)
    .set({ outcome, effectiveAt: outcome === 'effective' ? now : null })
    .where(and(eq(decisions.id, decisionId), eq(decisions.outcome, 'sent')));
}
