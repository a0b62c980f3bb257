import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { keepThrough } from '../../../domain/data/retention.ts';
import { retentionPolicyOf } from '../../../domain/policy/policies.ts';
import type { Transaction } from '../../client.ts';
import { documents } from '../../schema/index.ts';
import { loadPolicies } from '../policy/load.ts';
import { foldCounterparty } from './fold.ts';

export type ArchivedDocument = Omit<
  typeof documents.$inferInsert,
  'id' | 'counterpartyFolded' | 'keepThrough' | 'createdAt'
>;

/**
 * Puts an issued document into the archive, in the transaction that records it, with its last day of keeping by the
 * policies of now (第22条6項). A document that is there already stays as it is.
 */
export async function archiveDocument(tx: Transaction, document: ArchivedDocument): Promise<void> {
  const policy = retentionPolicyOf(await loadPolicies(tx));
  const kept = keepThrough(civilDate(document.documentOn), policy).value.keepThrough;
  await tx
    .insert(documents)
    .values({
      ...document,
      counterpartyFolded: foldCounterparty(document.counterparty),
      keepThrough: kept,
    })
    .onConflictDoNothing({ target: [documents.kind, documents.number] });
}
