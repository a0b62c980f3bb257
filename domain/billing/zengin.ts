import { normaliseKana } from '../application/kana.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { requireYen } from '../base/money.ts';
import { type CivilDate, yearMonthDay } from '../calendar/civil-date.ts';

/** Bytes of a record of the banks' transfer file (全銀協規定形式, 総合振込). */
export const ZENGIN_RECORD_BYTES = 120;
/** What one record can carry, in yen. */
const MAX_TRANSFER_YEN = 9_999_999_999;
const MAX_RECORDS = 999_999;

/** 1 ordinary, 2 current, 4 savings. */
export const ACCOUNT_TYPES = ['1', '2', '4'] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

export interface BankAccount {
  bankCode: string;
  branchCode: string;
  accountType: AccountType;
  /** Up to 7 digits. */
  accountNumber: string;
  /** In the characters that banks take; see `zenginText`. */
  holderKana: string;
}

/** The account that pays, and the bank's number for the payer. */
export interface Payer extends BankAccount {
  clientCode: string;
}

export interface Transfer {
  account: BankAccount;
  amountYen: number;
  /** Up to 20 digits or capitals that come back on the statement: which contract it was. */
  reference: string;
}

const HALF_KANA: Readonly<Record<string, string>> = Object.fromEntries(
  [...'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン'].map(
    (full, index) => [full, [...'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ'][index] ?? ''],
  ),
);
/** Small kana, and ヲ ヰ ヱ, have no place in a transfer: banks write them as their plain sounds. */
export const LARGE_KANA: Readonly<Record<string, string>> = Object.fromEntries(
  [...'ァィゥェォッャュョヮヵヶヲヰヱ'].map((kana, index) => [
    kana,
    [...'アイウエオツヤユヨワカケオイエ'][index] ?? '',
  ]),
);
const MARKS: Readonly<Record<string, string>> = {
  '\u3099': 'ﾞ',
  '\u309a': 'ﾟ',
  ー: '-',
  '・': '.',
  '「': '｢',
  '」': '｣',
};
const ALLOWED = /^[ｱ-ﾝﾞﾟA-Z0-9 ().,\-/｢｣\\]$/u;
/** A voicing mark that belongs to no letter. */
const LONE_MARK = /[\u3099\u309A\u309B\u309C]/u;

/**
 * A name in the characters of the transfer file: kana become half-width and large, ヲ as オ, letters capitals, the long vowel
 * a hyphen. Throws InvalidValueError that names the first character without a place there; the message shows no more of it.
 */
export function zenginText(raw: string): string {
  let text = '';
  for (const whole of normaliseKana(raw)) {
    // A mark on its own would come apart into a space and a mark.
    if (LONE_MARK.test(whole)) throw refused(whole);
    for (const char of whole.normalize('NFKD').toUpperCase()) {
      const kana = LARGE_KANA[char] ?? char;
      const written = HALF_KANA[kana] ?? MARKS[kana] ?? kana;
      if (!ALLOWED.test(written)) throw refused(char);
      text += written;
    }
  }
  return text;
}

function refused(char: string): InvalidValueError {
  return new InvalidValueError(
    `口座名義に、振込データで使えない文字「${char}」があります。カナ・英大文字・数字・記号（ . , ( ) - / 「 」 ）で入力してください。`,
  );
}

/** Bytes of a text in JIS X 0201: what Shift_JIS makes of half-width letters and kana. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from([...text], (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xff61 && code <= 0xff9f) return code - 0xff61 + 0xa1;
    if (code > 0x7e) throw new InvalidValueError(`振込データで使えない文字「${char}」があります。`);
    return code;
  });
}

function digits(value: string | number, length: number, what: string): string {
  const text = String(value);
  if (!/^\d+$/.test(text) || text.length > length) {
    throw new InvalidValueError(`${what}は${length}桁以内の数字で指定してください。`);
  }
  return text.padStart(length, '0');
}

/** Left-justified, filled with spaces; what is longer is cut as banks cut it. */
function words(text: string, length: number): string {
  return zenginText(text).slice(0, length).padEnd(length, ' ');
}

/** Checks an account before it is stored. Throws InvalidValueError in words for staff. */
export function checkBankAccount(account: BankAccount): BankAccount {
  const { bankCode, branchCode, accountType, accountNumber, holderKana } = account;
  if (!/^\d{4}$/.test(bankCode)) throw new InvalidValueError('銀行コードは4桁の数字で入力してください。');
  if (!/^\d{3}$/.test(branchCode)) throw new InvalidValueError('支店コードは3桁の数字で入力してください。');
  const holder = zenginText(holderKana);
  if (holder === '') throw new InvalidValueError('口座名義を入力してください。');
  return {
    bankCode,
    branchCode,
    accountType,
    accountNumber: digits(accountNumber, 7, '口座番号'),
    holderKana: holder,
  };
}

/**
 * The transfer file for the bank: header, one data record for each transfer, trailer with count and sum, end. Each record
 * has 120 bytes in JIS X 0201 and ends with CR LF. Throws InvalidValueError that names the reference of a transfer that has
 * no place in it.
 */
export function zenginFile(payer: Payer, transferOn: CivilDate, transfers: readonly Transfer[]): Uint8Array {
  if (transfers.length === 0) throw new InvalidValueError('振込データに入れる返金がありません。');
  if (transfers.length > MAX_RECORDS) throw new InvalidValueError(`振込データは${MAX_RECORDS}件までです。`);
  const rows = transfers.map(data);
  const totalYen = transfers.reduce((sum, { amountYen }) => sum + BigInt(amountYen), 0n);
  const records = [
    header(payer, transferOn),
    ...rows,
    `8${digits(transfers.length, 6, '件数')}${digits(String(totalYen), 12, '合計金額')}`,
    '9',
  ];
  return bytesOf(records.map((record) => `${record.padEnd(ZENGIN_RECORD_BYTES, ' ')}\r\n`).join(''));
}

function header(payer: Payer, transferOn: CivilDate): string {
  const { month, day } = yearMonthDay(transferOn);
  return [
    '1',
    '21',
    '0',
    digits(payer.clientCode, 10, '振込依頼人コード'),
    words(payer.holderKana, 40),
    digits(month, 2, '月'),
    digits(day, 2, '日'),
    digits(payer.bankCode, 4, '銀行コード'),
    ' '.repeat(15),
    digits(payer.branchCode, 3, '支店コード'),
    ' '.repeat(15),
    payer.accountType,
    digits(payer.accountNumber, 7, '口座番号'),
  ].join('');
}

function data({ account, amountYen, reference }: Transfer): string {
  try {
    requireYen(amountYen, '振込金額');
    if (amountYen === 0 || amountYen > MAX_TRANSFER_YEN) {
      throw new InvalidValueError('振込金額は1円から9,999,999,999円までです。');
    }
    return [
      '2',
      digits(account.bankCode, 4, '銀行コード'),
      ' '.repeat(15),
      digits(account.branchCode, 3, '支店コード'),
      ' '.repeat(15),
      ' '.repeat(4),
      account.accountType,
      digits(account.accountNumber, 7, '口座番号'),
      words(account.holderKana, 30),
      digits(amountYen, 10, '振込金額'),
      '0',
      words(reference, 20),
      '7',
      ' ',
    ].join('');
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw new InvalidValueError(`${reference}：${error.message}`);
  }
}
