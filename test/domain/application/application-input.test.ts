import { describe, expect, test } from 'vitest';
import {
  type ApplicationField,
  type ApplicationInput,
  checkAgainstCatalogue,
  checkApplication,
  checkStorable,
  MAX_LENGTHS,
  normaliseApplication,
} from '../../../domain/application/application-input.ts';
import { myNumberCheckDigit } from '../../../domain/data/my-number.ts';

const GOOD: ApplicationInput = {
  companyName: '株式会社髙﨑ボイス',
  companyKana: 'タカサキボイス',
  corporateNumber: '7000012050002',
  postalCode: '100-0005',
  address: '東京都千代田区丸の内1丁目9番1号',
  phone: '03-1234-5678',
  usePlace: '本店所在地と同じ',
  usedInJapanOnly: true,
  representativeName: '髙﨑 太郎',
  representativeKana: 'タカサキ タロウ',
  officersText: '',
  contactName: '山田 次郎',
  contactKana: 'ヤマダ ジロウ',
  contactEmail: 'jiro@example.co.jp',
  contactPhone: '090-1234-5678',
  secondContractReason: '',
  contractKind: 'annual',
  planCode: 'standard',
  options: [],
  licences: 10,
  communicationPayment: 'prepaid',
  partnerName: '',
};

const codesOf = (changes: Partial<ApplicationInput>) =>
  checkApplication({ ...GOOD, ...changes }).map(({ field, code }) => `${field}:${code}`);

test('a whole application has no problem', () => {
  expect(checkApplication(GOOD)).toEqual([]);
  expect(checkStorable(GOOD)).toEqual([]);
});

describe('every mistake and gap is a problem of ground 1 at its field (第4条4項①)', () => {
  const empty: Partial<ApplicationInput> = {
    companyName: '',
    companyKana: '',
    corporateNumber: '',
    postalCode: '',
    address: '',
    phone: '',
    usePlace: '',
    representativeName: '',
    representativeKana: '',
    contactName: '',
    contactKana: '',
    contactEmail: '',
    contactPhone: '',
    contractKind: '',
    planCode: '',
    communicationPayment: '',
  };
  test.each(Object.keys(empty) as ApplicationField[])('%s missing', (field) => {
    expect(codesOf({ [field]: '' })).toEqual([`${field}:missing`]);
  });

  test.each<[string, Partial<ApplicationInput>]>([
    ['companyKana:malformed', { companyKana: '髙﨑' }],
    ['corporateNumber:malformed', { corporateNumber: '700001205000' }],
    ['corporateNumber:checkDigit', { corporateNumber: '8000012050002' }],
    ['postalCode:malformed', { postalCode: '100-005' }],
    ['address:notJapan', { address: '1 Main Street, Springfield' }],
    ['phone:malformed', { phone: '1234' }],
    ['usedInJapanOnly:notJapan', { usedInJapanOnly: false }],
    ['officersText:tooLarge', { officersText: '佐藤花子\n'.repeat(51) }],
    ['contactEmail:malformed', { contactEmail: 'jiro@' }],
    ['contractKind:unknown', { contractKind: 'weekly' }],
    ['communicationPayment:unknown', { communicationPayment: 'cash' }],
    ['licences:tooSmall', { licences: 0 }],
    ['licences:tooSmall', { licences: -1 }],
  ])('%s', (code, changes) => expect(codesOf(changes)).toEqual([code]));

  test('an application without a single entry names every required field once', () => {
    const problems = checkApplication({ ...GOOD, ...empty, usedInJapanOnly: false, licences: 0 });
    expect(new Set(problems.map(({ field }) => field)).size).toBe(problems.length);
    expect(problems).toHaveLength(Object.keys(empty).length + 2);
    expect(problems.every(({ ground }) => ground === 1)).toBe(true);
  });

  test('a plan or option that is not on sale', () => {
    const catalogue = { plans: [{ code: 'standard' }], options: [{ code: 'sms' }] };
    expect(checkAgainstCatalogue(GOOD, catalogue)).toEqual([]);
    const input = { ...GOOD, planCode: 'gold', options: [{ code: 'fax', quantity: 1 }] };
    expect(checkAgainstCatalogue(input, catalogue).map(({ field }) => field)).toEqual([
      'planCode',
      'options',
    ]);
  });
});

describe('what may not even be stored', () => {
  test.each(Object.keys(MAX_LENGTHS) as (keyof typeof MAX_LENGTHS)[])('%s longer than its limit', (field) => {
    const input = { ...GOOD, [field]: '髙'.repeat(MAX_LENGTHS[field] + 1) };
    expect(checkStorable(input).map((problem) => `${problem.field}:${problem.code}`)).toEqual([
      `${field}:tooLong`,
    ]);
    expect(checkStorable({ ...GOOD, [field]: '髙'.repeat(MAX_LENGTHS[field]) })).toEqual([]);
  });

  test('control characters, and line breaks in one-line fields', () => {
    expect(checkStorable({ ...GOOD, companyName: '株式会社\0' })[0]?.code).toBe('forbiddenCharacter');
    expect(checkStorable({ ...GOOD, contactName: '山田\n次郎' })[0]?.code).toBe('forbiddenCharacter');
    expect(checkStorable({ ...GOOD, officersText: '佐藤花子\n鈴木一郎' })).toEqual([]);
  });

  test('a My Number in free text; the digits of a 法人番号 are none (第21条)', () => {
    const base = '12345678901';
    const myNumber = `${base}${myNumberCheckDigit(base)}`;
    const [problem] = checkStorable({ ...GOOD, officersText: `佐藤花子、${myNumber}` });
    expect(problem).toMatchObject({ field: 'officersText', code: 'myNumber' });
    expect(problem?.message).not.toContain(myNumber);
  });

  test('numbers that no column holds', () => {
    expect(checkStorable({ ...GOOD, licences: 10_001 })[0]?.field).toBe('licences');
    expect(checkStorable({ ...GOOD, licences: Number.NaN })[0]?.field).toBe('licences');
    expect(checkStorable({ ...GOOD, options: [{ code: 'sms', quantity: -1 }] })[0]?.field).toBe('options');
  });
});

test('normalising keeps names as written and brings the rest into one form', () => {
  const normal = normaliseApplication({
    ...GOOD,
    companyName: '\u3000㈱髙﨑ボイス ',
    companyKana: 'たかさきﾎﾞｲｽ',
    corporateNumber: 'Ｔ７０００－０１２０－５０００２',
    postalCode: '１０００００５',
    contactEmail: 'ｊｉｒｏ＠Example.CO.JP',
  });
  expect(normal).toMatchObject({
    companyName: '㈱髙﨑ボイス',
    companyKana: 'タカサキボイス',
    corporateNumber: '7000012050002',
    postalCode: '100-0005',
    contactEmail: 'jiro@example.co.jp',
  });
});

describe('no address of the web gets into mails and documents through a name or place', () => {
  const FIELDS: readonly ApplicationField[] = [
    'companyName',
    'usePlace',
    'representativeName',
    'contactName',
    'partnerName',
    'officersText',
  ];

  test.each([
    'https://evil.example/',
    '当選おめでとうございます http://evil.example',
    'ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ',
    'www.evil.example',
    'evil.example/win?x=1',
    'evil。example/win',
    '当選.evil.example:8080',
    'mailto:a@evil.example',
    'ht\u200Btps://evil.example/',
  ])('%s', (link) => {
    for (const field of FIELDS) {
      const input = normaliseApplication({ ...GOOD, [field]: link });
      expect(checkApplication(input)).toMatchObject([
        { field, code: 'malformed', message: expect.stringContaining('URL') },
      ]);
    }
    const address = `${GOOD.address} ${link}`;
    expect(checkApplication(normaliseApplication({ ...GOOD, address }))).toMatchObject([
      { field: 'address' },
    ]);
  });

  test.each(['株式会社価格.com', 'A.B商事/営業部', 'J.R. スミス', '昭和35.1.2生', 'Yahoo! JAPAN株式会社'])(
    '%s is no address',
    (name) => {
      expect(codesOf({ companyName: name, contactName: name, officersText: name })).toEqual([]);
    },
  );
});
