import { eq } from 'drizzle-orm';
import type { PartnerTerms } from '../../../domain/billing/payers.ts';
import type { Database, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import {
  type partnerDetails as Details,
  partnerDetails,
  partners,
  partnerTerms,
} from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { findPartner } from './read.ts';

/** What is registered of a partner beside its terms. */
export type PartnerValues = Pick<
  typeof Details.$inferSelect,
  'name' | 'postalCode' | 'address' | 'registrationNumber' | 'registryState'
>;

export interface RegisterPartner {
  /** Of the form: sent again it is the same partner. */
  commandId: string;
  corporateNumber: string;
  values: PartnerValues;
  terms: PartnerTerms;
  enteredBy: string;
  at: Date;
}

/**
 * Registers a partner with its first terms (第6条2項); no contract is with it yet, so no money takes another way. Null where the
 * corporation is registered already.
 */
export async function registerPartner(
  db: Database,
  input: RegisterPartner,
): Promise<{ partnerId: string } | null> {
  const { commandId, corporateNumber, values, terms, enteredBy, at } = input;
  const partnerId = nameUuid(`partner/${commandId}`);
  return db.transaction(async (tx) => {
    const made = await tx
      .insert(partners)
      .values({ id: partnerId, corporateNumber, createdBy: enteredBy })
      .onConflictDoNothing()
      .returning({ id: partners.id });
    if (made.length === 0) return (await findPartner(tx, partnerId)) === null ? null : { partnerId };
    await tx.insert(partnerDetails).values({ ...values, partnerId, commandId, enteredBy, checkedAt: at });
    const { from: validFrom, mode, ratePercent } = terms;
    await tx.insert(partnerTerms).values({ partnerId, validFrom, mode, ratePercent, enteredBy });
    await recordAudit(tx, {
      ...{ actor: enteredBy, action: 'partner.registered', commandId, businessAt: at },
      ...{ subjectType: 'partner', subjectId: partnerId, after: { mode, validFrom, ratePercent } },
    });
    return { partnerId };
  });
}

/** Another name, address or registration number of a partner; the older ones stay. Once for each form. */
export async function changePartner(
  db: Database,
  input: { partnerId: string; commandId: string; values: PartnerValues; enteredBy: string; at: Date },
): Promise<void> {
  const { partnerId, commandId, values, enteredBy, at } = input;
  await db.transaction(async (tx) => {
    const made = await tx
      .insert(partnerDetails)
      .values({ ...values, partnerId, commandId, enteredBy, checkedAt: at })
      .onConflictDoNothing()
      .returning({ id: partnerDetails.id });
    if (made.length === 0) return;
    await recordAudit(tx, {
      ...{ actor: enteredBy, action: 'partner.changed', commandId, businessAt: at },
      ...{ subjectType: 'partner', subjectId: partnerId },
    });
  });
}

/** The row of a partner, locked: terms and moves of its contracts are decided one after the other. */
export async function lockPartner(tx: Transaction, partnerId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: partners.id })
    .from(partners)
    .where(eq(partners.id, partnerId))
    .for('update');
  return rows.length > 0;
}
