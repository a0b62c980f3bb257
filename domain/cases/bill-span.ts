import { decimal, decimalText } from '../base/decimal.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import type {
  BillableUsage,
  BillingContract,
  Contents,
  ContentsChange,
  ContractEnd,
} from '../billing/billing-contract.ts';
import type { IssuedDocument } from '../billing/documents.ts';
import type { FeeChangeEvidence } from '../billing/fee-versions.ts';
import type { BillingLine } from '../billing/lines.ts';
import type { Partner, PayerFrom } from '../billing/partners.ts';
import type { OptionPrice, PriceList } from '../billing/price-list.ts';
import { billSpan } from '../billing/span.ts';
import type { TopUpOrder } from '../billing/top-up.ts';
import { jstDate, monthKey } from '../calendar/civil-date.ts';
import { firstDayFor } from '../period/periods.ts';
import { billingPolicyOf } from '../policy/policies.ts';
import type { CaseReader } from './case-reader.ts';
import { type Evaluate, type Fields, fieldsOf } from './types.ts';

const KINDS = ['annual', 'monthly'] as const;

/** The documents that a contract is issued in a span of days. */
export const BILL_SPAN_CASES: Readonly<Record<string, Evaluate>> = {
  'bill-span': (input, policies) => {
    const { from, to } = input.range();
    const span = billSpan({
      from,
      to,
      lists: input.list('catalogue', readPriceList),
      ...readContract(input),
      missedRuns: new Set<string>(input.values('missedRuns', monthKey)),
      policy: billingPolicyOf(policies),
    });
    return fieldsOf(span, (documents) => ({ documents: documents.map(documentFields) }));
  },
};

function readPriceList(list: CaseReader): PriceList {
  const option = (item: CaseReader): OptionPrice => ({
    code: item.text('code'),
    annualFeeYen: item.wholeNumber('annualFeeYen'),
    monthlyFeeYen: item.wholeNumber('monthlyFeeYen'),
  });
  return {
    version: list.wholeNumber('version'),
    plans: list.list('plans', (item) => ({
      ...option(item),
      includedLicences: item.wholeNumber('includedLicences'),
      extraLicenceAnnualYen: item.wholeNumber('extraLicenceAnnualYen'),
      extraLicenceMonthlyYen: item.wholeNumber('extraLicenceMonthlyYen'),
    })),
    options: list.list('options', option),
    usage: list.listOrNone('usage', (item) => ({
      category: item.text('category'),
      unitPrice: decimalText(decimal(item.decimal('unitPrice'))),
    })),
  };
}

const readOption = (item: CaseReader) => ({
  code: item.text('code'),
  quantity: item.wholeNumber('quantity'),
});

function readContract(input: CaseReader): { contract: BillingContract; topUps: TopUpOrder[] } {
  const contract = input.nested('contract');
  const concludedOn = contract.date('concludedOn');
  const postpaid = contract.oneOf('communicationPayment', ['prepaid', 'postpaid']) === 'postpaid';
  const events = readEvents(input);
  const campaign = contract.optional('campaign', (field) => {
    const fields = contract.nested(field);
    return {
      planCode: fields.text('planCode'),
      feeYen: fields.wholeNumber('feeYen'),
      until: fields.date('until'),
    };
  });
  return {
    contract: {
      concludedOn,
      firstDay: contract.has('firstDay') ? contract.date('firstDay') : firstDayFor(concludedOn).value,
      contents: {
        kind: contract.oneOf('kind', KINDS),
        planCode: contract.text('planCode'),
        options: contract.list('options', readOption),
        licences: contract.wholeNumber('licences'),
      },
      catalogueVersion: contract.wholeNumber('catalogueVersion'),
      campaign,
      payers: [{ from: null, partner: readPartner(contract) }, ...events.payers],
      changes: events.changes,
      feeChanges: events.feeChanges,
      ends: events.ends,
      discontinuations: events.discontinuations,
      usage: postpaid ? events.usage : [],
    },
    topUps: events.topUps,
  };
}

function readPartner(holder: CaseReader): Partner | null {
  if (!holder.has('partner')) return null;
  const partner = holder.nested('partner');
  const mode = partner.oneOf('mode', ['none', 'referral', 'agent', 'intermediary', 'resale']);
  if (mode === 'none') return null;
  const id = partner.text('id');
  return mode === 'resale' ? { mode, id, ratePercent: partner.decimal('ratePercent') } : { mode, id };
}

interface Events {
  changes: ContentsChange[];
  feeChanges: FeeChangeEvidence[];
  ends: ContractEnd[];
  discontinuations: BillingContract['discontinuations'][number][];
  payers: PayerFrom[];
  usage: BillableUsage[];
  topUps: TopUpOrder[];
}

function readEvents(input: CaseReader): Events {
  const events: Events = {
    changes: [],
    feeChanges: [],
    ends: [],
    discontinuations: [],
    payers: [],
    usage: [],
    topUps: [],
  };
  input.list('events', (event) => readEvent(event, events));
  return events;
}

function readEvent(event: CaseReader, events: Events): void {
  const kind = event.text('kind');
  switch (kind) {
    case 'change':
      events.changes.push(readChange(event));
      return;
    case 'feeChange':
      events.feeChanges.push({
        version: event.wholeNumber('version'),
        effectiveOn: event.date('effectiveOn'),
        noticedOn: event.optional('noticedOn', (field) => event.date(field)),
      });
      return;
    case 'cancellation':
      events.ends.push({ on: event.date('endsOn'), knownOn: null });
      return;
    case 'termination':
      events.ends.push({ on: event.date('on'), knownOn: event.date('on') });
      return;
    case 'discontinuation':
      events.discontinuations.push({
        lastDay: event.date('lastDay'),
        planCode: event.optional('planCode', (field) => event.text(field)),
        announcedOn: event.date('announcedOn'),
        noticeOn: event.optional('noticeOn', (field) => event.date(field)),
        forceMajeure: event.flag('forceMajeure'),
      });
      return;
    case 'partner':
      events.payers.push({ from: event.date('from'), partner: readPartner(event) });
      return;
    case 'usage':
      events.usage.push({
        on: jstDate(event.instant('at')),
        receivedOn: jstDate(event.instant('receivedAt')),
        category: event.text('category'),
        quantity: decimalText(decimal(event.decimal('quantity'))),
      });
      return;
    case 'topUp': {
      const key = String(events.topUps.length + 1);
      events.topUps.push({ key, on: event.date('on'), amountYen: event.wholeNumber('amount') });
      return;
    }
    case 'suspension':
      // Fees go on (第15条).
      return;
    default:
      throw new InvalidValueError(`「${kind}」という種類の出来事はありません。`);
  }
}

function readChange(event: CaseReader): ContentsChange {
  const arrivedAtMs = event.instant('arrivedAt');
  const alters: Partial<Contents> = {
    ...(event.has('planCode') ? { planCode: event.text('planCode') } : {}),
    ...(event.has('options') ? { options: event.list('options', readOption) } : {}),
    ...(event.has('licences') ? { licences: event.wholeNumber('licences') } : {}),
    ...(event.has('contractKind') ? { kind: event.oneOf('contractKind', KINDS) } : {}),
  };
  return { arrivedAtMs, knownOn: jstDate(arrivedAtMs), effectiveOn: event.date('effectiveOn'), alters };
}

function documentFields(document: IssuedDocument): Fields {
  const { type, recipient, payer, deliveredBy, issuedOn, dueOn, period, lines, corrects, of } = document;
  return {
    type,
    recipient,
    payer,
    deliveredBy,
    issuedOn,
    dueOn,
    period,
    lines: lines.map(lineFields),
    net: document.netYen,
    tax: document.taxYen,
    total: document.totalYen,
    ...(corrects === null ? {} : { corrects: corrects.issuedOn }),
    ...(of === null ? {} : { of: of.issuedOn }),
  };
}

function lineFields({ item, quantity, unitPrice, amount, from, to }: BillingLine): Fields {
  return { item, quantity: Number(quantity), unitPrice, amount, from, to };
}
