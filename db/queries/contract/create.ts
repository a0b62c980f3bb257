import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import { pick } from '../../../domain/corporation/customer.ts';
import type { ContractKind } from '../../../domain/period/periods.ts';
import type { Database, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { applications, contacts, contracts, customerChanges, customers } from '../../schema/index.ts';
import { findAgreedEdition } from '../application/agreed-edition.ts';
import { recordAudit } from '../audit/record.ts';
import { nextNumber } from '../counter/next.ts';
import { takeOverFromApplication } from '../customer/changes.ts';
import { registeredCorporation } from '../customer/registered.ts';
import { beginProvisioning } from '../telephony/provisioning.ts';
import { indexContracts } from './index-for-search.ts';

export interface CreatedContract {
  contractId: string;
  kind: ContractKind;
  firstDay: CivilDate;
  /** The corporation is known, and what is registered of it followed the application. */
  customerChangeId?: string;
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
    /** Begins the provision of its numbers (第11条2項). */
    providesNumbers?: boolean;
    businessAt: Date;
  },
): Promise<CreatedContract> {
  return db.transaction(async (tx) => {
    const [existing] = await tx
      .select()
      .from(contracts)
      .where(eq(contracts.applicationId, input.applicationId));
    if (existing !== undefined) {
      const { id: contractId, kind } = existing;
      const change = await findChangeOf(tx, input.applicationId);
      return { contractId, kind, firstDay: civilDate(existing.firstDay), ...change };
    }
    const [application] = await tx
      .select()
      .from(applications)
      .where(eq(applications.id, input.applicationId));
    if (application === undefined) throw new Error(`application ${input.applicationId} does not exist`);
    const agreed = await findAgreedEdition(tx, application.id);
    if (agreed === null) throw new Error(`application ${application.id} has no agreement to an edition`);
    const registered = await registeredCorporation(tx, application);
    const customerId = registered?.customerId ?? (await newCustomer(tx, application));
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
        termsEditionId: agreed.id,
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
    await indexContracts(tx, [input.contractId]);
    if (registered !== null) await takeOverFromApplication(tx, takenOver(application, input), registered);
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
    const { contractId, firstDay, businessAt } = input;
    const { sandbox } = application;
    if (input.providesNumbers === true) await beginProvisioning(tx, { contractId, sandbox, businessAt });
    const change = await findChangeOf(tx, application.id);
    return { contractId, kind: application.contractKind, firstDay, ...change };
  });
}

/** What of the record followed an application. */
async function findChangeOf(tx: Transaction, applicationId: string): Promise<{ customerChangeId?: string }> {
  const [change] = await tx
    .select({ id: customerChanges.id })
    .from(customerChanges)
    .where(eq(customerChanges.applicationId, applicationId));
  return change === undefined ? {} : { customerChangeId: change.id };
}

const takenOver = (
  application: typeof applications.$inferSelect,
  { contractId, businessAt }: { contractId: string; businessAt: Date },
) => ({ applicationId: application.id, contractId, values: pick(application), businessAt });

async function newCustomer(tx: Transaction, application: typeof applications.$inferSelect): Promise<string> {
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
