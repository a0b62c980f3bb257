import { and, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { indexForSearch } from '../../personal/search-index.ts';
import { applications, contacts, contracts, customers, officers } from '../../schema/index.ts';

/**
 * What contracts are found by: their numbers and that of the application, the customer, those who are or were its representatives,
 * the contact. Call after every write to one of these.
 */
export async function indexContracts(tx: Executor, contractIds: readonly string[]): Promise<void> {
  if (contractIds.length === 0) return;
  const rows = await tx
    .select({
      contract: contracts,
      customer: customers,
      contact: contacts,
      receipt: applications.receiptNumber,
    })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(contacts, eq(contacts.contractId, contracts.id))
    .innerJoin(applications, eq(applications.id, contracts.applicationId))
    .where(inArray(contracts.id, [...contractIds]));
  const people = await tx
    .select({ applicationId: officers.applicationId, name: officers.name, kana: officers.kana })
    .from(officers)
    .where(
      and(
        eq(officers.representative, true),
        inArray(
          officers.applicationId,
          rows.map(({ contract }) => contract.applicationId),
        ),
      ),
    );
  await indexForSearch(
    tx,
    'contract',
    rows.map(({ contract, customer, contact, receipt }) => ({
      subjectId: contract.id,
      texts: [
        ...[contract.contractNumber, contract.companyId, receipt],
        ...[customer.corporateNumber, customer.name, customer.kana, customer.phone],
        ...people
          .filter(({ applicationId }) => applicationId === contract.applicationId)
          .flatMap(({ name, kana }) => [name, kana]),
        ...[contact.name, contact.kana, contact.email, contact.phone],
      ],
    })),
  );
}
