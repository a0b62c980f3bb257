import { decimal, decimalText, wholePart } from '../base/decimal.ts';
import { explained } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { yenOf } from '../base/money.ts';
import { balanceOf, bookAll, type PrepaidEvent } from '../billing/prepaid.ts';
import { mayPost, monthFigures } from '../billing/revenue.ts';
import { monthKey } from '../calendar/civil-date.ts';
import { countsForLiability, liabilityCap } from '../liability/liability.ts';
import { billingPolicyOf } from '../policy/policies.ts';
import type { CaseReader } from './case-reader.ts';
import { type Evaluate, fieldsOf } from './types.ts';

/** What the books say: prepaid charges, revenue by month, the fees of a year. */
export const LEDGER_CASES: Readonly<Record<string, Evaluate>> = {
  prepaid: (input, policies) => {
    const { prepaidTaxPoint, taxRounding } = billingPolicyOf(policies);
    const account = bookAll(input.list('events', readPrepaidEvent), prepaidTaxPoint, taxRounding);
    return fieldsOf(account, ({ ledger, refused, statements }) => ({
      balance: balanceOf(ledger),
      entries: ledger.entries.map(({ key, kind, on, amountYen, balanceYen }) => ({
        key,
        kind,
        on,
        amount: amountYen,
        balance: balanceYen,
      })),
      refused,
      uncovered: ledger.uncoveredYen,
      statements: statements.map(({ month, netYen, taxYen, totalYen }) => ({
        month,
        net: netYen,
        tax: taxYen,
        total: totalYen,
      })),
    }));
  },

  close: (input) => {
    const closes = input.listOrNone('closes', (close) => ({
      month: close.month('month'),
      on: close.date('on'),
    }));
    const lines = input.list('lines', (line) => ({
      ...line.range(),
      item: line.text('item'),
      amountYen: line.integer('amount'),
      issuedOn: line.date('issuedOn'),
    }));
    const postings = input.listOrNone('postings', (posting) => ({
      id: posting.text('id'),
      on: posting.date('on'),
      enteredOn: posting.date('enteredOn'),
    }));
    const { value, steps } = monthFigures(lines, closes, input.values('months', monthKey));
    const refused = postings.filter((posting) => !mayPost(closes, posting)).map(({ id }) => id);
    const months = value.map(({ month, revenueYen, billedYen, deferredYen }) => ({
      month,
      revenue: revenueYen,
      billed: billedYen,
      deferred: deferredYen,
    }));
    return explained({ months, refused }, ...steps);
  },

  'liability-cap': (input) => {
    const fees = input.has('lines')
      ? input
          .list('lines', (line) => ({
            ...line.range(),
            item: line.text('item'),
            feeYen: wholeYen(line, 'amount'),
          }))
          .filter(({ item }) => countsForLiability(item))
      : input.list('fees', (fee) => ({ ...fee.range(), feeYen: fee.wholeNumber('fee') }));
    return fieldsOf(liabilityCap(fees, input.date('incident')), ({ windowFrom, windowTo, capYen }) => ({
      windowFrom,
      windowTo,
      cap: capYen,
    }));
  },
};

function readPrepaidEvent(event: CaseReader): PrepaidEvent {
  const kind = event.oneOf('kind', ['topUp', 'usage', 'reversal', 'forfeiture', 'refund']);
  const common = { key: event.text('key'), on: event.date('on') };
  switch (kind) {
    case 'topUp':
      return { ...common, kind, amountYen: event.integer('amount') };
    case 'usage':
      return { ...common, kind, netYen: decimalText(decimal(event.decimal('net'))) };
    case 'reversal':
      return { ...common, kind, of: event.text('of') };
    case 'forfeiture':
    case 'refund':
      return { ...common, kind };
  }
}

/** Whole yen, as a number or a decimal text. */
function wholeYen(line: CaseReader, field: string): number {
  const amount = decimal(line.decimal(field));
  const yen = wholePart(amount);
  if (decimalText(amount) !== String(yen)) {
    throw new InvalidValueError(`「${field}」：1円未満のない金額で指定してください。`);
  }
  return yenOf(yen);
}
