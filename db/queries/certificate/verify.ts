import { eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { certificates, contracts } from '../../schema/index.ts';

/** What anybody who holds a certificate may be told: nothing that it does not say on its face, and less (第12条2項). */
export interface PublicCertificate {
  status: 'current' | 'superseded' | 'revoked';
  number: string;
  revision: number;
  issuedOn: string;
  sandbox: boolean;
}

const publicFields = {
  status: certificates.status,
  number: certificates.number,
  revision: certificates.revision,
  issuedOn: certificates.issuedOn,
  sandbox: contracts.sandbox,
};

/** The certificate behind the token of a verification page (`verificationHash` of it), or null. */
export async function findByVerification(db: Executor, hash: string): Promise<PublicCertificate | null> {
  const [row] = await db
    .select(publicFields)
    .from(certificates)
    .innerJoin(contracts, eq(contracts.id, certificates.contractId))
    .where(eq(certificates.verificationHash, hash));
  return row ?? null;
}

/** The certificate whose file has this SHA-256 (hex), so byte for byte the one that was issued; or null. */
export async function findByContents(db: Executor, sha256: string): Promise<PublicCertificate | null> {
  const [row] = await db
    .select(publicFields)
    .from(certificates)
    .innerJoin(contracts, eq(contracts.id, certificates.contractId))
    .where(eq(certificates.sha256, sha256))
    .limit(1);
  return row ?? null;
}
