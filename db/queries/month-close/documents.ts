import { and, asc, eq, gte, lt } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { decimal, wholePart } from '../../../domain/base/decimal.ts';
import { TAX_PERCENT, taxWithin, yenOf } from '../../../domain/base/money.ts';
import { givesBack } from '../../../domain/billing/documents.ts';
import type { ExportedDocument } from '../../../domain/billing/export-rows.ts';
import { invoiceTotals } from '../../../domain/billing/invoice.ts';
import type { BillingLine } from '../../../domain/billing/lines.ts';
import type { RevenueLine } from '../../../domain/billing/revenue.ts';
import { addMonths, monthStart } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, papers } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { payerNamesOf } from '../payment/read.ts';
import { payerOfPaper } from '../payment/receivable.ts';
import type { MonthQuery } from './facts.ts';

const original = alias(papers, 'original');

/** Issued documents of a month as accounting software gets them, by number. */
export async function documentsOfMonth(
  db: Executor,
  { month, sandbox }: MonthQuery,
): Promise<ExportedDocument[]> {
  const from = monthStart(month);
  const rows = await db
    .select({
      ...{ paper: papers, payer: payerOfPaper, customerName, contractNumber: contracts.contractNumber },
      replaced: original,
    })
    .from(papers)
    .leftJoin(original, eq(original.id, papers.correctsId))
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(
      and(
        ...[eq(papers.sandbox, sandbox), eq(papers.status, 'issued')],
        ...[gte(papers.issuedOn, from), lt(papers.issuedOn, addMonths(from, 1))],
      ),
    )
    .orderBy(asc(papers.number));
  const names = await payerNamesOf(
    db,
    rows.flatMap(({ paper, payer }) => (paper.payer === 'customer' ? [] : [payer])),
  );
  return rows.map(({ paper, payer, customerName: name, contractNumber, replaced }) => ({
    ...{ type: paper.type, number: paper.number ?? '', issuedOn: paper.issuedOn, dueOn: paper.dueOn },
    payer:
      paper.payer === 'customer'
        ? { code: contractNumber, name }
        : { code: payer, name: names.get(payer) ?? payer },
    rates: ratesOf(paper),
    replaced: replaced === null ? null : { number: replaced.number ?? '', rates: ratesOf(replaced) },
  }));
}

/** By rate; of one rate alone the sums that were printed, so that both agree to the yen. */
function ratesOf({ lines, taxRounding, netYen, taxYen }: typeof papers.$inferSelect) {
  const [taxPercent, another] = [...new Set(lines.map((line) => line.taxPercent))];
  return taxPercent !== undefined && another === undefined
    ? [{ taxPercent, netYen, taxYen }]
    : invoiceTotals(lines, taxRounding).value.rates;
}

/** A line, and the partner through which it was billed; null of a contract with us alone. */
export type SoldLine = RevenueLine & { partner: string | null };

/**
 * Lines of what was issued until the end of a month as the books see them (`monthFigures`): whole yen, what goes back negative. Those of
 * a replaced paper go out again on the day of the one that replaces it.
 */
export async function revenueLines(db: Executor, { month, sandbox }: MonthQuery): Promise<SoldLine[]> {
  const rows = await db
    .select({
      ...{ lines: papers.lines, issuedOn: papers.issuedOn, type: papers.type },
      ...{ taxIncluded: papers.taxIncluded, taxRounding: papers.taxRounding },
      replaced: original.lines,
      ...{ recipient: papers.recipient, payer: papers.payer, deliveredBy: papers.deliveredBy },
    })
    .from(papers)
    .leftJoin(original, eq(original.id, papers.correctsId))
    .where(
      and(
        ...[eq(papers.sandbox, sandbox), eq(papers.status, 'issued')],
        lt(papers.issuedOn, addMonths(monthStart(month), 1)),
      ),
    );
  const revenue = (
    { item, amount, from, to }: BillingLine,
    of: Pick<SoldLine, 'issuedOn' | 'partner'>,
    signed: (yen: number) => number,
  ): SoldLine => ({ ...of, item, amountYen: signed(yenOf(wholePart(decimal(amount)))), from, to });
  return rows.flatMap(({ lines, issuedOn, type, replaced, taxIncluded, taxRounding, ...way }) => {
    const of = { issuedOn, partner: partnerOf(way) };
    // Revenue is without tax, also of lines that hold it.
    const net = (yen: number) => (taxIncluded ? yen - taxWithin(yen, TAX_PERCENT, taxRounding) : yen);
    const charged = (yen: number) => (givesBack(type) ? -Math.abs(net(yen)) : net(yen));
    return [
      ...lines.map((line) => revenue(line, of, charged)),
      ...(replaced ?? []).map((line) => revenue(line, of, (yen) => -net(yen))),
    ];
  });
}

/** The partner on a paper's way, whichever end it stands at. */
const partnerOf = ({
  recipient,
  payer,
  deliveredBy,
}: Pick<typeof papers.$inferSelect, 'recipient' | 'payer' | 'deliveredBy'>) =>
  [payer, recipient, deliveredBy].find((party) => party !== 'customer' && party !== 'operator') ?? null;
