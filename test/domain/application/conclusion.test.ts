import { describe, expect, test } from 'vitest';
import { concludedOn } from '../../../domain/application/conclusion.ts';
import { parseInstant } from '../../../domain/calendar/civil-date.ts';

describe('conclusion date (第4条2項, policy conclusion.basis)', () => {
  const approvedMs = parseInstant('2026-11-30T23:59:59.999+09:00');
  const takenMs = parseInstant('2026-12-01T00:00:00+09:00');

  test('by arrival: the day on which the mail server took the acceptance', () => {
    expect(concludedOn('arrival', { approvedMs, takenMs })).toBe('2026-12-01');
  });

  test('by approval: the day of the second decision, however late the mail arrives', () => {
    expect(concludedOn('approval', { approvedMs, takenMs })).toBe('2026-11-30');
  });
});
