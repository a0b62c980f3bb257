import { feeVersionOn } from '../../../domain/billing/fee-versions.ts';
import {
  type CivilDate,
  civilDate,
  compareDates,
  earlierOf,
  laterOf,
} from '../../../domain/calendar/civil-date.ts';
import { campaignTexts, isInForce } from '../../../domain/future/campaign.ts';
import type { ContractFuture } from '../../../domain/future/project.ts';
import type { CertificatePayload } from '../../../templates/certificate.ts';
import type { Executor } from '../../client.ts';
import { pricedItems } from '../catalogue/price.ts';
import type { ContractFacts } from '../contract/find.ts';
import { readContractFuture } from '../future/read.ts';
import { findBoundEdition } from '../read/terms-binding.ts';
import { editionText } from './edition.ts';

/** Texts of the certificate that the operator's settings give. */
export interface CertificateSettings {
  operator: CertificatePayload['operator'];
  support: CertificatePayload['support'];
}

export interface CertificateOccasion {
  revision: number;
  issuedOn: CivilDate;
  period: { from: CivilDate; to: CivilDate };
  /** Null where the contract does not renew. */
  cancelBy: string | null;
  /** Address of the public page for this revision. */
  verificationUrl: string | null;
}

const FEE_PAYMENT = { annual: '年払い（請求書）', monthly: '月払い（請求書）' };

/** Gathers what the certificate of a revision states (第5条1項); `templates/certificate.ts` draws it. */
export async function gatherCertificate(
  db: Executor,
  { contract, customer }: ContractFacts,
  settings: CertificateSettings,
  occasion: CertificateOccasion,
): Promise<CertificatePayload> {
  const { revision, issuedOn, period, cancelBy, verificationUrl } = occasion;
  const day = civilDate(issuedOn);
  const { future } = await readContractFuture(db, { contractId: contract.id, today: day });
  const catalogueVersion = feeVersionOn(future.feeVersions, laterOf(day, period.from));
  const endsOn = future.end?.on ?? null;
  const { plan, items } = await pricedItems(db, { ...contract, catalogueVersion });
  const edition = await findBoundEdition(db, contract.id, day);
  const campaignTerms = [...contract.campaignTerms, ...campaignTextsOn(future, day)];
  const options = items.slice(1, 1 + contract.options.length);
  return {
    certificateNumber: `${contract.contractNumber}-${String(revision).padStart(2, '0')}`,
    revision,
    issuedOn,
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
    period: { from: period.from, to: lastDayOf(period, endsOn) },
    autoRenewal: endsOn === null || compareDates(endsOn, period.to) > 0,
    ...(endsOn === null ? {} : { endsOn }),
    ...(cancelBy === null || endsOn !== null ? {} : { cancelBy }),
    feePayment: FEE_PAYMENT[contract.kind],
    communicationPayment: contract.communicationPayment,
    ...(contract.partnerName === '' ? {} : { partnerName: contract.partnerName }),
    termsEdition: editionText(edition),
    support: settings.support,
    ...(campaignTerms.length === 0 ? {} : { campaignTerms }),
    operator: settings.operator,
    ...(verificationUrl === null ? {} : { verification: { url: verificationUrl } }),
    sandbox: contract.sandbox,
  };
}

/** A period that the contract's end comes before ends with it; one of a contract that never begins is stated whole. */
function lastDayOf({ from, to }: CertificateOccasion['period'], endsOn: CivilDate | null): CivilDate {
  return endsOn === null || compareDates(endsOn, from) < 0 ? to : earlierOf(to, endsOn);
}

/** The terms of the contract's campaign, as long as it is in force (第5条4項). */
function campaignTextsOn({ campaign, prices }: ContractFuture, day: CivilDate): string[] {
  if (campaign === null || !isInForce(campaign, day)) return [];
  const plans = prices.lists.flatMap((list) => list.plans);
  const name = plans.find(({ code }) => code === campaign.price?.planCode)?.name ?? '';
  return campaignTexts(campaign, name);
}
