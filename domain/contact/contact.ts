import { MAX_LENGTHS } from '../application/application-input.ts';
import { isKana, normaliseKana } from '../application/kana.ts';
import { isEmail, isPhone, normaliseEmail, normalisePhone } from '../application/numbers.ts';
import { type FindUnprintable, unprintableMessage } from '../application/printable.ts';
import { characterCount, hasForbiddenCharacter, visibleText } from '../application/text.ts';
import { keysOf } from '../base/keys.ts';
import { containsMyNumber } from '../data/my-number.ts';

/** Who is written to about a contract: confidential documents go there and nowhere else (第12条2項). */
export interface Contact {
  name: string;
  kana: string;
  email: string;
  phone: string;
}

export type ContactField = keyof Contact;

export const CONTACT_LABELS: Record<ContactField, string> = {
  name: '担当者氏名',
  kana: '担当者フリガナ',
  email: 'メールアドレス',
  phone: '電話番号',
};

const FIELDS = keysOf(CONTACT_LABELS);
const LIMITS: Record<ContactField, number> = {
  name: MAX_LENGTHS.contactName,
  kana: MAX_LENGTHS.contactKana,
  email: MAX_LENGTHS.contactEmail,
  phone: MAX_LENGTHS.contactPhone,
};

/** The contact in its normal form; the name keeps its characters. */
export function normaliseContact(contact: Contact): Contact {
  return {
    name: visibleText(contact.name),
    kana: normaliseKana(contact.kana),
    email: normaliseEmail(contact.email),
    phone: normalisePhone(contact.phone),
  };
}

/** What keeps a normalised contact from being registered, in the order of the fields. */
export function contactProblems(
  contact: Contact,
  unprintable: FindUnprintable,
): { field: ContactField; message: string }[] {
  return FIELDS.flatMap((field) => {
    const message =
      problemOf(field, contact[field]) ??
      (field === 'name' ? unprintableMessage(CONTACT_LABELS.name, unprintable([contact.name])) : null);
    return message === null ? [] : [{ field, message }];
  });
}

function problemOf(field: ContactField, text: string): string | null {
  const label = CONTACT_LABELS[field];
  if (text === '') return `${label}を入力してください。`;
  if (hasForbiddenCharacter(text, false))
    return `${label}に使えない文字が含まれています。1行で入力してください。`;
  if (characterCount(text) > LIMITS[field]) return `${label}は${LIMITS[field]}文字以内で入力してください。`;
  switch (field) {
    case 'name':
      return containsMyNumber(text)
        ? `${label}に個人番号（マイナンバー）と思われる数字があります。削除してください（第21条）。`
        : null;
    case 'kana':
      return isKana(text) ? null : `${label}は全角カタカナで入力してください。`;
    case 'email':
      return isEmail(text) ? null : `${label}の形式を確認してください。例：name@example.co.jp`;
    case 'phone':
      return isPhone(text) ? null : `${label}は、市外局番からの10桁または11桁の数字で入力してください。`;
  }
}

/** The fields in which two contacts differ. */
export function changedFields(before: Contact, after: Contact): ContactField[] {
  return FIELDS.filter((field) => before[field] !== after[field]);
}

/** A second person confirms a new mail address: the certificate is confidential and goes there (第12条2項). */
export function needsSecondPerson(fields: readonly ContactField[]): boolean {
  return fields.includes('email');
}
