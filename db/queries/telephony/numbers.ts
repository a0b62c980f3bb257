import { and, asc, eq } from 'drizzle-orm';
import type { CertificatePayload } from '../../../templates/certificate.ts';
import type { Executor } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { certificates, contracts, telephonyNumbers } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export type HeldNumberRow = Pick<typeof telephonyNumbers.$inferSelect, 'party' | 'seenAt' | 'goneAt'>;

/** The numbers that the provider listed for a contract, masked, with those that went back (第11条2項). */
export async function heldNumbers(db: Executor, contractId: string): Promise<HeldNumberRow[]> {
  const { party, seenAt, goneAt } = telephonyNumbers;
  return db
    .select({ party, seenAt, goneAt })
    .from(telephonyNumbers)
    .where(eq(telephonyNumbers.contractId, contractId))
    .orderBy(asc(seenAt), asc(telephonyNumbers.numberSid));
}

/** Keeps the numbers of a contract as the provider has them (第23条1項). False where they are the same as before. */
export async function setPhoneNumbers(
  db: Executor,
  input: { contractId: string; numbers: readonly string[]; staffId: string; commandId: string },
): Promise<boolean> {
  const { contractId, staffId, commandId } = input;
  const numbers = [...input.numbers].sort();
  return db.transaction(async (tx) => {
    const [contract] = await tx.select().from(contracts).where(eq(contracts.id, contractId)).for('update');
    if (contract === undefined || same(contract.phoneNumbers, numbers)) return false;
    await tx
      .update(contracts)
      .set(sealRow(contracts, contract.applicationId, { phoneNumbers: numbers, updatedAt: new Date() }))
      .where(eq(contracts.id, contractId));
    await recordAudit(tx, {
      actor: staffId,
      action: 'telephony.numbersRead',
      subjectType: 'contract',
      subjectId: contractId,
      before: { numbers: contract.phoneNumbers.length },
      after: { numbers: numbers.length },
      commandId,
    });
    return true;
  });
}

/** Whether the contract has other numbers than its current certificate states (第5条1項, 第23条1項). */
export async function numbersDiffer(db: Executor, contractId: string): Promise<boolean> {
  const [row] = await db
    .select({ numbers: contracts.phoneNumbers, payload: certificates.payload })
    .from(contracts)
    .innerJoin(
      certificates,
      and(eq(certificates.contractId, contracts.id), eq(certificates.status, 'current')),
    )
    .where(eq(contracts.id, contractId));
  if (row === undefined) return false;
  return !same(row.numbers, (JSON.parse(row.payload) as CertificatePayload).phoneNumbers);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
