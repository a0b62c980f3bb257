import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { personalKeys } from '../schema/index.ts';

/**
 * Destroys the key of an owner (第22条6項): what was encrypted with it cannot be read any more, in backups neither. The
 * owner never gets another key. Processes forget a key that they remember within five minutes. True when there was one.
 */
export async function destroyKey(tx: Executor, ownerId: string, now: Date): Promise<boolean> {
  const destroyed = await tx
    .update(personalKeys)
    .set({ wrapped: null, destroyedAt: now })
    .where(and(eq(personalKeys.ownerId, ownerId), isNull(personalKeys.destroyedAt)))
    .returning({ ownerId: personalKeys.ownerId });
  return destroyed.length > 0;
}
