import { and, eq } from 'drizzle-orm';
import type { CustomerValues } from '../../../domain/corporation/customer.ts';
import { isLive } from '../../../domain/period/contract.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers } from '../../schema/index.ts';
import { currentPeople } from '../officers/change.ts';
import { LIVE } from '../rescreening/live-contracts.ts';

export interface RegisteredCustomer {
  customerId: string;
  sandbox: boolean;
  live: boolean;
  values: CustomerValues;
}

/** What is registered of the customer of a contract, the contract's representative among it. Null when there is none. */
export async function registeredCustomer(
  db: Executor,
  contractId: string,
): Promise<RegisteredCustomer | null> {
  const [row] = await db
    .select({ customer: customers, status: contracts.status })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(eq(contracts.id, contractId));
  if (row === undefined) return null;
  const { customer, status } = row;
  const { people = [] } = (await currentPeople(db, contractId)) ?? {};
  const representative = people.find((person) => person.representative);
  return {
    customerId: customer.id,
    sandbox: customer.sandbox,
    live: isLive(status),
    values: {
      companyName: customer.name,
      companyKana: customer.kana,
      postalCode: customer.postalCode,
      address: customer.address,
      phone: customer.phone,
      representativeName: representative?.name ?? '',
      representativeKana: representative?.kana ?? '',
    },
  };
}

/** What is registered of the corporation of an application, by a live contract of it or another; null for a new one. */
export async function registeredCorporation(
  db: Executor,
  application: { corporateNumber: string; sandbox: boolean },
): Promise<RegisteredCustomer | null> {
  if (application.corporateNumber === '') return null;
  const rows = await db
    .select({ contractId: contracts.id, status: contracts.status })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(
      and(
        eq(customers.corporateNumber, application.corporateNumber),
        eq(customers.sandbox, application.sandbox),
      ),
    )
    .orderBy(contracts.createdAt);
  const newest = rows.findLast(({ status }) => isLive(status)) ?? rows.at(-1);
  return newest === undefined ? null : registeredCustomer(db, newest.contractId);
}

/** The customer's live contracts, with what else a change of its representative needs. */
export async function liveContractsOf(db: Executor, customerId: string) {
  return db
    .select({ contractId: contracts.id, applicationId: contracts.applicationId })
    .from(contracts)
    .where(and(eq(contracts.customerId, customerId), LIVE));
}

/** All contracts of a customer, for whatever is found by its name. */
export async function contractIdsOf(db: Executor, customerId: string): Promise<string[]> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(eq(contracts.customerId, customerId));
  return rows.map(({ id }) => id);
}
