import { describe, expect, test } from 'vitest';
import {
  CERTIFICATE_CAUSES,
  certificateCauseOf,
  certificateKey,
} from '../../../domain/period/certificate-cause.ts';
import { CONTRACT_KIND_LABELS } from '../../../domain/period/contract.ts';
import { PERIOD_MONTHS } from '../../../domain/period/periods.ts';

/** One certificate, one mail and one verification page for each cause (第5条1項). */
describe('the business key of a certificate', () => {
  test.each(CERTIFICATE_CAUSES)('%s is found again by its key, with whatever it refers to', (kind) => {
    for (const ref of ['', '2', 'request/7f3a', '2027-04-01']) {
      expect(certificateCauseOf(certificateKey({ kind, ref }))).toEqual({ kind, ref });
    }
  });

  test('two causes never share one, the first certificate has no reference', () => {
    expect(certificateKey({ kind: 'initial', ref: '' })).toBe('initial');
    expect(certificateKey({ kind: 'renewal', ref: '2' })).toBe('renewal/2');
    expect(certificateKey({ kind: 'change', ref: '2' })).not.toBe(
      certificateKey({ kind: 'renewal', ref: '2' }),
    );
  });

  test.each(['', 'renewed/2', 'campaign_end'])('%j is none', (key) => {
    expect(certificateCauseOf(key)).toBeNull();
  });
});

test('a year has twelve months, a month one, and each kind its name (第5条)', () => {
  expect(PERIOD_MONTHS).toEqual({ annual: 12, monthly: 1 });
  expect(CONTRACT_KIND_LABELS).toEqual({ annual: '年額契約', monthly: '月額契約' });
});
