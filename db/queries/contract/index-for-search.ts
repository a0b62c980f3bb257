import { eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { indexForSearch } from '../../personal/search-index.ts';
import { contacts, contracts, customers } from '../../schema/index.ts';

/** What a contract is found by besides its numbers: call after every write to its customer or contacts. */
export async function indexContract(tx: Executor, contractId: string): Promise<void> {
  const rows = await tx
    .select({ customer: customers, contact: contacts })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(contacts, eq(contacts.contractId, contracts.id))
    .where(eq(contracts.id, contractId));
  const texts = rows.flatMap(({ customer, contact }) => [
    ...[customer.name, customer.kana, customer.phone],
    ...[contact.name, contact.kana, contact.email, contact.phone],
  ]);
  await indexForSearch(tx, { subjectType: 'contract', subjectId: contractId }, texts);
}
