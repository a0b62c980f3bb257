import { type Explained, explained, type Step, step } from '../base/explain.ts';
import { type CivilDate, formatDateJa, laterOf } from '../calendar/civil-date.ts';
import { dueOn } from './bank-days.ts';
import { type BillingContract, endKnown, isAfterEnd } from './billing-contract.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { documentOf, type IssuedDocument, type PlannedDocument } from './documents.ts';

/**
 * Corrected invoices for periods that never begin (第10条3項, 第16条): once an end is known, each standing invoice or statement with
 * lines that begin after it is replaced by one without them, dated on the day of the termination or announcement. Without
 * a line left it says 0 yen, has no due date and keeps the old period. What was paid already is for staff to decide.
 */
export function planCorrections(
  contract: BillingContract,
  standing: readonly IssuedDocument[],
  on: CivilDate,
  policy: BillingPolicy,
): Explained<PlannedDocument[]> {
  const { end } = endKnown(contract, on);
  const steps: Step[] = [];
  const documents = standing.flatMap((document) => {
    const lines = document.lines.filter(({ from }) => !isAfterEnd(from, end));
    if (!isInvoice(document) || lines.length === document.lines.length || end === null) return [];
    steps.push(
      step(
        `${formatDateJa(document.issuedOn)}発行の${document.number}から、終了日${formatDateJa(end)}の後に始まる明細を除きます。`,
        '第10条3項',
      ),
    );
    return [correctedDocument(document, lines, on, policy)];
  });
  return explained(documents, ...steps);
}

/**
 * The corrected invoice (修正インボイス): all lines anew, with number and date of the one that it replaces. It is due on the
 * later of the old due date and its own; not at all where nothing is left to pay.
 */
export function correctedDocument(
  document: IssuedDocument,
  lines: IssuedDocument['lines'],
  on: CivilDate,
  policy: BillingPolicy,
): PlannedDocument {
  const { type, recipient, payer, deliveredBy, number, issuedOn } = document;
  const route = { type, recipient, payer, deliveredBy };
  const corrects = { number, issuedOn };
  if (lines.length === 0) {
    const nothing = { netYen: 0, taxYen: 0, totalYen: 0, lines: [], dueOn: null };
    return { ...route, issuedOn: on, period: document.period, ...nothing, corrects, of: null };
  }
  const { document: anew } = documentOf(route, lines, on, policy);
  const own = dueOn(on, policy.dueHoliday).value;
  const due = document.dueOn === null ? own : laterOf(document.dueOn, own);
  return { ...anew, dueOn: anew.totalYen === 0 ? null : due, corrects };
}

/** How a payment stands after an invoice was replaced: what was paid moves over, what is too much becomes a credit (前受金). */
export function movePayments(
  paidYen: number,
  newTotalYen: number,
): { allocatedYen: number; creditYen: number; openYen: number } {
  const allocatedYen = Math.min(paidYen, newTotalYen);
  return { allocatedYen, creditYen: paidYen - allocatedYen, openYen: newTotalYen - allocatedYen };
}

function isInvoice({ type }: PlannedDocument): boolean {
  return type === 'invoice' || type === 'statement';
}
