import * as fc from 'fast-check';
import { addDays, type CivilDate, civilDate } from '../../domain/calendar/civil-date.ts';

/** Any day from 2020 to 2059. */
export const anyDate: fc.Arbitrary<CivilDate> = fc
  .integer({ min: 0, max: 14_600 })
  .map((days) => addDays(civilDate('2020-01-01'), days));

/** Any instant from 2024 to 2048, in ms. */
export const anyInstant = fc.integer({
  min: Date.UTC(2024, 0, 1),
  max: Date.UTC(2048, 0, 1),
});

/** A string of exactly `length` digits. */
export const digitString = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''));
