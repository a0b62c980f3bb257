import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contacts, contracts, customers, noticeAudience, plans } from '../../schema/index.ts';

/** What a notice says about one contract, and where its mail goes. */
export interface RecipientFacts {
  contractId: string;
  /** Under whose key personal data about the contract is stored. */
  ownerId: string;
  companyName: string;
  contractNumber: string;
  kind: 'annual' | 'monthly';
  planName: string;
  /** The registered contact (第12条2項); null for a contract without one. */
  contact: { id: string; name: string; email: string; optedOut: boolean } | null;
  /** Values that the notice's cause gave for this contract alone. */
  values: Record<string, string>;
}

/** Facts of contracts as they are now, by contract id. */
export async function recipientFacts(
  db: Executor,
  noticeId: string,
  contractIds: readonly string[],
): Promise<Map<string, RecipientFacts>> {
  const rows = await db
    .select({
      contractId: contracts.id,
      ownerId: contracts.applicationId,
      companyName: customers.name,
      contractNumber: contracts.contractNumber,
      kind: contracts.kind,
      planCode: contracts.planCode,
      planName: plans.name,
      contactId: contacts.id,
      contactName: contacts.name,
      email: contacts.email,
      optedOutAt: contacts.optedOutAt,
      values: noticeAudience.values,
    })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .leftJoin(contacts, eq(contacts.contractId, contracts.id))
    .leftJoin(
      plans,
      and(eq(plans.catalogueVersion, contracts.catalogueVersion), eq(plans.code, contracts.planCode)),
    )
    .leftJoin(
      noticeAudience,
      and(eq(noticeAudience.noticeId, noticeId), eq(noticeAudience.contractId, contracts.id)),
    )
    .where(inArray(contracts.id, [...contractIds]))
    .orderBy(asc(contacts.createdAt));
  // Of several contacts the newest comes last and stays.
  return new Map(
    rows.map(({ contactId, contactName, email, optedOutAt, planCode, ...row }) => [
      row.contractId,
      {
        ...row,
        planName: row.planName ?? planCode,
        values: row.values ?? {},
        contact:
          contactId === null
            ? null
            : { id: contactId, name: contactName ?? '', email: email ?? '', optedOut: optedOutAt !== null },
      },
    ]),
  );
}
