import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICIES, POLICIES, POLICY_KEYS } from '../../../domain/policy/policies.ts';
import type { PolicyDefinition } from '../../../domain/policy/policy-definition.ts';
import { policyNeedsTwo } from '../../../domain/policy/protection.ts';

describe('a policy that protects customers or evidence is not weakened by one person', () => {
  test('the time until data go: shorter takes two, longer does not', () => {
    expect(policyNeedsTwo('deletion.graceDays', 30, 0)).toBe(true);
    expect(policyNeedsTwo('deletion.graceDays', 30, 29)).toBe(true);
    expect(policyNeedsTwo('deletion.graceDays', 30, 30)).toBe(false);
    expect(policyNeedsTwo('deletion.graceDays', 0, 30)).toBe(false);
  });

  test('the basis of the conclusion date: either way takes two', () => {
    expect(policyNeedsTwo('conclusion.basis', 'arrival', 'approval')).toBe(true);
    expect(policyNeedsTwo('conclusion.basis', 'approval', 'arrival')).toBe(true);
    expect(policyNeedsTwo('conclusion.basis', 'arrival', 'arrival')).toBe(false);
  });

  test('a longer time to answer, a smaller group shown, evidence kept shorter, another reading of who was told', () => {
    expect(policyNeedsTwo('dataRequest.answerDays', 14, 15)).toBe(true);
    expect(policyNeedsTwo('dataRequest.answerDays', 14, 7)).toBe(false);
    expect(policyNeedsTwo('statistics.minGroup', 5, 2)).toBe(true);
    expect(policyNeedsTwo('retention.years', 10, 9)).toBe(true);
    expect(policyNeedsTwo('retention.screeningDays', 365, 0)).toBe(true);
    expect(policyNeedsTwo('notice.counts', 'either', 'web')).toBe(true);
  });

  test('what is no protection one person sets', () => {
    expect(policyNeedsTwo('billing.day', 10, 20)).toBe(false);
    expect(policyNeedsTwo('notice.mailsPerMinute', 600, 1)).toBe(false);
  });

  test('only numbers are compared by more or less', () => {
    const compared = POLICY_KEYS.filter((key) => {
      const { protects }: PolicyDefinition<unknown> = POLICIES[key];
      return protects === 'byMore' || protects === 'byLess';
    });
    expect(compared.filter((key) => typeof DEFAULT_POLICIES[key] !== 'number')).toEqual([]);
  });
});
