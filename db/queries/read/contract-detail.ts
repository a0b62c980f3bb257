import { and, asc, desc, eq } from 'drizzle-orm';
import { shownCustomerName } from '../../../domain/data/deleted-customer.ts';
import type { Executor } from '../../client.ts';
import {
  certificates,
  contacts,
  contractPeriods,
  contracts,
  customers,
  mails,
  requests,
  tasks,
  termsEditions,
} from '../../schema/index.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { type AuditRow, readTimelines } from './timeline.ts';

export interface ContractDetail {
  contract: typeof contracts.$inferSelect;
  customer: typeof customers.$inferSelect;
  contact: typeof contacts.$inferSelect | null;
  catalogue: Catalogue;
  termsNumber: number;
  periods: (typeof contractPeriods.$inferSelect)[];
  /** Newest revision first. */
  certificates: (typeof certificates.$inferSelect)[];
  mails: (typeof mails.$inferSelect)[];
  requests: (typeof requests.$inferSelect)[];
  tasks: (typeof tasks.$inferSelect)[];
  /** Of the contract and of the application that it came from, in the order in which it was written. */
  timeline: AuditRow[];
}

/** Everything that the contract page shows. Null when there is no such contract. */
export async function readContractDetail(db: Executor, id: string): Promise<ContractDetail | null> {
  const [row] = await db
    .select({ contract: contracts, customer: customers, termsNumber: termsEditions.number })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(termsEditions, eq(termsEditions.id, contracts.termsEditionId))
    .where(eq(contracts.id, id));
  if (row === undefined) return null;
  const of = { subjectType: 'contract' as const, subjectId: id };
  const [contactRows, catalogue, periods, certificateRows, mailRows, requestRows, taskRows, timeline] =
    await Promise.all([
      db
        .select()
        .from(contacts)
        .where(eq(contacts.contractId, id))
        .orderBy(desc(contacts.createdAt))
        .limit(1),
      readCatalogue(db, row.contract.catalogueVersion),
      db
        .select()
        .from(contractPeriods)
        .where(eq(contractPeriods.contractId, id))
        .orderBy(asc(contractPeriods.index)),
      db
        .select()
        .from(certificates)
        .where(eq(certificates.contractId, id))
        .orderBy(desc(certificates.revision)),
      db
        .select()
        .from(mails)
        .where(and(eq(mails.subjectType, of.subjectType), eq(mails.subjectId, id)))
        .orderBy(asc(mails.createdAt)),
      db.select().from(requests).where(eq(requests.contractId, id)).orderBy(desc(requests.createdAt)),
      db
        .select()
        .from(tasks)
        .where(and(eq(tasks.subjectType, of.subjectType), eq(tasks.subjectId, id), eq(tasks.status, 'open')))
        .orderBy(asc(tasks.createdAt)),
      readTimelines(db, [{ subjectType: 'application', subjectId: row.contract.applicationId }, of]),
    ]);
  return {
    ...row,
    customer: { ...row.customer, name: shownCustomerName(row.customer.name) },
    contact: contactRows[0] ?? null,
    catalogue,
    periods,
    certificates: certificateRows,
    mails: mailRows,
    requests: requestRows,
    tasks: taskRows,
    timeline,
  };
}
