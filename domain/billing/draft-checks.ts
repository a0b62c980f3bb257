import { addDecimals, decimal, decimalText } from '../base/decimal.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { isRegistrationNumber } from './document-numbers.ts';
import type { PlannedDocument } from './documents.ts';
import { compareTexts } from './price-list.ts';

/** A registration as a qualified invoice issuer, as the registry states it; null days are open ends. */
export interface InvoiceRegistration {
  number: string;
  from: CivilDate;
  to: CivilDate | null;
}

/** What people should look at before they release a draft. */
export type DraftFinding =
  | { kind: 'muchMore'; totalYen: number; lastYen: number }
  | { kind: 'payerChanged'; payer: string; lastPayer: string }
  | { kind: 'registrationMissing'; of: 'operator' | 'partner' }
  /** It goes to a partner that has no contact for invoices: nobody would get it. */
  | { kind: 'contactMissing'; partnerId: string }
  /** The contract names a partner, of which nobody has registered how it is billed. */
  | { kind: 'partnerNamed' };

/** A draft is conspicuous above this many times the total of last month's. */
const MUCH_MORE_TIMES = 3;

export interface DraftFacts {
  draft: PlannedDocument;
  /** Last month's document of the same contract, if it had one. */
  last: PlannedDocument | null;
  operator: InvoiceRegistration | null;
  /** Of the partner that invoices in its own name; not asked for otherwise. */
  partner: InvoiceRegistration | null;
}

/** Checks before the release of a draft (第6条2項): its sum, its payer, the registrations that a qualified invoice needs that day. */
export function draftFindings({ draft, last, operator, partner }: DraftFacts): DraftFinding[] {
  const findings: DraftFinding[] = [];
  const { totalYen, payer, issuedOn } = draft;
  if (last !== null && totalYen > MUCH_MORE_TIMES * last.totalYen) {
    findings.push({ kind: 'muchMore', totalYen, lastYen: last.totalYen });
  }
  if (last !== null && payer !== last.payer) {
    findings.push({ kind: 'payerChanged', payer, lastPayer: last.payer });
  }
  if (!isRegistered(operator, issuedOn)) findings.push({ kind: 'registrationMissing', of: 'operator' });
  if (draft.type === 'statement' && !isRegistered(partner, issuedOn)) {
    findings.push({ kind: 'registrationMissing', of: 'partner' });
  }
  return findings;
}

/** Whether a registration holds on a day. */
export function isRegistered(registration: InvoiceRegistration | null, day: CivilDate): boolean {
  return (
    registration !== null &&
    isRegistrationNumber(registration.number) &&
    compareDates(registration.from, day) <= 0 &&
    (registration.to === null || compareDates(day, registration.to) <= 0)
  );
}

/** What an item cost last month and costs now, exact amounts as decimal texts; null where it was not there. */
export interface ItemDifference {
  item: string;
  last: string | null;
  now: string | null;
}

/** Items whose amounts differ from last month's document, by item. */
export function differencesToLast(draft: PlannedDocument, last: PlannedDocument | null): ItemDifference[] {
  const [now, before] = [amountsOf(draft), amountsOf(last)];
  return [...new Set([...before.keys(), ...now.keys()])]
    .sort(compareTexts)
    .map((item) => ({ item, last: before.get(item) ?? null, now: now.get(item) ?? null }))
    .filter((each) => each.last !== each.now);
}

function amountsOf(document: PlannedDocument | null): Map<string, string> {
  const amounts = new Map<string, string>();
  for (const { item, amount } of document?.lines ?? []) {
    amounts.set(item, decimalText(addDecimals(decimal(amounts.get(item) ?? '0'), decimal(amount))));
  }
  return amounts;
}
