import { POLICIES, type PolicyKey, type PolicyValue } from './policies.ts';
import type { PolicyDefinition } from './policy-definition.ts';

/**
 * Whether setting a policy to another value takes two people: where it shortens what protects customers or evidence (the
 * time until their data go, how long evidence is kept, how small a group is shown), or moves dates on which contracts rest.
 */
export function policyNeedsTwo<K extends PolicyKey>(
  key: K,
  before: PolicyValue<K>,
  after: PolicyValue<K>,
): boolean {
  const { protects }: PolicyDefinition<unknown> = POLICIES[key];
  if (protects === undefined) return false;
  switch (protects) {
    case 'byMore':
      return Number(after) < Number(before);
    case 'byLess':
      return Number(after) > Number(before);
    case 'byEveryChoice':
      return JSON.stringify(after) !== JSON.stringify(before);
  }
}
