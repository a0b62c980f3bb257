import { describe, expect, it } from 'vitest';
import { DEFAULT_BILLING_POLICY } from '../../../domain/billing/billing-policy.ts';
import { DEFAULT_RETENTION_POLICY } from '../../../domain/data/retention.ts';
import {
  billingPolicyOf,
  cutoffPolicyOf,
  DEFAULT_POLICIES,
  POLICIES,
  POLICY_KEYS,
  policiesWith,
  policyValue,
  retentionPolicyOf,
} from '../../../domain/policy/policies.ts';

describe('policies', () => {
  it.each(POLICY_KEYS)(
    '%s: its default is allowed, survives JSON and is explained with its clause',
    (key) => {
      const value: unknown = POLICIES[key].default;
      expect(policyValue(key, JSON.parse(JSON.stringify(value)))).toEqual(value);
      expect(POLICIES[key].description).toMatch(/[ぁ-ん]/);
      expect(POLICIES[key].clause).toMatch(/^第\d+条/);
    },
  );

  it.each([
    ['conclusion.basis', 'approval', 'signature'],
    ['cancel.channels', ['email', 'web'], ['phone']],
    ['cancel.channels', ['post'], ['post', 'post']],
    ['cutoff.holiday', 'nextBusinessDay', 'previousBusinessDay'],
    ['renewal.reminderDays', 0, -1],
    ['renewal.reminderKinds', ['annual', 'monthly'], 'annual'],
    ['notice.counts', 'web', true],
    ['deletion.graceDays', 0, 1.5],
    ['retention.fiscalYearEndMonth', 12, 13],
    ['statistics.minGroup', 10, 1],
    ['billing.day', 6, 5],
    ['billing.day', 20, 21],
    ['billing.annualLeadMonths', 0, 2],
    ['billing.monthlyFee', 'arrears', 'never'],
    ['billing.dueHoliday', 'previousBusinessDay', 'skip'],
    ['tax.rounding', 'ceil', 'up'],
    ['prepaid.taxPoint', 'topUp', 'both'],
    ['prepaid.exemptKinds', [], ['300']],
    ['payment.feeToleranceYen', 880, -1],
    ['dunning.days', [2, 5, 8, 12, 15], [1, 3, 3, 20, 30]],
    ['dunning.days', [1, 2, 3, 4, 365], [1, 3, 10, 20]],
    ['dunning.days', [1, 2, 3, 4, 5], [0, 3, 10, 20, 30]],
    ['dunning.days', [1, 2, 3, 4, 6], ['1', 3, 10, 20, 30]],
    ['watch.similarNumbers', ['117', '#7119'], ['117', '']],
    ['watch.similarNumbers', [], 117],
    ['watch.legs', 'parent', 'children'],
    ['watch.simultaneousCalls', 1, 0],
    ['watch.numbersPerCorporation', 0, -1],
    ['watch.skewSeconds', 0, '300'],
  ] as const)('%s takes %j and refuses %j', (key, allowed, refused) => {
    expect(policyValue(key, allowed)).toEqual(allowed);
    expect(() => policyValue(key, refused)).toThrow(key);
  });

  it('replaces what is given and refuses unknown names', () => {
    const policies = policiesWith({ 'cutoff.holiday': 'nextBusinessDay' });
    expect(cutoffPolicyOf(policies)).toEqual({ cutoffHoliday: 'nextBusinessDay' });
    expect({ ...policies, 'cutoff.holiday': 'none' }).toEqual(DEFAULT_POLICIES);
    expect(() => policiesWith({ toString: 1 })).toThrow('設定はありません');
  });

  it('hands the rules the defaults that the rules themselves have', () => {
    expect(retentionPolicyOf(DEFAULT_POLICIES)).toEqual(DEFAULT_RETENTION_POLICY);
    expect(billingPolicyOf(DEFAULT_POLICIES)).toEqual(DEFAULT_BILLING_POLICY);
  });
});
