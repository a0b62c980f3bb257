import { describe, expect, test } from 'vitest';
import type { FindUnprintable } from '../../../domain/application/printable.ts';
import {
  type Contact,
  type ContactField,
  changedFields,
  contactProblems,
  needsSecondPerson,
  normaliseContact,
} from '../../../domain/contact/contact.ts';
import { myNumberCheckDigit } from '../../../domain/data/my-number.ts';

const contact: Contact = {
  name: '髙橋 花子',
  kana: 'タカハシ ハナコ',
  email: 'hanako@example.co.jp',
  phone: '03-1234-5678',
};
const printable: FindUnprintable = () => [];
const fieldsWrong = (changes: Partial<Contact>, find = printable) =>
  contactProblems({ ...contact, ...changes }, find).map(({ field }) => field);
const messageOf = (changes: Partial<Contact>, find = printable) =>
  contactProblems({ ...contact, ...changes }, find)[0]?.message;

test('a contact is stored in one form: width, kana and the domain’s case; the name keeps its characters', () => {
  expect(
    normaliseContact({
      name: '  髙橋 花子 ',
      kana: 'たかはし　ﾊﾅｺ',
      email: 'Hanako＠EXAMPLE.co.jp',
      phone: '０３（１２３４）５６７８',
    }),
  ).toEqual({
    name: '髙橋 花子',
    kana: 'タカハシ ハナコ',
    email: 'Hanako@example.co.jp',
    phone: '03-1234-5678',
  });
});

describe('what keeps a contact from being registered (第12条2項)', () => {
  test('nothing where all is in order', () => {
    expect(contactProblems(contact, printable)).toEqual([]);
  });

  test('every gap, in the order of the form', () => {
    const empty = { name: '', kana: '', email: '', phone: '' };
    expect(fieldsWrong(empty)).toEqual(['name', 'kana', 'email', 'phone']);
    expect(messageOf(empty)).toBe('担当者氏名を入力してください。');
  });

  test.each([
    ['kana', '高橋'],
    ['email', 'hanako@localhost'],
    ['email', 'a@example.jp, b@example.jp'],
    ['phone', '12345'],
    ['phone', '+1 212 555 0100'],
  ] as [ContactField, string][])('%s %s', (field, text) => {
    expect(fieldsWrong({ [field]: text })).toEqual([field]);
  });

  test('a line break or a control character in any field', () => {
    for (const field of ['name', 'kana', 'email', 'phone'] as const) {
      expect(fieldsWrong({ [field]: `${contact[field]}\n` })).toEqual([field]);
      expect(messageOf({ [field]: `${contact[field]}\u0007` })).toContain('使えない文字');
    }
  });

  test('a name beyond its length, but not one of that length', () => {
    const longest = [...Array(1_000).keys()].findLast(
      (length) => fieldsWrong({ name: 'あ'.repeat(length) }).length === 0 && length > 0,
    );
    expect(longest).toBeGreaterThanOrEqual(20);
    expect(longest).toBeLessThan(999);
    expect(messageOf({ name: 'あ'.repeat((longest ?? 0) + 1) })).toContain(`${longest}文字以内`);
  });

  test('an individual number in the name (第21条)', () => {
    const base = '12345678901';
    expect(messageOf({ name: `高橋 ${base}${myNumberCheckDigit(base)}` })).toContain('第21条');
  });

  test('a character that no document can print, in the name alone', () => {
    const find: FindUnprintable = (texts) =>
      texts.some((text) => text.includes('\ue000')) ? [{ char: '\ue000', codePoint: 'U+E000' }] : [];
    expect(fieldsWrong({ name: '高橋\ue000' }, find)).toEqual(['name']);
    expect(messageOf({ name: '高橋\ue000' }, find)).toContain('U+E000');
    const asked: (readonly string[])[] = [];
    contactProblems(contact, (texts) => {
      asked.push(texts);
      return [];
    });
    expect(asked).toEqual([[contact.name]]);
  });
});

describe('a change of the contact', () => {
  test('names the fields that differ, and nothing where none does', () => {
    expect(changedFields(contact, contact)).toEqual([]);
    expect(changedFields(contact, { ...contact, phone: '03-1234-5679', name: '高橋 花子' })).toEqual([
      'name',
      'phone',
    ]);
  });

  test.each<[ContactField[], boolean]>([
    [['email'], true],
    [['name'], true],
    [['phone'], true],
    [['name', 'kana'], true],
    [['kana'], false],
    [[], false],
  ])('of that by which a contact is known takes a second person: %j (第12条2項)', (fields, needed) => {
    expect(needsSecondPerson(fields)).toBe(needed);
  });
});
