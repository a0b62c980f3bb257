import { and, desc, eq, ne } from 'drizzle-orm';
import type { CertificateCause } from '../../../domain/period/certificate-cause.ts';
import type { Database, Executor } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { certificates, contracts, customers } from '../../schema/index.ts';
import { archiveDocument } from '../archive/add.ts';
import { recordAudit } from '../audit/record.ts';

export type CertificateRow = typeof certificates.$inferSelect;

export async function findCertificate(db: Executor, certificateId: string): Promise<CertificateRow | null> {
  const [row] = await db.select().from(certificates).where(eq(certificates.id, certificateId));
  return row ?? null;
}

/** The certificate that was made for a cause, or null. */
export async function findCertificateFor(
  db: Executor,
  contractId: string,
  cause: CertificateCause,
): Promise<CertificateRow | null> {
  const [row] = await db
    .select()
    .from(certificates)
    .where(
      and(
        eq(certificates.contractId, contractId),
        eq(certificates.causeKind, cause.kind),
        eq(certificates.causeRef, cause.ref),
      ),
    );
  return row ?? null;
}

/** The number of the last revision of a contract's certificate; 0 before the first. */
export async function lastRevision(db: Executor, contractId: string): Promise<number> {
  const [row] = await db
    .select({ revision: certificates.revision })
    .from(certificates)
    .where(eq(certificates.contractId, contractId))
    .orderBy(desc(certificates.revision))
    .limit(1);
  return row?.revision ?? 0;
}

/**
 * Records an issued revision, archives it and marks the earlier ones superseded (第5条1項). Issuing for one contract
 * waits its turn; a cause that has a certificate already gets that one back.
 */
export async function storeCertificate(
  db: Database,
  issued: Omit<typeof certificates.$inferInsert, 'id' | 'status'>,
  businessAt: Date,
): Promise<CertificateRow> {
  const cause = { kind: issued.causeKind, ref: issued.causeRef };
  return db.transaction(async (tx) => {
    const [contract] = await tx
      .select({
        sandbox: contracts.sandbox,
        ownerId: contracts.applicationId,
        counterparty: customers.name,
      })
      .from(contracts)
      .innerJoin(customers, eq(customers.id, contracts.customerId))
      .where(eq(contracts.id, issued.contractId))
      .for('update', { of: contracts });
    const existing = await findCertificateFor(tx, issued.contractId, cause);
    if (existing !== null) return existing;
    if (contract === undefined) throw new Error(`contract ${issued.contractId} does not exist`);
    const [row] = await tx
      .insert(certificates)
      .values(sealRow(certificates, contract.ownerId, { ...issued, status: 'current' }))
      .returning();
    if (row === undefined) throw new Error('certificate was not stored');
    await tx
      .update(certificates)
      .set({ status: 'superseded' })
      .where(
        and(
          eq(certificates.contractId, issued.contractId),
          eq(certificates.status, 'current'),
          ne(certificates.id, row.id),
        ),
      );
    await archiveDocument(tx, {
      kind: 'certificate',
      number: row.number,
      subjectType: 'contract',
      subjectId: row.contractId,
      documentOn: row.issuedOn,
      amountYen: null,
      counterparty: contract.counterparty,
      storageKey: row.storageKey,
      sha256: row.sha256,
      bytes: row.bytes,
      sandbox: contract.sandbox,
    });
    await recordAudit(tx, {
      actor: 'system',
      action: 'certificate.issued',
      subjectType: 'contract',
      subjectId: issued.contractId,
      after: { certificateId: row.id, revision: row.revision, cause, sha256: row.sha256 },
      businessAt,
    });
    return row;
  });
}
