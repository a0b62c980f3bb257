import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { type CertificateSettings, gatherCertificate } from '../../db/queries/certificate/gather.ts';
import { findCertificateFor, lastRevision, storeCertificate } from '../../db/queries/certificate/records.ts';
import { findContract } from '../../db/queries/contract/find.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import {
  type CertificateCause,
  certificateCauseOf,
  certificateKey,
} from '../../domain/period/certificate-cause.ts';
import type { Period } from '../../domain/period/periods.ts';
import { certificateTexts, renderCertificate } from '../../templates/certificate.ts';
import { type DrawPorts, drawDocument } from './draw.ts';
import { verificationHash, verificationToken } from './verification.ts';

export interface IssueCertificateInput {
  contractId: string;
  /** From the business: `initial`, `renewal/2`, `change/<request>`. */
  /** A text in runs of an earlier release. */
  cause: CertificateCause | string;
  issuedOn: CivilDate;
  period: Period;
  cancelBy: string | null;
  businessMs: number;
}

export interface DocumentPorts extends DrawPorts {
  db: Database;
  settings: CertificateSettings;
  /** Absent: no verification page is printed. */
  verification?: { secret: string; webUrl: string } | undefined;
}

/** Documents of contracts: gathered, checked, drawn, signed, stored, recorded. */
export function createDocumentActivities(ports: DocumentPorts) {
  const { db, settings } = ports;
  return {
    /**
     * Issues the certificate of a cause once (第5条1項). A retry before the record draws and signs the same bytes, which
     * are stored once; a retry after it gets what was issued. Fails with `MissingGlyph` rather than print a hole.
     */
    async issueCertificate(
      input: IssueCertificateInput,
    ): Promise<{ certificateId: string; revision: number }> {
      const { contractId, issuedOn, period, cancelBy } = input;
      const cause = causeOf(input);
      // Before the look for the certificate: one issued in between is found, never drawn again as the next revision.
      const revision = (await lastRevision(db, contractId)) + 1;
      const existing = await findCertificateFor(db, contractId, cause);
      if (existing !== null) return { certificateId: existing.id, revision: existing.revision };
      const facts = await findContract(db, contractId);
      if (facts === null) {
        throw ApplicationFailure.nonRetryable(`contract ${contractId} does not exist`, FAILURE.invalidInput);
      }
      const token =
        ports.verification && verificationToken(ports.verification.secret, contractId, certificateKey(cause));
      const payload = await gatherCertificate(db, facts, settings, {
        revision,
        issuedOn,
        period,
        cancelBy,
        verificationUrl: ports.verification ? `${ports.verification.webUrl}/verify/${token}` : null,
      });
      const document = await drawDocument(ports, {
        what: 'certificate',
        texts: certificateTexts(payload),
        render: () => renderCertificate(payload),
        reason: 'Hasso 契約証書の発行',
        signedAtMs: input.businessMs,
      });
      const stored = await storeCertificate(
        db,
        {
          contractId,
          causeKind: cause.kind,
          causeRef: cause.ref,
          revision: payload.revision,
          number: payload.certificateNumber,
          issuedOn,
          periodFrom: payload.period.from,
          periodTo: payload.period.to,
          storageKey: document.key,
          sha256: document.sha256,
          bytes: document.bytes,
          payload: JSON.stringify(payload),
          verificationHash: token === undefined ? null : verificationHash(token),
        },
        new Date(input.businessMs),
      );
      return { certificateId: stored.id, revision: stored.revision };
    },
  };
}

function causeOf({ cause }: IssueCertificateInput): CertificateCause {
  const known = typeof cause === 'string' ? certificateCauseOf(cause) : cause;
  if (known === null) {
    throw ApplicationFailure.nonRetryable('the cause of the certificate is none', FAILURE.invalidInput);
  }
  return known;
}

export type DocumentActivities = ReturnType<typeof createDocumentActivities>;
