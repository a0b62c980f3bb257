import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ApplicationField, FIELD_LABELS } from '../../../domain/application/application-input.ts';
import {
  askedFields,
  changedFields,
  FIELD_MARK_KINDS,
  leftAsTheyWere,
  type MarkedField,
  markBlock,
  markCounts,
} from '../../../domain/application/field-marks.ts';
import { fieldText } from '../../../domain/application/field-text.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { cleanApplication } from '../../support/application.ts';

const FIELDS = keysOf(FIELD_LABELS);
const marks = fc.uniqueArray(
  fc.record<MarkedField>({
    field: fc.constantFrom(...FIELDS),
    mark: fc.constantFrom(...FIELD_MARK_KINDS, null),
    note: fc.string(),
  }),
  { selector: ({ field }) => field },
);

describe('marks of fields', () => {
  test('what differs is asked, in the order of the form, and nothing else', () => {
    fc.assert(
      fc.property(marks, (given) => {
        const asked = askedFields(given);
        expect(asked.map(({ field }) => field)).toEqual(
          FIELDS.filter((field) => given.some((each) => each.field === field && each.mark === 'differs')),
        );
        for (const { field, note } of asked)
          expect(given.find((each) => each.field === field)?.note).toBe(note);
        expect(markBlock(given) === null).toBe(asked.length === 0);
      }),
    );
  });

  test('every field is checked, differs, or was not looked at', () => {
    fc.assert(
      fc.property(marks, (given) => {
        const { checked, differs, none } = markCounts(given);
        expect(checked + differs + none).toBe(FIELDS.length);
        expect(differs).toBe(askedFields(given).length);
      }),
    );
  });

  test('acceptance is not recommended over a field that differs, which is named', () => {
    expect(markBlock([{ field: 'address', mark: 'differs', note: '番地' }])).toContain('「本店所在地」');
  });
});

describe('a correction', () => {
  test('changes the fields that differ, options by what they hold', () => {
    const before = cleanApplication({ options: [{ code: 'a', quantity: 1 }] });
    expect(changedFields(before, { ...before, options: [{ code: 'a', quantity: 1 }] })).toEqual([]);
    const after = { ...before, phone: '03-9999-0000', options: [{ code: 'a', quantity: 2 }] };
    expect(changedFields(before, after)).toEqual(['phone', 'options']);
  });

  test('leaves open what was asked and not changed', () => {
    const before = cleanApplication();
    const after = { ...before, phone: '03-9999-0000' };
    expect(leftAsTheyWere(['phone', 'address'], before, after)).toEqual(['address']);
    expect(leftAsTheyWere([], before, before)).toEqual([]);
  });
});

test('each field has a text as people read it', () => {
  const input = cleanApplication({ contractKind: 'annual', communicationPayment: 'prepaid', licences: 3 });
  const names = { planName: 'スタンダード', optionNames: [{ name: '録音', quantity: 2 }] };
  const text = (field: ApplicationField) => fieldText(input, field, names);
  expect(text('contractKind')).toBe('年額契約');
  expect(text('communicationPayment')).toBe('プリペイドチャージ');
  expect(text('planCode')).toBe('スタンダード');
  expect(text('options')).toBe('録音 × 2');
  expect(text('licences')).toBe('3ライセンス');
  expect(text('address')).toBe(input.address);
  expect(fieldText(cleanApplication({ usedInJapanOnly: false, licences: 0 }), 'licences', names)).toBe('');
});
