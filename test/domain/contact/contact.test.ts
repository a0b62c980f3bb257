import { expect, test } from 'vitest';
import { type ContactField, needsSecondPerson } from '../../../domain/contact/contact.ts';

test.each<[ContactField[], boolean]>([
  [['email'], true],
  [['name'], true],
  [['phone'], true],
  [['name', 'kana'], true],
  [['kana'], false],
  [[], false],
])('by what a contact is known takes a second person to change: %j', (fields, needed) => {
  expect(needsSecondPerson(fields)).toBe(needed);
});
