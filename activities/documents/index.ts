import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { pricedItems } from '../../db/queries/catalogue/price.ts';
import { findCertificateFor, lastRevision, storeCertificate } from '../../db/queries/certificate/records.ts';
import { type ContractFacts, findContract } from '../../db/queries/contract/find.ts';
import { FAILURE } from '../../domain/failures.ts';
import type { Period } from '../../domain/periods.ts';
import type { DocumentStorage } from '../../storage/file-storage.ts';
import { type CertificatePayload, certificateTexts, renderCertificate } from '../../templates/certificate.ts';
import { missingGlyphs } from '../../templates/pdf/fonts.ts';

export interface IssueCertificateInput {
  contractId: string;
  /** From the business: `initial`, `renewal/2`, `change/<request>`. */
  cause: string;
  issuedOn: string;
  period: Period;
  cancelBy: string | null;
  businessMs: number;
}

/** Texts of the certificate that the operator's settings give. */
export interface CertificateSettings {
  operator: CertificatePayload['operator'];
  support: CertificatePayload['support'];
}

const FEE_PAYMENT = { annual: '年払い（請求書）', monthly: '月払い（請求書）' };

/** Documents of contracts: gathered, checked, drawn, stored, recorded. */
export function createDocumentActivities(ports: {
  db: Database;
  storage: DocumentStorage;
  settings: CertificateSettings;
}) {
  const { db, storage, settings } = ports;
  return {
    /** Issues the certificate of a cause once (第5条1項). Fails with `MissingGlyph` rather than print a hole. */
    async issueCertificate(
      input: IssueCertificateInput,
    ): Promise<{ certificateId: string; revision: number }> {
      const existing = await findCertificateFor(db, input.contractId, input.cause);
      if (existing !== null) return { certificateId: existing.id, revision: existing.revision };
      const facts = await findContract(db, input.contractId);
      if (facts === null) {
        throw ApplicationFailure.nonRetryable(
          `contract ${input.contractId} does not exist`,
          FAILURE.invalidInput,
        );
      }
      const revision = (await lastRevision(db, input.contractId)) + 1;
      const payload = await certificatePayload(db, settings, facts, input, revision);
      const missing = missingGlyphs(certificateTexts(payload));
      if (missing.length > 0) {
        const codes = missing.map(({ codePoint }) => codePoint).join(', ');
        throw ApplicationFailure.nonRetryable(
          `no certificate issued: no glyph for ${codes}`,
          FAILURE.missingGlyph,
        );
      }
      const document = await storage.put(await renderCertificate(payload));
      const stored = await storeCertificate(
        db,
        {
          contractId: input.contractId,
          cause: input.cause,
          revision,
          number: payload.certificateNumber,
          issuedOn: input.issuedOn,
          periodFrom: input.period.from,
          periodTo: input.period.to,
          storageKey: document.key,
          sha256: document.sha256,
          bytes: document.bytes,
        },
        new Date(input.businessMs),
      );
      return { certificateId: stored.id, revision: stored.revision };
    },
  };
}

export type DocumentActivities = ReturnType<typeof createDocumentActivities>;

/** Gathers what the certificate of a revision states. */
async function certificatePayload(
  db: Database,
  settings: CertificateSettings,
  { contract, customer, edition }: ContractFacts,
  input: IssueCertificateInput,
  revision: number,
): Promise<CertificatePayload> {
  const { plan, items } = await pricedItems(db, contract);
  const options = items.slice(1, 1 + contract.options.length);
  return {
    certificateNumber: `${contract.contractNumber}-${String(revision).padStart(2, '0')}`,
    revision,
    issuedOn: input.issuedOn,
    contractNumber: contract.contractNumber,
    companyId: contract.companyId,
    customer: {
      name: customer.name,
      corporateNumber: customer.corporateNumber,
      address: customer.address,
      ...(customer.postalCode === '' ? {} : { postalCode: customer.postalCode }),
    },
    plan: plan.name,
    options: options.map(({ name, quantity }) => ({ name, quantity })),
    licences: Math.max(contract.licences, plan.includedLicences),
    phoneNumbers: contract.phoneNumbers,
    contractType: contract.kind,
    concludedOn: contract.concludedOn,
    period: { from: input.period.from, to: input.period.to },
    autoRenewal: true,
    ...(input.cancelBy === null ? {} : { cancelBy: input.cancelBy }),
    feePayment: FEE_PAYMENT[contract.kind],
    communicationPayment: contract.communicationPayment,
    ...(contract.partnerName === '' ? {} : { partnerName: contract.partnerName }),
    termsEdition: `${edition.title}（第${edition.number}版）`,
    support: settings.support,
    ...(contract.campaignTerms.length === 0 ? {} : { campaignTerms: contract.campaignTerms }),
    operator: settings.operator,
    sandbox: contract.sandbox,
  };
}
