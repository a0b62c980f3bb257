import { type Decimal, decimal, multiplyDecimals, wholePart } from '../base/decimal.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { yenOf } from '../base/money.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';

/**
 * The service partner of a contract (第6条2項). `referral` brings the customer, `agent` hands our invoice over (代理交付),
 * `intermediary` invoices in its own name (媒介者交付), `resale` buys at a rate and sells on.
 */
export type Partner =
  | { mode: 'referral' | 'agent' | 'intermediary'; id: string }
  | { mode: 'resale'; id: string; ratePercent: string | number };

/** The partner from a day on; null: none. */
export interface PayerFrom {
  from: CivilDate | null;
  partner: Partner | null;
}

/** Who gets a document, who pays it and who hands it over; 'customer', 'operator' or a partner's id. */
export interface DocumentRoute {
  type: 'invoice' | 'statement';
  recipient: string;
  payer: string;
  deliveredBy: string;
}

const DIRECT: DocumentRoute = {
  type: 'invoice',
  recipient: 'customer',
  payer: 'customer',
  deliveredBy: 'operator',
};

/** The partner on a day; of two moves to one day, the one named later. */
export function partnerOn(payers: readonly PayerFrom[], day: CivilDate): Partner | null {
  return (
    payers
      .toSorted((a, b) => (a.from === null ? -1 : b.from === null ? 1 : compareDates(a.from, b.from)))
      .findLast(({ from }) => from === null || compareDates(from, day) <= 0)?.partner ?? null
  );
}

/** The way of a document by the partner of its lines (第6条2項). */
export function routeOf(partner: Partner | null): DocumentRoute {
  switch (partner?.mode) {
    case undefined:
    case 'referral':
      return DIRECT;
    case 'agent':
      return { ...DIRECT, deliveredBy: partner.id };
    case 'resale':
      return { ...DIRECT, recipient: partner.id, payer: partner.id };
    case 'intermediary':
      return { ...DIRECT, type: 'statement', recipient: partner.id, payer: partner.id };
  }
}

/** A unit fee as a partner pays it: a reseller its share, below a yen cut off; everybody else the list price (第6条2項). */
export function feeForPartner(unitYen: number, partner: Partner | null): number {
  if (partner?.mode !== 'resale') return unitYen;
  const share: Decimal = multiplyDecimals(decimal(unitYen), rateOf(partner.ratePercent));
  return yenOf(wholePart({ ...share, scale: share.scale + 2 }));
}

function rateOf(ratePercent: string | number): Decimal {
  const rate = decimal(ratePercent);
  if (rate.units < 0n || wholePart(rate) > 100n || (wholePart(rate) === 100n && !isWhole(rate))) {
    throw new InvalidValueError(`販売店の料率は0から100までで指定してください（${ratePercent}）。`);
  }
  return rate;
}

function isWhole(value: Decimal): boolean {
  return value.units === wholePart(value) * 10n ** BigInt(value.scale);
}
