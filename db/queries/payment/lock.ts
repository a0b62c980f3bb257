import { sql } from 'drizzle-orm';
import type { Transaction } from '../../client.ts';

/**
 * Whoever posts money holds this for its transaction, so that what is open of a paper cannot change between the look and the
 * posting. A step of dunning only looks: many of them at once, none beside a posting.
 */
export async function lockPayments(tx: Transaction, how: 'posts' | 'looks'): Promise<void> {
  await (how === 'posts'
    ? tx.execute(sql`select pg_advisory_xact_lock(hashtext('payments'))`)
    : tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext('payments'))`));
}
