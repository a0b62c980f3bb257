import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilDate, jstDate, jstInstant, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../../domain/calendar/cutoff.ts';
import { dueList, nextDue } from '../../../domain/future/dues.ts';
import { type ContractSchedule, spreadOffsetMs } from '../../../domain/period/contract-schedule.ts';

const NOW = parseInstant('2026-12-01T00:00:00+09:00');

function schedule(changes: Partial<ContractSchedule> = {}): ContractSchedule {
  return {
    basis: { kind: 'annual', firstDay: civilDate('2026-12-01'), indexBase: 0 },
    endsOn: null,
    recordedIndex: 1,
    remindedIndex: 0,
    pending: [],
    spreadMs: 0,
    reminders: { days: 30, kinds: ['annual'], cutoff: DEFAULT_CUTOFF_POLICY },
    ...changes,
  };
}

const monthly = { kind: 'monthly' as const, firstDay: civilDate('2026-12-01'), indexBase: 0 };
const kinds = (list: ReturnType<typeof dueList>) => list.map(({ kind, on }) => `${kind} ${on}`);

describe('what has to be done for a contract', () => {
  test('before anything else the first period is put on record', () => {
    expect(nextDue(schedule({ recordedIndex: 0 }), NOW)).toMatchObject({ kind: 'begin', atMs: NOW });
  });

  test('an annual contract reminds 30 days before the cut-off and renews after its period', () => {
    expect(kinds(dueList(schedule(), NOW))).toEqual(['reminder 2027-09-20', 'renewal 2027-12-01']);
  });

  test('policy renewal.reminderDays moves the reminder, not the renewal', () => {
    const reminders = { days: 60, kinds: ['annual' as const], cutoff: DEFAULT_CUTOFF_POLICY };
    expect(kinds(dueList(schedule({ reminders }), NOW))).toEqual([
      'reminder 2027-08-21',
      'renewal 2027-12-01',
    ]);
  });

  test('a monthly contract has nothing to do, unless policy renewal.reminderKinds names it', () => {
    expect(dueList(schedule({ basis: monthly }), NOW)).toEqual([]);
    const reminders = { days: 10, kinds: ['monthly' as const], cutoff: DEFAULT_CUTOFF_POLICY };
    const reminded = schedule({ basis: monthly, reminders, remindedIndex: 3 });
    expect(kinds(dueList(reminded, NOW))).toEqual(['reminder 2027-02-10']);
  });

  test('a contract that ends with its period neither reminds nor renews', () => {
    const ending = schedule({ endsOn: civilDate('2027-11-30') });
    expect(kinds(dueList(ending, NOW))).toEqual(['end 2027-12-01']);
  });

  test('a contract that ends later than its period renews first', () => {
    const ending = schedule({ endsOn: civilDate('2028-01-31') });
    expect(kinds(dueList(ending, NOW))).toEqual(['renewal 2027-12-01', 'end 2028-02-01']);
  });

  test('a change of the renewal day comes before the renewal', () => {
    const pending = [{ requestId: 'r', effectiveOn: civilDate('2027-12-01'), arrivedAtMs: NOW }];
    const list = dueList(schedule({ pending, remindedIndex: 1 }), NOW);
    expect(kinds(list)).toEqual(['change 2027-12-01', 'renewal 2027-12-01']);
  });

  test('a contract that becomes monthly at its renewal reminds of the cut-off, changes, and renews no year', () => {
    const on = civilDate('2027-12-01');
    const pending = [{ requestId: 'r', effectiveOn: on, arrivedAtMs: NOW, kind: 'monthly' as const }];
    expect(kinds(dueList(schedule({ pending }), NOW))).toEqual(['reminder 2027-09-20', 'change 2027-12-01']);
  });

  test('a contract that becomes annual renews after its first year', () => {
    const pending = [
      { requestId: 'r', effectiveOn: civilDate('2027-02-01'), arrivedAtMs: NOW, kind: 'annual' as const },
    ];
    expect(kinds(dueList(schedule({ basis: monthly, pending }), NOW))).toEqual(['change 2027-02-01']);
    const basis = { kind: 'annual' as const, firstDay: civilDate('2027-02-01'), indexBase: 2 };
    expect(kinds(dueList(schedule({ basis, recordedIndex: 3, remindedIndex: 3 }), NOW))).toEqual([
      'renewal 2028-02-01',
    ]);
  });

  test('the spread moves the instant within six hours and never the business date', () => {
    fc.assert(
      fc.property(fc.uuid(), (contractId) => {
        const spreadMs = spreadOffsetMs(contractId, 360);
        const [, renewal] = dueList(schedule({ spreadMs }), NOW);
        expect(renewal).toMatchObject({
          on: '2027-12-01',
          atMs: jstInstant(civilDate('2027-12-01')) + spreadMs,
        });
        expect(jstDate(renewal?.atMs ?? 0)).toBe('2027-12-01');
        expect(spreadMs).toBeLessThan(360 * 60_000);
      }),
    );
  });
});
