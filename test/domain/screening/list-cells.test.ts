import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readWrittenDate } from '../../../domain/calendar/written-date.ts';
import { checkCorporateNumber } from '../../../domain/corporation/corporate-number.ts';
import { phoneKey } from '../../../domain/screening/identifiers.ts';

const rows = new Map(
  readFileSync(new URL('../../data/field/contracts/l1-list.csv', import.meta.url), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
    .map((cells) => [cells[0], { birthDate: cells[5] ?? '', phone: cells[7] ?? '', number: cells[8] ?? '' }]),
);

it.each([
  ['Z1', { year: 1950, month: 2, day: 3 }],
  ['Z2', { year: 1948, month: null, day: null }],
  ['Z3', null],
  ['Z5', { year: 1950, month: 2, day: 3 }],
  ['Z6', null],
])('walk l1: the date of birth of row %s of a list as it came in', (id, date) => {
  expect(readWrittenDate(rows.get(id)?.birthDate ?? '')).toEqual(date);
});

it('a phone number that lost its 0 is matched with it', () => {
  expect(phoneKey(rows.get('Z4')?.phone ?? '')).toBe(phoneKey('03-5550-0001'));
});

it('a corporate number may have the T of an invoice number', () => {
  expect(checkCorporateNumber(rows.get('Z7')?.number ?? '').value.number).toBe('7000012050002');
});
