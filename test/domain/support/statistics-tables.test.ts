import { expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import {
  type ContractFact,
  closedMonth,
  countContracts,
  lastDayOf,
  STATISTIC_TABLES,
} from '../../../domain/support/statistics-tables.ts';

const fact = (changes: Partial<ContractFact> = {}): ContractFact => ({
  planCode: 'lite',
  kind: 'annual',
  prefecture: '東京都',
  concludedOn: civilDate('2026-11-10'),
  partner: false,
  ...changes,
});

test('the last closed month is the one before today’s, counted as of its last day', () => {
  expect(closedMonth(civilDate('2027-01-31'))).toBe('2026-12');
  expect(closedMonth(civilDate('2027-03-01'))).toBe('2027-02');
  const month = closedMonth(civilDate('2027-03-01'));
  expect(lastDayOf(month)).toBe('2027-02-28');
});

test('always the same four tables, every contract in each of them once (第14条1項)', () => {
  const facts = [
    fact(),
    fact({ kind: 'monthly', prefecture: null, partner: true }),
    fact({ planCode: 'gone', concludedOn: civilDate('2025-11-30') }),
    fact({ concludedOn: civilDate('2025-12-01') }),
  ];
  const plans = new Map([
    ['lite', 'ライト'],
    ['standard', 'スタンダード'],
  ]);
  const { tables, labels } = countContracts(facts, closedMonth(civilDate('2026-12-15')), plans);
  expect(Object.keys(tables)).toEqual(Object.keys(STATISTIC_TABLES));
  for (const [name, edges] of Object.entries(tables)) expect(JSON.stringify(edges), name).not.toBe('[]');
  expect(Object.values(labels)).toEqual(
    expect.arrayContaining(['合計', '不明', 'それ以前', '直接契約', 'サービスパートナー経由', '東京都']),
  );
  expect(Object.values(labels)).toEqual(
    expect.arrayContaining(['ライト', 'gone', '年額契約', 'ライト・月額契約', '2026年11月', '2025年12月']),
  );
  expect(Object.values(labels)).not.toContain('2025年11月');
});
