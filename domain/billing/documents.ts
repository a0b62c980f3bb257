import { addDecimals, decimal, decimalText } from '../base/decimal.ts';
import { type Explained, explained, type Step } from '../base/explain.ts';
import { type CivilDate, compareDates, earlierOf, laterOf } from '../calendar/civil-date.ts';
import { dueOn } from './bank-days.ts';
import type { BillingContract } from './billing-contract.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { invoiceTotals } from './invoice.ts';
import type { Billed, BilledKey, BillingLine } from './lines.ts';
import { type DocumentRoute, partnerOn, routeOf } from './partners.ts';
import { compareTexts } from './price-list.ts';

/** Kinds of documents; a corrected invoice is an invoice (or statement) that names another. */
export const DOCUMENT_TYPES = [
  'invoice',
  'statement',
  'topUp',
  'usageStatement',
  'returnInvoice',
  'refundNotice',
] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** Whether money goes back with a document (第16条); the others ask for it, or say what was paid from a balance. */
export const givesBack = (type: DocumentType): boolean => type === 'returnInvoice' || type === 'refundNotice';

/** What a document asks for: nothing where it says what was paid from the prepaid balance (第6条5項). */
export const askedYen = ({ type, totalYen }: { type: DocumentType; totalYen: number }): number =>
  type === 'usageStatement' ? 0 : totalYen;

/** Names an issued document. */
export interface DocumentReference {
  number: string;
  issuedOn: CivilDate;
}

/** A document as a run, an end or an order makes it; its number is given at release. */
export interface PlannedDocument extends Omit<DocumentRoute, 'type'> {
  type: DocumentType;
  issuedOn: CivilDate;
  /** Null where nothing is to be paid. */
  dueOn: CivilDate | null;
  period: { from: CivilDate; to: CivilDate };
  lines: BillingLine[];
  netYen: number;
  taxYen: number;
  totalYen: number;
  /** The invoice that this one replaces. */
  corrects: DocumentReference | null;
  /** The invoice of which money goes back. */
  of: DocumentReference | null;
  /** Its lines are with tax (第6条5項); never both kinds in one document. */
  taxIncluded?: true;
}

/** A document with its number that no other one has replaced. */
export interface IssuedDocument extends PlannedDocument {
  number: string;
}

/** The days of all lines. Throws RangeError without any. */
export function periodOfLines(lines: readonly BillingLine[]): { from: CivilDate; to: CivilDate } {
  return lines
    .map(({ from, to }) => ({ from, to }))
    .reduce((all, each) => ({ from: earlierOf(all.from, each.from), to: laterOf(all.to, each.to) }));
}

const ITEM_ORDER = ['usage', 'plan', 'option', 'licence', 'shortened', 'difference'];

/** By day of service, then plan, options and licences, then by code. */
export function sortLines(lines: readonly BillingLine[]): BillingLine[] {
  const rank = ({ item }: BillingLine) => ITEM_ORDER.indexOf(item.split(':')[0] ?? item);
  return lines.toSorted(
    (a, b) =>
      compareDates(a.from, b.from) ||
      rank(a) - rank(b) ||
      compareTexts(a.item, b.item) ||
      comparePrices(a, b),
  );
}

function comparePrices(a: BillingLine, b: BillingLine): number {
  return compareTexts(a.unitPrice.padStart(40), b.unitPrice.padStart(40));
}

/**
 * The documents of a run (第6条2項): one for each payer, recipient and way, each line with the partner of its first day. Lines that
 * come to 0 yen make none; they are settled all the same, so that no later run brings them again.
 */
export function documentsOf(
  contract: BillingContract,
  lines: readonly BillingLine[],
  issuedOn: CivilDate,
  policy: BillingPolicy,
): Explained<{ documents: PlannedDocument[]; withoutDocument: BillingLine[] }> {
  const routes = new Map<string, { route: DocumentRoute; lines: BillingLine[] }>();
  for (const line of sortLines(lines)) {
    const route = routeOf(partnerOn(contract.payers, line.from));
    const key = JSON.stringify([route.type, route.recipient, route.payer, route.deliveredBy]);
    const sameWay = routes.get(key) ?? { route, lines: [] };
    sameWay.lines.push(line);
    routes.set(key, sameWay);
  }
  const documents: PlannedDocument[] = [];
  const withoutDocument: BillingLine[] = [];
  const steps: Step[] = [];
  for (const { route, lines: own } of routes.values()) {
    const { document, steps: why } = documentOf(route, own, issuedOn, policy);
    steps.push(...own.flatMap((line) => line.why), ...why);
    if (document.totalYen === 0) withoutDocument.push(...own);
    else documents.push(document);
  }
  return explained({ documents, withoutDocument }, ...steps);
}

/** A document of at least one line, with one rounding per rate and its due date. */
export function documentOf(
  route: Omit<DocumentRoute, 'type'> & { type: DocumentType },
  lines: BillingLine[],
  issuedOn: CivilDate,
  policy: BillingPolicy,
): { document: PlannedDocument; steps: Step[] } {
  const totals = invoiceTotals(lines, policy.taxRounding);
  const due = dueOn(issuedOn, policy.dueHoliday);
  const { netYen, taxYen, totalYen } = totals.value;
  const document: PlannedDocument = {
    ...route,
    issuedOn,
    dueOn: due.value,
    period: periodOfLines(lines),
    lines,
    netYen,
    taxYen,
    totalYen,
    corrects: null,
    of: null,
  };
  return { document, steps: [...totals.steps, ...due.steps] };
}

/** What standing documents, and lines of runs that came to nothing, have billed (第6条2項). */
export function billedBy(
  standing: readonly PlannedDocument[],
  withoutDocument: readonly BillingLine[],
): Billed {
  const billed = new Map<string, BilledKey>();
  for (const { key, quantity, billedOn } of [...standing.flatMap(({ lines }) => lines), ...withoutDocument]) {
    const before = billed.get(key);
    billed.set(key, {
      billedOn: before === undefined ? billedOn : earlierOf(before.billedOn, billedOn),
      quantity: decimalText(addDecimals(decimal(before?.quantity ?? '0'), decimal(quantity))),
    });
  }
  return billed;
}
