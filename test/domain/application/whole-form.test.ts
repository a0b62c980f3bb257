import { describe, expect, test } from 'vitest';
import {
  type ApplicationField,
  type ApplicationInput,
  checkAgainstCatalogue,
  checkApplication,
  checkStorable,
  FIELD_LABELS,
  MAX_LENGTHS,
} from '../../../domain/application/application-input.ts';
import {
  FORM_ORDER,
  type FormBasis,
  optionField,
  problemsForApplicant,
  problemsForStaff,
  readApplicationForm,
} from '../../../domain/application/form.ts';
import { PREFECTURES, prefectureOf } from '../../../domain/application/prefectures.ts';
import {
  checkPrintable,
  type FindUnprintable,
  unprintableMessage,
} from '../../../domain/application/printable.ts';
import { readInteger } from '../../../domain/application/text.ts';
import { myNumberCheckDigit } from '../../../domain/data/my-number.ts';

const input: ApplicationInput = {
  companyName: '株式会社髙﨑',
  companyKana: 'カブシキガイシャタカサキ',
  corporateNumber: '7000012050002',
  postalCode: '100-0005',
  address: '東京都千代田区丸の内1-1-1',
  phone: '03-1234-5678',
  usePlace: '本社',
  usedInJapanOnly: true,
  representativeName: '髙﨑 花子',
  representativeKana: 'タカサキ ハナコ',
  officersText: '佐藤 一郎、取締役',
  contactName: '鈴木 次郎',
  contactKana: 'スズキ ジロウ',
  contactEmail: 'jiro@example.co.jp',
  contactPhone: '090-1234-5678',
  secondContractReason: '',
  contractKind: 'annual',
  planCode: 'standard',
  options: [{ code: 'sms', quantity: 2 }],
  licences: 10,
  communicationPayment: 'prepaid',
  partnerName: '',
};
const basis: FormBasis = {
  catalogue: { plans: [{ code: 'standard' }], options: [{ code: 'sms' }] },
  unprintable: () => [],
};
const found = (problems: readonly { field: ApplicationField; code: string }[]) =>
  problems.map(({ field, code }) => `${field} ${code}`);

describe('a form as it was typed (第4条2項)', () => {
  const typed = new Map<string, string>(
    Object.entries({
      ...input,
      usedInJapanOnly: 'yes',
      licences: '１０',
      postalCode: '〒1000005',
      options: '',
      [optionField('sms')]: '2',
      [optionField('record')]: '',
    }).map(([field, value]) => [field, String(value)]),
  );
  const read = (changes: Readonly<Record<string, string>> = {}) => {
    const all = new Map([...typed, ...Object.entries(changes)]);
    return readApplicationForm((field) => all.get(field) ?? '', ['sms', 'record']);
  };

  test('becomes an application in normal form, every field in its place', () => {
    expect(read()).toEqual(input);
  });

  test('of which nothing was typed is empty', () => {
    const empty = readApplicationForm(() => '', ['sms']);
    expect(empty).toMatchObject({ companyName: '', options: [], licences: 0, usedInJapanOnly: false });
    expect(
      Object.values(empty).every(
        (value) => value === '' || value === 0 || value === false || Array.isArray(value),
      ),
    ).toBe(true);
  });

  test('keeps a quantity that is no number as one that no check accepts', () => {
    const strange = read({ licences: 'ten', [optionField('sms')]: '1.5' });
    expect(strange).toMatchObject({ licences: -1, options: [{ code: 'sms', quantity: -1 }] });
    expect(found(problemsForApplicant(strange, basis))).toEqual(['options malformed', 'licences tooSmall']);
  });

  test('is in Japan only where that was ticked', () => {
    expect(read({ usedInJapanOnly: 'on' }).usedInJapanOnly).toBe(false);
  });
});

describe('what goes back to the applicant (第3条, 第4条4項①)', () => {
  const problems = (changes: Partial<ApplicationInput>) => found(checkApplication({ ...input, ...changes }));

  test('nothing where all is in order', () => {
    expect(problemsForApplicant(input, basis)).toEqual([]);
    expect(problemsForStaff(input, basis)).toEqual([]);
  });

  const REQUIRED = [
    ...([
      'companyName',
      'companyKana',
      'corporateNumber',
      'postalCode',
      'address',
      'phone',
      'usePlace',
    ] as const),
    ...(['representativeName', 'representativeKana', 'contactName', 'contactKana', 'contactEmail'] as const),
    ...(['contactPhone', 'contractKind', 'planCode', 'communicationPayment'] as const),
  ];
  test.each(REQUIRED)('a gap: %s', (field) => {
    expect(problems({ [field]: '' })).toEqual([`${field} missing`]);
    const [gap] = checkApplication({ ...input, [field]: '' });
    expect(gap).toMatchObject({ ground: 1, message: expect.stringContaining(FIELD_LABELS[field]) });
  });

  test('officers, a reason and a partner may be missing', () => {
    expect(problems({ officersText: '', secondContractReason: '', partnerName: '' })).toEqual([]);
  });

  test.each<[ApplicationField, Partial<ApplicationInput>, string]>([
    ['companyKana', { companyKana: '髙﨑' }, 'malformed'],
    ['representativeKana', { representativeKana: 'Hanako' }, 'malformed'],
    ['contactKana', { contactKana: '鈴木' }, 'malformed'],
    ['corporateNumber', { corporateNumber: '123' }, 'malformed'],
    ['corporateNumber', { corporateNumber: '8000012050002' }, 'checkDigit'],
    ['postalCode', { postalCode: '1000005' }, 'malformed'],
    ['address', { address: '千代田区丸の内1-1-1' }, 'notJapan'],
    ['phone', { phone: '1234' }, 'malformed'],
    ['contactPhone', { contactPhone: '090-1234-567' }, 'malformed'],
    ['contactEmail', { contactEmail: 'jiro' }, 'malformed'],
    ['usedInJapanOnly', { usedInJapanOnly: false }, 'notJapan'],
    ['officersText', { officersText: Array(51).fill('佐藤 一郎').join('\n') }, 'tooLarge'],
    ['contractKind', { contractKind: 'weekly' }, 'unknown'],
    ['communicationPayment', { communicationPayment: 'never' }, 'unknown'],
    ['licences', { licences: 0 }, 'tooSmall'],
  ])('%s: %j', (field, changes, code) => {
    expect(problems(changes)).toEqual([`${field} ${code}`]);
  });

  test('a year or a month, prepaid or postpaid, from one licence on, fifty officers', () => {
    expect(problems({ contractKind: 'monthly', communicationPayment: 'postpaid', licences: 1 })).toEqual([]);
    expect(problems({ officersText: Array(50).fill('佐藤 一郎').join('\n') })).toEqual([]);
  });

  test('what is not on sale', () => {
    const catalogue = { plans: [{ code: 'lite' }], options: [{ code: 'record' }] };
    expect(found(checkAgainstCatalogue(input, catalogue))).toEqual(['planCode unknown', 'options unknown']);
    expect(checkAgainstCatalogue({ ...input, planCode: '', options: [] }, catalogue)).toEqual([]);
    expect(found(problemsForApplicant(input, { ...basis, catalogue }))).toEqual([
      'planCode unknown',
      'options unknown',
    ]);
    expect(problemsForApplicant(input, { ...basis, catalogue: null })).toEqual([]);
  });

  test('one problem for each field, in the order of the form', () => {
    const wrong = { ...input, contactEmail: '', companyName: '', licences: 0, corporateNumber: '1' };
    const fields = problemsForApplicant(wrong, basis).map(({ field }) => field);
    expect(fields).toEqual(FORM_ORDER.filter((field) => fields.includes(field)));
    expect(fields.toSorted()).toEqual(['companyName', 'contactEmail', 'corporateNumber', 'licences']);
  });
});

describe('what may not even be stored', () => {
  const storable = (changes: Partial<ApplicationInput>) => found(checkStorable({ ...input, ...changes }));
  const texts = Object.keys(MAX_LENGTHS) as (keyof typeof MAX_LENGTHS)[];

  test.each(texts)('%s past its length, or with a control character', (field) => {
    const limit = MAX_LENGTHS[field];
    expect(storable({ [field]: '髙'.repeat(limit) })).toEqual([]);
    expect(storable({ [field]: '髙'.repeat(limit + 1) })).toEqual([`${field} tooLong`]);
    expect(storable({ [field]: 'a\u0007' })).toEqual([`${field} forbiddenCharacter`]);
  });

  test('a line break, but in the fields that have lines', () => {
    const broken = texts.filter((field) => storable({ [field]: 'a\nb' }).length === 0);
    expect(broken).toEqual(['officersText', 'secondContractReason']);
  });

  test('an individual number (第21条), but in fields that are numbers', () => {
    const myNumber = `12345678901${myNumberCheckDigit('12345678901')}`;
    const taken = texts.filter((field) => !storable({ [field]: myNumber }).includes(`${field} myNumber`));
    expect(taken).toEqual(['corporateNumber', 'postalCode', 'phone', 'contactPhone']);
  });

  test('numbers of licences and options that are none', () => {
    expect(storable({ licences: 10_000 })).toEqual([]);
    expect(storable({ licences: 10_001 })).toEqual(['licences tooLarge']);
    expect(storable({ licences: 1.5 })).toEqual(['licences tooLarge']);
    for (const quantity of [-1, 0.5, 10_001])
      expect(
        storable({
          options: [
            { code: 'sms', quantity: 1 },
            { code: 'record', quantity },
          ],
        }),
      ).toEqual(['options malformed']);
    expect(storable({ options: [] })).toEqual([]);
  });

  test('staff store a paper with gaps, for the review to find; what it must choose among they mend', () => {
    const gaps = { ...input, companyName: '', contactEmail: '', licences: 0 };
    expect(problemsForStaff(gaps, basis)).toEqual([]);
    const choices = { ...gaps, contractKind: '', communicationPayment: 'never' };
    expect(found(problemsForStaff(choices, basis))).toEqual([
      'contractKind missing',
      'communicationPayment unknown',
    ]);
    expect(found(problemsForStaff({ ...gaps, usePlace: 'a\u0007' }, basis))).toEqual([
      'usePlace forbiddenCharacter',
    ]);
    expect(found(problemsForStaff({ ...gaps, planCode: 'gold' }, basis))).toEqual(['planCode unknown']);
  });
});

describe('what no document can print (第5条1項)', () => {
  const find: FindUnprintable = (given) =>
    given.some((text) => text.includes('\ue000')) ? [{ char: '\ue000', codePoint: 'U+E000' }] : [];

  test('is asked of names and places alone', () => {
    const asked = Object.keys(MAX_LENGTHS).filter(
      (field) => checkPrintable({ ...input, [field]: '\ue000' }, find).length > 0,
    );
    expect(asked.toSorted()).toEqual(
      [
        ...['address', 'companyName', 'contactName', 'officersText'],
        ...['partnerName', 'representativeName', 'usePlace'],
      ].toSorted(),
    );
    expect(checkPrintable({ ...input, usePlace: '\ue000' }, find)).toMatchObject([
      { field: 'usePlace', code: 'unprintable', ground: 1 },
    ]);
    expect(checkPrintable(input, find)).toEqual([]);
    expect(
      found(problemsForApplicant({ ...input, usePlace: '\ue000' }, { ...basis, unprintable: find })),
    ).toEqual(['usePlace unprintable']);
    expect(
      found(problemsForStaff({ ...input, usePlace: '\ue000' }, { ...basis, unprintable: find })),
    ).toEqual(['usePlace unprintable']);
  });

  test('is named: a character that others see as itself, one of a private font by its code', () => {
    expect(unprintableMessage('会社名', [])).toBeNull();
    const message = unprintableMessage('会社名', [
      { char: '😀', codePoint: 'U+1F600' },
      { char: '\ue000', codePoint: 'U+E000' },
    ]);
    expect(message).toContain('「😀」（U+1F600）、U+E000。');
  });
});

test('an address begins with one of 47 prefectures', () => {
  expect(PREFECTURES).toHaveLength(47);
  for (const name of PREFECTURES) expect(prefectureOf(`${name}中央1-1`)).toBe(name);
  expect(prefectureOf('千代田区東京都')).toBeNull();
});

test.each([
  ['１，２３４', 1_234],
  ['007', 7],
  ['999999999', 999_999_999],
  ['1000000000', null],
  ['-1', null],
  ['1.0', null],
  ['', null],
])('a whole number %j is %s', (text, number) => {
  expect(readInteger(text)).toBe(number);
});
