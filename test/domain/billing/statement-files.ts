/** Writes statement files as banks do, field by field from the layout, without the code that reads them. */

export interface TransferFact {
  inquiry: string;
  /** YYMMDD of the era. */
  on: string;
  amount: number;
  name: string;
  reference?: string;
  cancelled?: boolean;
}

export interface MovementFact {
  inquiry: string;
  on: string;
  direction: '1' | '2';
  transaction: '10' | '11' | '14' | '18' | '19';
  amount: number;
  name: string;
  reference?: string;
}

const left = (text: string, length: number) => text.slice(0, length).padEnd(length, ' ');
const right = (value: number | string, length: number) => String(value).padStart(length, '0');
const sum = (facts: readonly { amount: number }[]) => facts.reduce((all, { amount }) => all + amount, 0);

const header = (sort: '01' | '03', account: string) =>
  left(`1${sort}0081201081201081231${'9999'}${left('ﾐﾎﾝ', 15)}001${left('ﾎﾝﾃﾝ', 15)}${account}`, 200);

/** 振込入金通知 of one account; form B carries amounts of 12 digits. */
export function transferRecords(facts: readonly TransferFact[], form: 'A' | 'B' = 'A'): string[] {
  const kept = facts.filter(({ cancelled }) => cancelled !== true);
  const cancelled = facts.filter((fact) => fact.cancelled === true);
  const data = facts.map((fact) => {
    const amounts = form === 'A' ? [right(fact.amount, 10), right(0, 10)] : [right(0, 10), right(0, 10)];
    const start = `2${right(fact.inquiry, 6)}${fact.on}${fact.on}${amounts.join('')}${right(0, 10)}${left(fact.name, 48)}`;
    const bank = `${left('ﾐﾎﾝ', 15)}${left('ﾎﾝﾃﾝ', 15)}${fact.cancelled === true ? '1' : ' '}`;
    const long = form === 'A' ? '' : `${right(fact.amount, 12)}${right(0, 12)}`;
    return left(`${start}${bank}${long}${left(fact.reference ?? '', 20)}`, 200);
  });
  const trailer = `8${right(kept.length, 6)}${right(sum(kept), 12)}${right(cancelled.length, 6)}${right(sum(cancelled), 12)}`;
  return [header('01', `1${'1234567'}${left('ｶ)ﾐﾎﾝ', 40)}`), ...data, left(trailer, 200)];
}

/** 入出金取引明細 of one account. */
export function movementRecords(facts: readonly MovementFact[]): string[] {
  const [into, out] = ['1', '2'].map((direction) => facts.filter((fact) => fact.direction === direction));
  const data = facts.map(({ inquiry, on, direction, transaction, amount, name, reference = '' }) => {
    const start = `2${right(inquiry, 8)}${on}${on}${direction}${transaction}${right(amount, 12)}${right(0, 12)}`;
    const bill = `${right(0, 6)}${right(0, 6)}0${right(0, 7)}${right(0, 3)}${right(0, 10)}`;
    return left(
      `${start}${bill}${left(name, 48)}${left('', 15)}${left('', 15)}${left('ﾌﾘｺﾐ', 20)}${left(reference, 20)}`,
      200,
    );
  });
  const balance = `1${right(100_000, 14)}`;
  const trailer = `8${right(into?.length ?? 0, 6)}${right(sum(into ?? []), 13)}${right(out?.length ?? 0, 6)}${right(sum(out ?? []), 13)}${balance}${right(facts.length, 7)}`;
  const account = `   1${right('1234567', 10)}${left('ｶ)ﾐﾎﾝ', 40)}11${right(100_000, 14)}`;
  return [header('03', account), ...data, left(trailer, 200)];
}

export const END = left('9', 200);

/** In JIS X 0201, with CR LF after each record or without. */
export function statementFile(records: readonly string[], lineEnd: '' | '\r\n' = '\r\n'): Uint8Array {
  const text = records.map((record) => `${record}${lineEnd}`).join('');
  return Uint8Array.from([...text], (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code >= 0xff61 ? code - 0xff61 + 0xa1 : code;
  });
}
