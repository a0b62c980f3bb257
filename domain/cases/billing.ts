import { explained } from '../base/explain.ts';
import { ageing } from '../billing/ageing.ts';
import { baseDateBalance } from '../billing/base-date.ts';
import { dunningOn } from '../billing/dunning.ts';
import { type InvoiceLine, invoiceTotals } from '../billing/invoice.ts';
import { matchPayments } from '../billing/payment-match.ts';
import { correctionOf, returnOf } from '../billing/returns.ts';
import { civilDate } from '../calendar/civil-date.ts';
import { billingPolicyOf } from '../policy/policies.ts';
import type { CaseReader } from './case-reader.ts';
import { type Evaluate, fieldsOf } from './types.ts';

/** Sums of documents, what comes in for them, and what is left open. */
export const BILLING_CASES: Readonly<Record<string, Evaluate>> = {
  invoice: (input, policies) =>
    fieldsOf(
      invoiceTotals(readLines(input), billingPolicyOf(policies).taxRounding),
      ({ netYen, taxYen, totalYen, rates }) => ({
        net: netYen,
        tax: taxYen,
        total: totalYen,
        rates: rates.map((rate) => ({ taxPercent: rate.taxPercent, net: rate.netYen, tax: rate.taxYen })),
      }),
    ),

  'return-invoice': (input, policies) => {
    const original = input.nested('original');
    const names = original.text('number');
    const originalTotalYen = original.wholeNumber('total');
    const rounding = billingPolicyOf(policies).taxRounding;
    if (input.text('cause') === 'mistake') {
      const corrected = correctionOf(originalTotalYen, readLines(input), rounding);
      return fieldsOf(corrected, ({ netYen, taxYen, totalYen, differenceYen }) => ({
        document: 'correctedInvoice',
        names,
        net: netYen,
        tax: taxYen,
        total: totalYen,
        difference: differenceYen,
      }));
    }
    const returned = returnOf({
      originalTotalYen,
      returnedBeforeYen: input.optional('returnedBefore', (field) => input.wholeNumber(field)) ?? 0,
      given: input.has('net')
        ? { netYen: input.wholeNumber('net') }
        : { totalYen: input.wholeNumber('total') },
      toIntermediary: false,
      rounding,
    });
    return fieldsOf(returned, ({ document, netYen, taxYen, totalYen }) => ({
      document,
      names,
      net: netYen,
      tax: taxYen,
      total: totalYen,
      difference: totalYen === 0 ? 0 : -totalYen,
    }));
  },

  'payment-match': (input, policies) => {
    const match = matchPayments({
      payers: input.list('payers', (payer) => ({
        id: payer.text('id'),
        names: payer.values('names', (name) => name),
      })),
      invoices: input.list('invoices', (invoice) => ({
        number: invoice.text('number'),
        payer: invoice.text('payer'),
        issuedOn: invoice.date('issuedOn'),
        dueOn: invoice.optional('dueOn', (field) => invoice.date(field)),
        openYen: invoice.wholeNumber('open'),
      })),
      lines: input.list('lines', (line) => ({
        id: line.text('id'),
        on: line.date('on'),
        amountYen: line.wholeNumber('amount'),
        name: line.text('name'),
        reference: line.optional('reference', (field) => line.text(field)),
        cancelled: line.flag('cancelled'),
      })),
      feeToleranceYen: policies['payment.feeToleranceYen'],
    });
    return fieldsOf(match, ({ allocations, tasks, open }) => ({
      allocations: allocations.map(({ line, invoice, amountYen, discountYen }) => ({
        line,
        invoice,
        amount: amountYen,
        discount: discountYen,
      })),
      tasks: tasks.map(({ line, kind, proposal, restYen }) => ({
        line,
        kind,
        rest: restYen,
        proposal: proposal.map(({ invoice, amountYen }) => ({ invoice, amount: amountYen })),
      })),
      open: Object.fromEntries(open),
    }));
  },

  dunning: (input, policies) => {
    const invoice = input.nested('invoice');
    const dunned = {
      dueOn: invoice.date('dueOn'),
      totalYen: invoice.wholeNumber('total'),
      payments: input.listOrNone('payments', (payment) => ({
        on: payment.date('on'),
        amountYen: payment.wholeNumber('amount'),
      })),
      disputes: input.listOrNone('disputes', (dispute) => ({
        from: dispute.date('from'),
        to: dispute.optional('to', (field) => dispute.date(field)),
      })),
      writtenOffOn: input.optional('writtenOffOn', (field) => input.date(field)),
    };
    const found = input
      .values('dates', civilDate)
      .map((on) => ({ on, ...dunningOn(dunned, on, policies['dunning.days']) }));
    const states = found.map(({ on, value: { state, openYen, overdueDays } }) => ({
      on,
      state,
      open: openYen,
      overdueDays,
    }));
    return explained({ states }, ...found.flatMap(({ steps }) => steps));
  },

  ageing: (input) => {
    const list = ageing({
      asOf: input.date('asOf'),
      invoices: input.list('invoices', (invoice) => ({
        number: invoice.text('number'),
        payer: invoice.text('payer'),
        issuedOn: invoice.date('issuedOn'),
        dueOn: invoice.optional('dueOn', (field) => invoice.date(field)),
        totalYen: invoice.wholeNumber('total'),
        replacedOn: invoice.optional('replacedOn', (field) => invoice.date(field)),
        writtenOffOn: invoice.optional('writtenOffOn', (field) => invoice.date(field)),
      })),
      payments: input.listOrNone('payments', (payment) => ({
        invoice: payment.text('invoice'),
        on: payment.date('on'),
        amountYen: payment.wholeNumber('amount'),
      })),
      credits: input.listOrNone('credits', (credit) => ({
        payer: credit.text('payer'),
        on: credit.date('on'),
        amountYen: credit.integer('amount'),
      })),
    });
    return fieldsOf(list, ({ payers, totalYen }) => ({
      payers: payers.map(({ totalYen: total, creditYen: credit, ...row }) => ({ ...row, total, credit })),
      total: totalYen,
    }));
  },

  'base-date': (input, policies) => {
    const contracts = input.list('contracts', (contract) => ({
      legalKind: contract.optional('legalKind', (field) => contract.text(field)),
      entries: contract.list('entries', (entry) => ({
        on: entry.date('on'),
        amountYen: entry.integer('amount'),
      })),
    }));
    const found = baseDateBalance(input.date('on'), contracts, policies['prepaid.exemptKinds']);
    return fieldsOf(found, ({ exemptYen, countedYen, over, depositYen, reportBy }) => ({
      exempt: exemptYen,
      counted: countedYen,
      over,
      deposit: depositYen,
      reportBy,
    }));
  },
};

/** Lines of an invoice as a case states them. */
function readLines(input: CaseReader): InvoiceLine[] {
  return input.list('lines', (line) => ({
    unitPrice: line.decimal('unitPrice'),
    quantity: line.decimal('quantity'),
    ...(line.has('taxPercent') ? { taxPercent: line.wholeNumber('taxPercent') } : {}),
  }));
}
