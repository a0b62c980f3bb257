import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { aboutOf, listNeedsTwo, type Proposed } from '../../../domain/proposal/proposal.ts';

test('nobody alone replaces the anti-social list or goes back to another version; to fill an empty one is no replacement', () => {
  expect(listNeedsTwo('antisocial', 3)).toBe(true);
  expect(listNeedsTwo('antisocial', null)).toBe(false);
  expect(listNeedsTwo('competitor', 3)).toBe(false);
  expect(listNeedsTwo('internal', 3)).toBe(false);
});

describe('two proposals about one thing do not wait side by side', () => {
  const suspensionId = 's';
  const same: readonly (readonly Proposed[])[] = [
    [
      { kind: 'listTake', list: 'antisocial', importId: 'i' },
      { kind: 'listRollback', list: 'antisocial', version: 1 },
    ],
    [
      { kind: 'suspensionTimes', suspensionId, startsAtMs: 0, endsAtMs: null },
      { kind: 'suspensionCancel', suspensionId },
      { kind: 'suspensionLift', suspensionId },
    ],
    [
      { kind: 'policy', key: 'deletion.graceDays', value: 0, afterVersion: 0 },
      { kind: 'policy', key: 'deletion.graceDays', value: 1, afterVersion: 0 },
    ],
    [{ kind: 'dataExport', dataRequestId: 'd' }],
    [{ kind: 'suspensionLifted', suspensionId }],
    [{ kind: 'discontinuationCancel', discontinuationId: 'd' }],
    [
      {
        kind: 'phoneConsent',
        consentId: 'c',
        contractId: 'k',
        from: civilDate('2026-11-30'),
        through: civilDate('2026-12-01'),
      },
    ],
  ];

  test('but about different things they do', () => {
    const keys = same.map((group) => new Set(group.map(aboutOf)));
    expect(keys.map(({ size }) => size)).toEqual(same.map(() => 1));
    expect(new Set(keys.flatMap((each) => [...each])).size).toBe(same.length);
  });
});
