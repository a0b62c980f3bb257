import { expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  DISCONTINUATION_STATUSES,
  saysStep,
} from '../../../domain/discontinuation/discontinuation-status.ts';

test('contracts are told by a discontinuation that two people approved, of its end after the last day, of its end as a plan when called off', () => {
  const said = (step: 'announce' | 'withdraw' | 'end') =>
    keysOf(DISCONTINUATION_STATUSES).filter((status) => saysStep(status, step));
  expect(said('announce')).toEqual(['announced', 'ending', 'refundReview', 'refundApproval', 'done']);
  expect(said('end')).toEqual(['ending', 'refundReview', 'refundApproval', 'done']);
  expect(said('withdraw')).toEqual(['cancelled']);
});
