import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Alteration,
  alter,
  alterationBetween,
  type Contents,
  fieldsOf,
  isEmpty,
  without,
} from '../../../domain/future/contents.ts';
import { contents } from '../../support/contract-facts.ts';

const option = fc.record({
  code: fc.constantFrom('sms', 'record'),
  quantity: fc.integer({ min: 1, max: 3 }),
});
const anyContents: fc.Arbitrary<Contents> = fc.record({
  kind: fc.constantFrom('annual' as const, 'monthly' as const),
  planCode: fc.constantFrom('lite', 'standard'),
  options: fc.uniqueArray(option, { selector: ({ code }) => code }),
  licences: fc.integer({ min: 1, max: 5 }),
});
const byCode = (value: Contents) => ({
  ...value,
  options: value.options.toSorted((a, b) => a.code.localeCompare(b.code)),
});

/** 第8条: a change is what it alters, not a set of absolute values. */
describe('a change alters what it names, and nothing else', () => {
  const all: Alteration = {
    kind: 'monthly',
    planCode: 'premium',
    licences: 30,
    options: [{ code: 'sms', quantity: 2 }],
  };

  test('each field by itself', () => {
    const before = contents({ options: [{ code: 'record', quantity: 1 }] });
    expect(alter(before, {})).toEqual(before);
    expect(alter(before, { kind: 'monthly' })).toEqual({ ...before, kind: 'monthly' });
    expect(alter(before, { planCode: 'premium' })).toEqual({ ...before, planCode: 'premium' });
    expect(alter(before, { licences: 30 })).toEqual({ ...before, licences: 30 });
    expect(alter(before, { options: [{ code: 'sms', quantity: 2 }] }).options).toEqual([
      { code: 'record', quantity: 1 },
      { code: 'sms', quantity: 2 },
    ]);
  });

  test('an option of quantity 0 goes, another quantity takes the place of the old one', () => {
    const before = contents({ options: [{ code: 'sms', quantity: 1 }] });
    expect(alter(before, { options: [{ code: 'sms', quantity: 0 }] }).options).toEqual([]);
    expect(alter(before, { options: [{ code: 'sms', quantity: 3 }] }).options).toEqual([
      { code: 'sms', quantity: 3 },
    ]);
    expect(alter(before, { options: [{ code: 'record', quantity: 0 }] }).options).toEqual(before.options);
  });

  test('its fields are those that it names, options each by its code', () => {
    expect(fieldsOf(all)).toEqual(['planCode', 'option:sms', 'licences', 'kind']);
    expect(fieldsOf({ licences: 1 })).toEqual(['licences']);
    expect(fieldsOf({})).toEqual([]);
    expect(isEmpty({})).toBe(true);
    expect(isEmpty({ options: [] })).toBe(true);
    expect(isEmpty({ kind: 'annual' })).toBe(false);
  });

  test('what others took over is taken out of it, field by field', () => {
    expect(without(all, new Set())).toEqual(all);
    for (const field of fieldsOf(all)) {
      const rest = without(all, new Set([field]));
      expect(fieldsOf(rest)).toEqual(fieldsOf(all).filter((each) => each !== field));
    }
    expect(without(all, new Set(fieldsOf(all)))).toEqual({});
    expect(without(all, new Set(['option:record']))).toEqual(all);
  });

  test('the difference of two contents leads from one to the other, and is nothing where they are the same', () => {
    fc.assert(
      fc.property(anyContents, anyContents, (before, after) => {
        const between = alterationBetween(before, after);
        expect(byCode(alter(before, between))).toEqual(byCode(after));
        expect(alterationBetween(before, before)).toEqual({});
        for (const field of ['kind', 'planCode', 'licences'] as const) {
          expect(Object.hasOwn(between, field)).toBe(before[field] !== after[field]);
        }
        const altered = (between.options ?? []).map(({ code }) => code);
        const quantity = (value: Contents, code: string) =>
          value.options.find((each) => each.code === code)?.quantity ?? 0;
        const differing = ['sms', 'record'].filter(
          (code) => quantity(before, code) !== quantity(after, code),
        );
        expect(altered.toSorted()).toEqual(differing.toSorted());
      }),
    );
  });
});
