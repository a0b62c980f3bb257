import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { plainHyphens, toHalfWidth } from './text.ts';

const JAPAN = '81';

/** 郵便番号 as 123-4567: any width, with 〒, spaces, any hyphen or none. */
export function normalisePostalCode(raw: string): string {
  const plain = plainHyphens(toHalfWidth(raw));
  const digits = plain.replace(/[〒\s-]/gu, '');
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 3)}-${digits.slice(3)}` : plain;
}

export function isPostalCode(text: string): boolean {
  return /^\d{3}-\d{4}$/.test(text);
}

/** What people write behind a number: a word in brackets, an extension. */
const WORDS_BEHIND = /(?:\([^()\d]*\)|[( -]*(?:内線|ext|x|代表|代|直通|共通|番)[.:\s]*\d{0,6}\)?)+$/iu;
const WORD_BEFORE = /^(?:電話(?:番号)?|代表|携帯|tel|phone|t)?[\s.:☎☏℡-]*(?=[+(0])/iu;

/**
 * A Japanese phone number in half-width digits, +81 as 0, without the words around it (TEL, 代表, 内線12). The writer's
 * groups are kept where there are any, whatever parts them; a bare one stays bare. What is no number, more than one or a
 * foreign one comes back as typed.
 */
export function normalisePhone(raw: string): string {
  const plain = plainHyphens(toHalfWidth(raw));
  const number = plain.replace(WORD_BEFORE, '').replace(WORDS_BEHIND, '').trim();
  const parsed = parsePhoneNumberFromString(number.replace(/[・_~〜]/gu, '-'), 'JP');
  if (parsed?.countryCallingCode !== JAPAN) return plain;
  const national = number.replace(/^\+81[\s-]*(?:\(0\)[\s-]*)?0?/, '0');
  const groups = national.match(/\d+/g) ?? [];
  return groups.join('') === `0${parsed.nationalNumber}` ? groups.join('-') : plain;
}

/** Mobile, IP and M2M numbers, and 0800: eleven digits; all others have ten. */
const ELEVEN_DIGITS = /^0(?:20|[5-9]0|800)/;

/** A number of the Japanese numbering plan, grouped by single hyphens or not at all. */
export function isPhone(text: string): boolean {
  if (!/^0\d*(-\d+)*$/.test(text)) return false;
  const digits = text.replaceAll('-', '');
  // 06-0… is an area code and a 0; 060-… is a mobile number.
  const twoDigitArea = /^0[1-9]-/.test(text);
  return !twoDigitArea && ELEVEN_DIGITS.test(digits) ? digits.length === 11 : /^0[1-9]\d{8}$/.test(digits);
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
