import { formatYen } from '../base/money.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { BankLine } from './payment-match.ts';
import { fields, recordsOf, type StatementRecord } from './zengin-records.ts';

/** The account that a statement is about. */
export interface StatementAccount {
  bankCode: string;
  branchCode: string;
  accountType: string;
  accountNumber: string;
}

/** One movement of an account. */
export interface StatementEntry {
  account: StatementAccount;
  /** The bank's number for it; blank or zeros where it gives none. */
  inquiryNumber: string;
  on: CivilDate;
  valueOn: CivilDate | null;
  direction: 'in' | 'out';
  amountYen: number;
  /** Who paid, in half-width kana, cut by banks at 48 characters. */
  name: string;
  /** EDI information: what the payer wrote for the operator. */
  reference: string;
  /** A transfer that was cancelled, or an entry that corrects another. */
  cancelled: boolean;
}

export type StatementKind = 'transfers' | 'movements';

export interface Statement {
  kind: StatementKind;
  entries: StatementEntry[];
}

const TO_BRANCH = {
  kind: 1,
  sort: 2,
  code: 1,
  made: 6,
  from: 6,
  to: 6,
  bank: 4,
  bankName: 15,
  branch: 3,
  branchName: 15,
};
const TRANSFER_HEADER = fields({ ...TO_BRANCH, type: 1, number: 7, holder: 40, rest: 93 });
const TRANSFER_DATA = {
  kind: 1,
  inquiry: 6,
  on: 6,
  valueOn: 6,
  amount: 10,
  others: 10,
  client: 10,
  name: 48,
  fromBank: 15,
  fromBranch: 15,
  cancelled: 1,
};
const TRANSFER_A = fields({ ...TRANSFER_DATA, reference: 20, rest: 52 });
const TRANSFER_B = fields({ ...TRANSFER_DATA, longAmount: 12, longOthers: 12, reference: 20, rest: 28 });
const TRANSFER_TRAILER = fields({
  kind: 1,
  count: 6,
  sum: 12,
  cancelledCount: 6,
  cancelledSum: 12,
  rest: 163,
});

const MOVEMENT_HEADER = fields({
  ...TO_BRANCH,
  gap: 3,
  type: 1,
  number: 10,
  holder: 40,
  sign: 1,
  book: 1,
  balance: 14,
  rest: 71,
});
const MOVEMENT = fields({
  kind: 1,
  inquiry: 8,
  on: 6,
  valueOn: 6,
  direction: 1,
  transaction: 2,
  amount: 12,
  others: 12,
  shown: 6,
  returned: 6,
  bill: 1,
  billNumber: 7,
  office: 3,
  client: 10,
  name: 48,
  fromBank: 15,
  fromBranch: 15,
  summary: 20,
  reference: 20,
  rest: 1,
});
const MOVEMENT_TRAILER = fields({
  kind: 1,
  inCount: 6,
  inSum: 13,
  outCount: 6,
  outSum: 13,
  sign: 1,
  balance: 14,
  count: 7,
  rest: 139,
});
/** 訂正: the entry takes another one back. */
const CORRECTION = '19';

/**
 * Reads a bank's statement file (全銀協規定形式): notices of transfers (振込入金通知, form A or B) or movements of accounts
 * (入出金取引明細). Counts and sums of each trailer must agree. Throws StatementFileError, which names the record, for a file
 * that is not wholly in order: nothing of it is taken.
 */
export function readStatement(bytes: Uint8Array): Statement {
  const records = recordsOf(bytes);
  const [first] = records;
  const sort = first?.text.slice(0, 3);
  if (first === undefined || (sort !== '101' && sort !== '103')) {
    throw (first ?? lastOf(records)).fail(
      '振込入金通知（101）または入出金取引明細（103）のヘッダーではありません。',
    );
  }
  const kind: StatementKind = sort === '101' ? 'transfers' : 'movements';
  const entries: StatementEntry[] = [];
  let open: { account: StatementAccount; entries: StatementEntry[] } | null = null;
  let ended = false;
  for (const record of records) {
    if (ended) throw record.fail('エンドレコードの後にレコードがあります。');
    const type = record.text[0];
    if (type === '1' && open === null) {
      if (record.text.slice(0, 3) !== sort) throw record.fail('種類の異なるヘッダーです。');
      open = { account: readAccount(record, kind), entries: [] };
    } else if (type === '2' && open !== null) {
      open.entries.push(
        kind === 'transfers' ? readTransfer(record, open.account) : readMovement(record, open.account),
      );
    } else if (type === '8' && open !== null) {
      checkTrailer(record, kind, open.entries);
      entries.push(...open.entries);
      open = null;
    } else if (type === '9' && open === null) {
      ended = true;
    } else {
      throw record.fail(`ここに「${type}」のレコードは置けません。`);
    }
  }
  if (!ended) throw lastOf(records).fail('ファイルが途中で終わっています（エンドレコードがありません）。');
  return { kind, entries };
}

function lastOf(records: readonly StatementRecord[]): StatementRecord {
  const last = records.at(-1);
  if (last === undefined) throw new RangeError('A file without records.');
  return last;
}

function readAccount(record: StatementRecord, kind: StatementKind): StatementAccount {
  const { bank, branch, type, number } = kind === 'transfers' ? TRANSFER_HEADER : MOVEMENT_HEADER;
  return {
    bankCode: record.digits(bank, '銀行コード'),
    branchCode: record.digits(branch, '支店コード'),
    accountType: record.digits(type, '預金種目'),
    accountNumber: record.digits(number, '口座番号'),
  };
}

function readTransfer(record: StatementRecord, account: StatementAccount): StatementEntry {
  // Form B has two amounts of 12 digits where form A has the EDI information.
  const longAmounts = `${record.raw(TRANSFER_B.longAmount)}${record.raw(TRANSFER_B.longOthers)}`;
  const isFormB = /^\d{24}$/.test(longAmounts);
  const form = isFormB ? TRANSFER_B : TRANSFER_A;
  const cancelled = record.raw(form.cancelled);
  if (!/^[ 01]$/.test(cancelled)) throw record.fail(`取消区分が正しくありません（「${cancelled}」）。`);
  return {
    account,
    inquiryNumber: record.words(form.inquiry),
    on: record.date(form.on, '勘定日'),
    valueOn: record.optionalDate(form.valueOn, '起算日'),
    direction: 'in',
    amountYen: record.amount(isFormB ? TRANSFER_B.longAmount : form.amount, '金額'),
    name: record.words(form.name),
    reference: record.words(form.reference),
    cancelled: cancelled === '1',
  };
}

function readMovement(record: StatementRecord, account: StatementAccount): StatementEntry {
  const direction = record.raw(MOVEMENT.direction);
  if (direction !== '1' && direction !== '2')
    throw record.fail(`入払区分が正しくありません（「${direction}」）。`);
  return {
    account,
    inquiryNumber: record.words(MOVEMENT.inquiry),
    on: record.date(MOVEMENT.on, '勘定日'),
    valueOn: record.optionalDate(MOVEMENT.valueOn, '預入・払出日'),
    direction: direction === '1' ? 'in' : 'out',
    amountYen: record.amount(MOVEMENT.amount, '金額'),
    name: record.words(MOVEMENT.name),
    reference: record.words(MOVEMENT.reference),
    cancelled: record.digits(MOVEMENT.transaction, '取引区分') === CORRECTION,
  };
}

function checkTrailer(
  record: StatementRecord,
  kind: StatementKind,
  entries: readonly StatementEntry[],
): void {
  const agree = (what: string, told: { count: number; sum: number }, own: readonly StatementEntry[]) => {
    const sum = own.reduce((all, { amountYen }) => all + amountYen, 0);
    if (told.count === own.length && told.sum === sum) return;
    throw record.fail(
      `${what}の合計が明細と合いません（トレーラー${told.count}件${formatYen(told.sum)}、明細${own.length}件${formatYen(sum)}）。`,
    );
  };
  if (kind === 'transfers') {
    const { count, sum, cancelledCount, cancelledSum } = TRANSFER_TRAILER;
    const told = { count: record.amount(count, '件数'), sum: record.amount(sum, '金額') };
    const cancelled = {
      count: record.amount(cancelledCount, '取消件数'),
      sum: record.amount(cancelledSum, '取消金額'),
    };
    agree(
      '振込',
      told,
      entries.filter((entry) => !entry.cancelled),
    );
    agree(
      '取消',
      cancelled,
      entries.filter((entry) => entry.cancelled),
    );
    return;
  }
  const { inCount, inSum, outCount, outSum, count } = MOVEMENT_TRAILER;
  const into = { count: record.amount(inCount, '入金件数'), sum: record.amount(inSum, '入金額') };
  const out = { count: record.amount(outCount, '出金件数'), sum: record.amount(outSum, '出金額') };
  agree(
    '入金',
    into,
    entries.filter(({ direction }) => direction === 'in'),
  );
  agree(
    '出金',
    out,
    entries.filter(({ direction }) => direction === 'out'),
  );
  const all = record.amount(count, '件数');
  if (all !== entries.length)
    throw record.fail(`件数が明細と合いません（トレーラー${all}件、明細${entries.length}件）。`);
}

/** A payment with the account that it came to. */
export interface ImportedLine extends BankLine {
  /** Bank, branch, type and number, with hyphens; or what a file without them is said to be of. */
  account: string;
}

/**
 * What came in, as payments to match, and what was taken back, for a person to look at. An id is the account, the day and all
 * that the bank says of the payment, so that a file read twice, or two files that overlap, name the same payment alike.
 * Equal ones of one day without a number of the bank's are counted; with one they are the same payment.
 */
export function paymentsOf({ entries }: Statement): ImportedLine[] {
  const seen = new Map<string, number>();
  return entries
    .filter(({ direction, cancelled, amountYen }) => (direction === 'in' || cancelled) && amountYen > 0)
    .map(({ account, inquiryNumber, on, amountYen, name, reference, cancelled }) => {
      const { bankCode, branchCode, accountType, accountNumber } = account;
      const place = [bankCode, branchCode, accountType, String(Number(accountNumber))].join('-');
      const said = [place, on, inquiryNumber, amountYen, name, reference, cancelled ? '取消' : ''].join('|');
      const position = /[^0 ]/.test(inquiryNumber) ? 1 : (seen.get(said) ?? 0) + 1;
      seen.set(said, position);
      return {
        id: `${said}|${position}`,
        account: place,
        on,
        amountYen,
        name,
        cancelled,
        reference: reference === '' ? null : reference,
      };
    });
}
