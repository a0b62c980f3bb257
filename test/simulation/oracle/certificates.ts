import type { Stated } from '../outcome-lines.ts';
import { kindOf, licencesOf, optionsOf, planOf } from './contents.ts';
import { type Day, iso } from './dates.ts';
import { contractOf, type Life, mail, today } from './life.ts';
import { type NumberedPeriod, periodOn } from './periods.ts';
import { priceListOf, versionOn } from './prices.ts';
import { future } from './projection.ts';
import { keepThrough, renewalCutoff } from './rules.ts';
import { boundEdition } from './terms.ts';

/**
 * 5-1: issues the next revision, which supersedes the one before, and mails it. `cause` is what it is made for; the day is the
 * business day of the cause.
 */
export function certify(life: Life, cause: string, issuedOn: Day, period?: NumberedPeriod): void {
  const { certificates } = life.out;
  const contract = contractOf(life);
  for (const earlier of certificates) earlier.status = 'superseded';
  certificates.push({
    revision: certificates.length + 1,
    cause,
    issuedOn: iso(issuedOn),
    status: 'current',
    keptThrough: iso(keepThrough(issuedOn, life.policies).keepThrough),
    states: statedOn(life, issuedOn, period ?? periodOn(contract.bases, issuedOn)),
  });
  contract.certifiedEdition = boundEdition(contract, issuedOn);
  mail(life, `certificate/${cause}`, 'certificateIssued');
}

/** A revision that states what holds from today on. */
export const revise = (life: Life, cause: string): void => certify(life, cause, today(life));

function statedOn(life: Life, date: Day, period: NumberedPeriod): Stated {
  const contract = contractOf(life);
  const { company, payment, partner } = life;
  const { contentsOn, end } = future(life);
  const contents = contentsOn(today(life));
  const list = priceListOf(life.lists, versionOn(life, Math.max(date, period.from)));
  const plan = list.plans.find(({ code }) => code === planOf(contents));
  const endsOn = end?.on ?? null;
  const renews = endsOn === null || endsOn > period.to;
  const { campaign } = contract;
  return {
    customer: company.name,
    corporateNumber: company.corporateNumber,
    address: company.address,
    plan: plan?.name ?? '',
    options: optionsOf(contents)
      .map(({ code, quantity }) => ({
        name: list.options.find((option) => option.code === code)?.name ?? '',
        quantity,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    licences: Math.max(licencesOf(contents), plan?.includedLicences ?? 0),
    phoneNumbers: 0,
    contractType: kindOf(contents),
    concludedOn: iso(contract.concludedOn),
    from: iso(period.from),
    // 5: no period past the end; one of a contract that never begins is stated whole.
    to: iso(endsOn === null || endsOn < period.from ? period.to : Math.min(period.to, endsOn)),
    autoRenewal: renews,
    endsOn: endsOn === null ? null : iso(endsOn),
    cancelBy:
      endsOn === null && kindOf(contents) === 'annual'
        ? iso(renewalCutoff(period.to, life.policies).cancelBy)
        : null,
    payment,
    partner,
    edition: boundEdition(contract, date),
    campaign: campaign !== null && iso(date) <= campaign.until,
  };
}
