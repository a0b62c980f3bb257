import { plainHyphens, toHalfWidth } from './text.ts';

/** 法人番号 as 13 digits: any width, spaces and hyphens between, a leading T as on qualified invoices (第3条). */
export function normaliseCorporateNumber(raw: string): string {
  const plain = plainHyphens(toHalfWidth(raw));
  const digits = plain.replace(/[\s-]/gu, '').replace(/^[Tt]/, '');
  return /^\d+$/.test(digits) ? digits : plain;
}

/** 郵便番号 as 123-4567: any width, with 〒, spaces, any hyphen or none. */
export function normalisePostalCode(raw: string): string {
  const plain = plainHyphens(toHalfWidth(raw));
  const digits = plain.replace(/[〒\s-]/gu, '');
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 3)}-${digits.slice(3)}` : plain;
}

export function isPostalCode(text: string): boolean {
  return /^\d{3}-\d{4}$/.test(text);
}

/**
 * A Japanese phone number in half-width digits, +81 as 0. The writer's groups are kept where there are any;
 * nobody can tell the area code of a bare number without the numbering plan, so a bare one stays bare.
 */
export function normalisePhone(raw: string): string {
  const plain = plainHyphens(toHalfWidth(raw));
  const national = plain.replace(/^\+81[\s-]*(?:\(0\)[\s-]*)?0?/, '0');
  const groups = national.split(/[\s()-]+/u).filter((group) => group !== '');
  return groups.length > 0 && groups.every((group) => /^\d+$/.test(group)) ? groups.join('-') : plain;
}

/** Ten digits, or eleven for mobile, IP and M2M numbers, beginning with 0 and grouped by single hyphens or not at all. */
export function isPhone(text: string): boolean {
  return /^0\d*(-\d+)*$/.test(text) && /^0\d{9,10}$/.test(text.replaceAll('-', ''));
}

/** A mail address in half-width characters; the domain in lower case, the local part as written. */
export function normaliseEmail(raw: string): string {
  const plain = toHalfWidth(raw);
  const at = plain.lastIndexOf('@');
  return at < 0 ? plain : `${plain.slice(0, at)}@${plain.slice(at + 1).toLowerCase()}`;
}

/** One address that mail can be sent to: ASCII, a domain with a dot, no quoting, no list. */
export function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{1,62}$/.test(
      text,
    )
  );
}
