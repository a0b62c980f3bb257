import { describe, expect, test } from 'vitest';
import { type Corporation, registryFindings } from '../../../domain/corporation/registry.ts';

const record: Corporation = {
  number: '1234567890123',
  name: '株式会社髙﨑商会',
  kana: 'タカサキショウカイ',
  postalCode: '1000005',
  address: '東京都千代田区丸の内１丁目２番３号',
  addressOutside: '',
  kind: '301',
  closedOn: '',
  successor: '',
  formerNames: ['高崎食品株式会社'],
  formerAddresses: ['大阪府大阪市北区梅田１丁目１番１号'],
};
const application = { companyName: '株式会社高崎商会', address: '東京都千代田区丸の内1-2-3' };
const found = (changes: Partial<Corporation> = {}, applied: Partial<typeof application> = {}) =>
  registryFindings(
    { ...application, ...applied },
    { state: 'found', record: { ...record, ...changes }, fetchedMs: 0 },
  );
const codes = (...args: Parameters<typeof found>) => found(...args).map(({ code }) => code);

/** 第2条1項, 第3条: name, address, closed or foreign are findings for staff, never a refusal by themselves. */
describe('what the tax agency’s registry says of an applicant', () => {
  test('is nothing where name and address are the same but for old characters, width and lot numbers', () => {
    expect(found()).toEqual([]);
  });

  test.each([
    [{ closedOn: '2026-03-31' }, 'closed', '2026-03-31'],
    [{ closedOn: '2026-03-31', successor: '9876543210987' }, 'merged', '9876543210987'],
    [{ kind: '401' }, 'foreign', ''],
    [{ addressOutside: 'Delaware' }, 'foreign', 'Delaware'],
  ])('%j is for staff to look at: %s', (changes, code, registered) => {
    expect(found(changes)).toMatchObject([{ code, registered, field: 'corporateNumber', outcome: 'review' }]);
  });

  test('a closed foreign corporation is both', () => {
    expect(codes({ closedOn: '2026-03-31', kind: '401' })).toEqual(['closed', 'foreign']);
  });

  test('another name, or one from before', () => {
    expect(found({}, { companyName: '株式会社別' })).toMatchObject([
      { code: 'nameDiffers', field: 'companyName', registered: record.name },
    ]);
    expect(codes({}, { companyName: '高崎食品（株）' })).toEqual(['formerName']);
    expect(codes({}, { companyName: '高崎商会株式会社' })).toEqual(['nameDiffers']);
    expect(codes({ name: '' }, { companyName: '株式会社別' })).toEqual([]);
    expect(codes({}, { companyName: '' })).toEqual([]);
  });

  test('another address, or one from before', () => {
    expect(found({}, { address: '東京都千代田区丸の内1-2-4' })).toMatchObject([
      { code: 'addressDiffers', field: 'address', registered: record.address },
    ]);
    expect(codes({}, { address: '大阪府大阪市北区梅田1-1-1' })).toEqual(['formerAddress']);
    expect(codes({ address: '' })).toEqual([]);
    expect(codes({}, { address: '' })).toEqual([]);
  });

  test('no answer is told as what it is: no key is a note, all else is looked at', () => {
    const of = (answer: Parameters<typeof registryFindings>[1]) =>
      registryFindings(application, answer).map(({ code, outcome, field }) => ({ code, outcome, field }));
    const field = 'corporateNumber';
    expect(of({ state: 'noKey' })).toEqual([{ code: 'notLookedUp', outcome: 'note', field }]);
    expect(of({ state: 'notFound', fetchedMs: 0 })).toEqual([{ code: 'notFound', outcome: 'review', field }]);
    const messages = (['unreachable', 'refused', 'malformed'] as const).map((reason) => {
      expect(of({ state: 'failed', reason })).toEqual([{ code: 'notReached', outcome: 'review', field }]);
      return registryFindings(application, { state: 'failed', reason })[0]?.message;
    });
    expect(new Set(messages).size).toBe(3);
  });
});
