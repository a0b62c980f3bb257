import { expect, test } from 'vitest';
import { sentTo, wantedOf } from '../../../domain/billing/handover.ts';
import { type Partner, routeOf } from '../../../domain/billing/partners.ts';

const partner = (mode: 'referral' | 'agent' | 'intermediary'): Partner => ({ mode, id: 'P' });

test.each([
  ['no partner', null, 'customer', null],
  ['a referral', partner('referral'), 'customer', null],
  ['a reseller', { mode: 'resale', id: 'P', ratePercent: '75' } as const, 'P', null],
  ['an agent', partner('agent'), 'P', { kind: 'handedOver', partnerId: 'P' }],
  ['an intermediary', partner('intermediary'), 'P', { kind: 'partnerCopy', partnerId: 'P' }],
])(
  'a paper by way of %s is sent to whoever has to do something with it, and what we must have of it is asked for',
  (_, by, to, wanted) => {
    const route = routeOf(by);
    expect(sentTo(route)).toBe(to);
    expect(wantedOf(route)).toEqual(wanted);
  },
);
