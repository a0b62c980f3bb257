import { describe, expect, test } from 'vitest';
import type { FindUnprintable } from '../../../domain/application/printable.ts';
import { normalisePeople, peopleProblems } from '../../../domain/corporation/company-people.ts';
import {
  type CustomerValues,
  changedCustomerFields,
  customerProblems,
  fieldNames,
  isCertified,
  isCustomerField,
  namesRepresentative,
  normaliseCustomer,
  pick,
} from '../../../domain/corporation/customer.ts';

const customer: CustomerValues = {
  companyName: '株式会社髙﨑',
  companyKana: 'カブシキガイシャタカサキ',
  postalCode: '100-0005',
  address: '東京都千代田区丸の内1-1-1',
  phone: '03-1234-5678',
  representativeName: '髙﨑 花子',
  representativeKana: 'タカサキ ハナコ',
};
const printable: FindUnprintable = () => [];
const wrong = (changes: Partial<CustomerValues>) =>
  customerProblems({ ...customer, ...changes }, printable).map(({ field }) => field);

describe('what is registered of a customer (第5条1項)', () => {
  test('is stored in one form; names keep their characters', () => {
    const typed = {
      ...customer,
      companyKana: 'かぶしきがいしゃたかさき',
      postalCode: '〒１０００００５',
      phone: '０３－１２３４－５６７８',
      representativeKana: 'ﾀｶｻｷ　ﾊﾅｺ',
    };
    expect(normaliseCustomer(typed)).toEqual(customer);
  });

  test('is what its fields are, and no more', () => {
    const more = { ...customer, contactEmail: 'a@example.co.jp' };
    expect(pick(more)).toEqual(customer);
    expect(Object.keys(customer).every(isCustomerField)).toBe(true);
    expect(isCustomerField('contactEmail')).toBe(false);
    expect(isCustomerField('corporateNumber')).toBe(false);
  });

  test('has no problem where all is in order', () => {
    expect(wrong({})).toEqual([]);
  });

  test.each<[keyof CustomerValues, string]>([
    ['companyName', ''],
    ['companyKana', '髙﨑'],
    ['postalCode', '1234'],
    ['address', 'カリフォルニア州'],
    ['phone', '12345'],
    ['representativeName', ''],
    ['representativeKana', 'Hanako Takasaki'],
  ])('%s: %j goes back to whoever typed it', (field, text) => {
    expect(wrong({ [field]: text })).toEqual([field]);
  });

  test('a character that no certificate can print is named', () => {
    const find: FindUnprintable = (texts) =>
      texts.some((text) => text.includes('\ue000')) ? [{ char: '\ue000', codePoint: 'U+E000' }] : [];
    const problems = customerProblems({ ...customer, companyName: '株式会社\ue000' }, find);
    expect(problems).toMatchObject([{ field: 'companyName', message: expect.stringContaining('U+E000') }]);
  });
});

describe('a change of what is registered', () => {
  test('is of the fields that differ; what nobody knows does not count', () => {
    expect(changedCustomerFields(customer, customer)).toEqual([]);
    const after = { ...customer, companyName: '株式会社新', phone: '03-9999-9999' };
    expect(changedCustomerFields(customer, after)).toEqual(['companyName', 'phone']);
    expect(changedCustomerFields(customer, { ...customer, representativeName: '' })).toEqual([]);
    expect(changedCustomerFields({ ...customer, representativeName: '' }, customer)).toEqual([
      'representativeName',
    ]);
  });

  test.each([
    [['companyName'], true],
    [['postalCode'], true],
    [['address'], true],
    [['phone', 'address'], true],
    [['companyKana', 'phone', 'representativeName', 'representativeKana'], false],
    [[], false],
  ])('of %j makes another certificate: %s', (fields, certified) => {
    expect(isCertified(fields)).toBe(certified);
  });

  test('of the representative is screened anew (第10条2項③)', () => {
    expect(namesRepresentative(['representativeName'])).toBe(true);
    expect(namesRepresentative(['phone', 'representativeKana'])).toBe(true);
    expect(namesRepresentative(['companyName', 'address'])).toBe(false);
  });

  test('is told with the names of the fields', () => {
    expect(fieldNames(['companyName', 'officers'])).toMatch(/^会社名.*、officers$/);
  });
});

describe('representative and officers (第4条4項③)', () => {
  const people = {
    representativeName: '髙﨑 花子',
    representativeKana: 'タカサキ ハナコ',
    officersText: '佐藤 一郎、サトウ イチロウ、取締役',
  };

  test('are stored in one form and have no problem where all is in order', () => {
    expect(normalisePeople({ ...people, representativeKana: 'たかさき　はなこ' })).toEqual(people);
    expect(peopleProblems(people, printable)).toEqual([]);
  });

  test('go back where a name is missing or no reading', () => {
    const fields = (changes: Partial<typeof people>) =>
      peopleProblems({ ...people, ...changes }, printable).map(({ field }) => field);
    expect(fields({ representativeName: '' })).toEqual(['representativeName']);
    expect(fields({ representativeKana: '花子' })).toEqual(['representativeKana']);
    expect(fields({ officersText: Array(51).fill('佐藤 一郎').join('\n') })).toEqual(['officersText']);
  });
});
