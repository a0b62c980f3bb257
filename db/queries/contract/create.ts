import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ContractKind } from '../../../domain/period/periods.ts';
import type { Database, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { agreements, applications, contacts, contracts, customers } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { nextNumber } from '../counter/next.ts';
import { indexContract } from './index-for-search.ts';

export interface CreatedContract {
  contractId: string;
  kind: ContractKind;
  firstDay: CivilDate;
}

/**
 * Makes customer, contact and contract of an accepted application, with numbers from ranges of their own for live and
 * sandbox (第4条2項, 第5条3項). A repeat returns the contract that is there.
 */
export async function createContract(
  db: Database,
  input: {
    applicationId: string;
    contractId: string;
    concludedOn: CivilDate;
    firstDay: CivilDate;
    businessAt: Date;
  },
): Promise<CreatedContract> {
  return db.transaction(async (tx) => {
    const [existing] = await tx
      .select()
      .from(contracts)
      .where(eq(contracts.applicationId, input.applicationId));
    if (existing !== undefined) {
      return { contractId: existing.id, kind: existing.kind, firstDay: existing.firstDay as CivilDate };
    }
    const [application] = await tx
      .select()
      .from(applications)
      .where(eq(applications.id, input.applicationId));
    if (application === undefined) throw new Error(`application ${input.applicationId} does not exist`);
    const [agreement] = await tx
      .select()
      .from(agreements)
      .where(eq(agreements.applicationId, application.id));
    if (agreement === undefined)
      throw new Error(`application ${application.id} has no agreement to an edition`);
    const customerId = await customerOf(tx, application);
    const numbers = await contractNumbers(tx, application.sandbox);
    await tx.insert(contracts).values(
      sealRow(contracts, application.id, {
        id: input.contractId,
        ...numbers,
        customerId,
        applicationId: application.id,
        kind: application.contractKind,
        concludedOn: input.concludedOn,
        firstDay: input.firstDay,
        catalogueVersion: application.catalogueVersion,
        planCode: application.planCode,
        options: application.options,
        licences: application.licences,
        communicationPayment: application.communicationPayment,
        partnerName: application.partnerName,
        termsEditionId: agreement.termsEditionId,
        sandbox: application.sandbox,
      }),
    );
    await tx.insert(contacts).values(
      sealRow(contacts, application.id, {
        contractId: input.contractId,
        name: application.contactName,
        kana: application.contactKana,
        email: application.contactEmail,
        phone: application.contactPhone,
      }),
    );
    await indexContract(tx, input.contractId);
    await tx
      .update(applications)
      .set({ concludedOn: input.concludedOn })
      .where(eq(applications.id, application.id));
    await recordAudit(tx, {
      actor: 'system',
      action: 'contract.concluded',
      subjectType: 'contract',
      subjectId: input.contractId,
      after: { concludedOn: input.concludedOn, firstDay: input.firstDay, kind: application.contractKind },
      businessAt: input.businessAt,
    });
    return { contractId: input.contractId, kind: application.contractKind, firstDay: input.firstDay };
  });
}

async function customerOf(tx: Transaction, application: typeof applications.$inferSelect): Promise<string> {
  const [known] = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.corporateNumber, application.corporateNumber),
        eq(customers.sandbox, application.sandbox),
      ),
    );
  if (known !== undefined) return known.id;
  const id = randomUUID();
  await tx.insert(customers).values(
    sealRow(customers, id, {
      id,
      corporateNumber: application.corporateNumber,
      name: application.companyName,
      kana: application.companyKana,
      postalCode: application.postalCode,
      address: application.address,
      phone: application.phone,
      sandbox: application.sandbox,
    }),
  );
  return id;
}

async function contractNumbers(
  tx: Transaction,
  sandbox: boolean,
): Promise<{ contractNumber: string; companyId: string }> {
  const prefix = sandbox ? 'T' : '';
  const contract = await nextNumber(tx, `contract/${sandbox ? 'sandbox' : 'live'}`);
  const company = await nextNumber(tx, `company/${sandbox ? 'sandbox' : 'live'}`);
  return {
    contractNumber: `${prefix}HS-${String(contract).padStart(6, '0')}`,
    companyId: `${prefix}C${String(company).padStart(6, '0')}`,
  };
}
