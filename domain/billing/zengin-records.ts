import { InvalidValueError } from '../base/invalid-value.ts';
import { keysOf } from '../base/keys.ts';
import { type CivilDate, civilDate } from '../calendar/civil-date.ts';

/** Bytes of a record of the banks' statement files (全銀協規定形式). */
export const STATEMENT_RECORD_BYTES = 200;
/** Added to a year of the era in force (令和8年 = 2026年). */
const ERA_YEARS = 2018;
const [CR, LF, END_OF_FILE] = [0x0d, 0x0a, 0x1a];

/** A file that cannot be taken: nothing of it is. The message names the record and the reason. */
export class StatementFileError extends InvalidValueError {
  override readonly name = 'StatementFileError';

  constructor(line: number, reason: string) {
    super(`${line}行目：${reason}`);
  }
}

/** A field by its first byte (from 0) and its length. */
export type Field = readonly [start: number, length: number];

/** One record of 200 characters with its number in the file. */
export class StatementRecord {
  readonly text: string;
  readonly line: number;

  constructor(text: string, line: number) {
    this.text = text;
    this.line = line;
  }

  fail(reason: string): StatementFileError {
    return new StatementFileError(this.line, reason);
  }

  raw([start, length]: Field): string {
    return this.text.slice(start, start + length);
  }

  /** Left-justified text without the spaces around it. */
  words(field: Field): string {
    return this.raw(field).trim();
  }

  /** Digits as they stand. */
  digits(field: Field, what: string): string {
    const raw = this.raw(field);
    if (!/^\d+$/.test(raw)) throw this.fail(`${what}が数字ではありません（「${raw.trim()}」）。`);
    return raw;
  }

  /** A number of yen or records; a field of 14 digits is exact. */
  amount(field: Field, what: string): number {
    return Number(this.digits(field, what));
  }

  /** YYMMDD of the era in force. */
  date(field: Field, what: string): CivilDate {
    const digits = this.digits(field, what);
    const year = ERA_YEARS + Number(digits.slice(0, 2));
    try {
      return civilDate(`${year}-${digits.slice(2, 4)}-${digits.slice(4)}`);
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      throw this.fail(`${what}は暦に無い日付です（${digits}）。`);
    }
  }

  /** A date that banks leave blank or 0 where it does not apply. */
  optionalDate(field: Field, what: string): CivilDate | null {
    return /^[ 0]*$/.test(this.raw(field)) ? null : this.date(field, what);
  }
}

/** Places fields one after the other: `fields({ kind: 1, name: 15 })`. */
export function fields<K extends string>(lengths: Readonly<Record<K, number>>): Record<K, Field> {
  let start = 0;
  const placed: Partial<Record<K, Field>> = {};
  for (const name of keysOf(lengths)) {
    placed[name] = [start, lengths[name]];
    start += lengths[name];
  }
  if (start !== STATEMENT_RECORD_BYTES) throw new RangeError(`A record of ${start} bytes.`);
  return placed as Record<K, Field>;
}

/** The records of a file: 200 bytes each in JIS X 0201, each with CR LF after it or none. Throws StatementFileError. */
export function recordsOf(bytes: Uint8Array): StatementRecord[] {
  const end = bytes.at(-1) === END_OF_FILE ? bytes.length - 1 : bytes.length;
  const broken = bytes[STATEMENT_RECORD_BYTES] === CR;
  const records: StatementRecord[] = [];
  for (let at = 0; at < end; ) {
    const line = records.length + 1;
    const slice = bytes.subarray(at, Math.min(at + STATEMENT_RECORD_BYTES, end));
    if (slice.length < STATEMENT_RECORD_BYTES) {
      throw new StatementFileError(
        line,
        `レコードが${STATEMENT_RECORD_BYTES}バイトに足りません（${slice.length}バイト）。`,
      );
    }
    records.push(new StatementRecord(textOf(slice, line), line));
    at += STATEMENT_RECORD_BYTES;
    if (!broken) continue;
    if (bytes[at] !== CR || bytes[at + 1] !== LF) {
      // The last record may stand without.
      if (at === end) break;
      throw new StatementFileError(line, `${STATEMENT_RECORD_BYTES}バイトの後に改行（CR LF）がありません。`);
    }
    at += 2;
  }
  if (records.length === 0) throw new StatementFileError(1, 'ファイルが空です。');
  return records;
}

/** JIS X 0201: ASCII, and half-width katakana above 0xA0. */
function textOf(bytes: Uint8Array, line: number): string {
  return Array.from(bytes, (byte, index) => {
    if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte);
    if (byte >= 0xa1 && byte <= 0xdf) return String.fromCharCode(byte - 0xa1 + 0xff61);
    throw new StatementFileError(line, `${index + 1}バイト目が、JIS X 0201にない文字です。`);
  }).join('');
}
