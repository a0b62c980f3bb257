import { and, eq, inArray } from 'drizzle-orm';
import type { AgeingFacts } from '../../../domain/billing/ageing.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { CHARGED_TYPES } from '../../../domain/payments/receivable.ts';
import type { StatementFacts } from '../../../domain/payments/statement.ts';
import type { Executor } from '../../client.ts';
import { allocations, contracts, credits, papers, writeOffs } from '../../schema/index.ts';
import { correction, isReplaced, payerOfPaper } from './receivable.ts';

interface Receivables {
  sandbox: boolean;
  /** One payer alone. */
  payer?: string;
}

/** What the ageing list of a day is made of (滞留表); of one payer where it is named. */
export async function ageingFacts(
  db: Executor,
  { asOf, ...asked }: Receivables & { asOf: CivilDate },
): Promise<AgeingFacts> {
  const { invoices, postings, credited } = await receivables(db, asked);
  return {
    asOf,
    invoices,
    payments: postings.map(({ invoice, on, amountYen, discountYen }) => ({
      ...{ invoice, on, amountYen: amountYen + discountYen },
    })),
    credits: credited,
  };
}

/** What a payer's statement of account is made of (残高明細). */
export async function statementFacts(db: Executor, asked: Required<Receivables>): Promise<StatementFacts> {
  const { invoices, postings, credited } = await receivables(db, asked);
  return { invoices, postings, credits: credited };
}

async function receivables(db: Executor, { sandbox, payer }: Receivables) {
  const charges = and(
    ...[eq(papers.sandbox, sandbox), eq(papers.status, 'issued'), inArray(papers.type, [...CHARGED_TYPES])],
    payer === undefined ? undefined : eq(payerOfPaper, payer),
  );
  const [invoices, payments, credited] = await Promise.all([
    db
      .select({
        paper: papers,
        payer: payerOfPaper,
        writtenOffOn: writeOffs.on,
        replacedOn: correction.issuedOn,
      })
      .from(papers)
      .innerJoin(contracts, eq(contracts.id, papers.contractId))
      .leftJoin(writeOffs, eq(writeOffs.paperId, papers.id))
      .leftJoin(correction, isReplaced)
      .where(charges),
    db
      .select({ allocation: allocations, number: papers.number })
      .from(allocations)
      .innerJoin(papers, eq(papers.id, allocations.paperId))
      .innerJoin(contracts, eq(contracts.id, papers.contractId))
      .where(charges),
    db
      .select()
      .from(credits)
      .where(and(eq(credits.sandbox, sandbox), payer === undefined ? undefined : eq(credits.payer, payer))),
  ]);
  return {
    invoices: invoices.map(({ paper, payer: by, writtenOffOn, replacedOn }) => ({
      ...{ number: paper.number ?? '', payer: by, issuedOn: paper.issuedOn, dueOn: paper.dueOn },
      ...{ totalYen: paper.totalYen, replacedOn, writtenOffOn },
    })),
    postings: payments.map(({ allocation: { on, lineId, amountYen, discountYen }, number }) => ({
      ...{ invoice: number ?? '', on, line: lineId, amountYen, discountYen },
    })),
    credited: credited.map((row) => ({
      ...{ payer: row.payer, on: row.on, line: row.lineId, kind: row.kind, amountYen: row.amountYen },
    })),
  };
}
