import { eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contacts, contracts, customers, termsEditions } from '../../schema/index.ts';

export type ContractRow = typeof contracts.$inferSelect;

/** Everything that a document or mail about a contract states, or null when there is no such contract. */
export async function findContract(db: Executor, contractId: string) {
  const [row] = await db
    .select({ contract: contracts, customer: customers, contact: contacts, edition: termsEditions })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(contacts, eq(contacts.contractId, contracts.id))
    .innerJoin(termsEditions, eq(termsEditions.id, contracts.termsEditionId))
    .where(eq(contracts.id, contractId));
  return row ?? null;
}

export type ContractFacts = NonNullable<Awaited<ReturnType<typeof findContract>>>;
