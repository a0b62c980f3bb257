import { and, eq, ne } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { type ContractStatus, isLive } from '../../../domain/period/contract.ts';
import type { documentsProcess } from '../../../domain/processes/documents.ts';
import type { Executor } from '../../client.ts';
import { certificates, contracts, type DocumentKind, deletions, documents } from '../../schema/index.ts';

/** What anybody who holds a document may be told: nothing that it does not say on its face, and less (第12条2項). */
export type PublicDocument = IssuedDocument | EndedContract;

export interface IssuedDocument {
  kind: DocumentKind;
  status: keyof typeof documentsProcess.statuses.certificate;
  number: string;
  /** Of certificates alone. */
  revision: number | null;
  issuedOn: CivilDate;
  sandbox: boolean;
  /** Of a certificate: the last day of the contract, once it is over. */
  endedOn: CivilDate | null;
}

/** A certificate of a contract whose data was deleted (第22条6項): that it is over, and since when, is all that is said. */
export interface EndedContract {
  kind: 'certificate';
  status: 'deleted';
  endedOn: CivilDate;
}

const certificateFields = {
  status: certificates.status,
  number: certificates.number,
  revision: certificates.revision,
  issuedOn: certificates.issuedOn,
  sandbox: contracts.sandbox,
  contractStatus: contracts.status,
  endsOn: contracts.endsOn,
  deletedOn: deletions.deletedOn,
};
const documentFields = {
  kind: documents.kind,
  number: documents.number,
  issuedOn: documents.documentOn,
  sandbox: documents.sandbox,
};

/** The document behind the token of a verification page (`verificationHash` of it), or null. */
export async function findByVerification(db: Executor, hash: string): Promise<PublicDocument | null> {
  const [certificate] = await db
    .select(certificateFields)
    .from(certificates)
    .innerJoin(contracts, eq(contracts.id, certificates.contractId))
    .leftJoin(deletions, eq(deletions.contractId, contracts.id))
    .where(eq(certificates.verificationHash, hash));
  if (certificate !== undefined) return publicCertificate(certificate);
  const [document] = await db
    .select(documentFields)
    .from(documents)
    .where(eq(documents.verificationHash, hash));
  return document === undefined ? null : issued(document);
}

/** The document whose file has this SHA-256 (hex), so byte for byte the one that was issued; or null. */
export async function findByContents(db: Executor, sha256: string): Promise<PublicDocument | null> {
  const [certificate] = await db
    .select(certificateFields)
    .from(certificates)
    .innerJoin(contracts, eq(contracts.id, certificates.contractId))
    .leftJoin(deletions, eq(deletions.contractId, contracts.id))
    .where(eq(certificates.sha256, sha256))
    .limit(1);
  if (certificate !== undefined) return publicCertificate(certificate);
  const [document] = await db
    .select(documentFields)
    .from(documents)
    .where(and(eq(documents.sha256, sha256), ne(documents.kind, 'certificate')))
    .limit(1);
  return document === undefined ? null : issued(document);
}

function publicCertificate(row: {
  status: IssuedDocument['status'];
  number: string;
  revision: number;
  issuedOn: CivilDate;
  sandbox: boolean;
  contractStatus: ContractStatus;
  endsOn: CivilDate | null;
  deletedOn: string | null;
}): PublicDocument {
  const { contractStatus, endsOn, deletedOn, ...certificate } = row;
  const endedOn = isLive(contractStatus) ? null : endsOn;
  if (deletedOn !== null && endedOn !== null) return { kind: 'certificate', status: 'deleted', endedOn };
  return { kind: 'certificate', ...certificate, endedOn };
}

/** A document that is no certificate has no revisions: it was issued, and stays. */
const issued = (document: Omit<IssuedDocument, 'status' | 'revision' | 'endedOn'>): IssuedDocument => ({
  ...document,
  status: 'current',
  revision: null,
  endedOn: null,
});
