import { InvalidValueError } from '../base/invalid-value.ts';
import { type CivilDate, civilDate, compareDates, parseInstant } from '../calendar/civil-date.ts';

/** Reads the fields of one JSON object; every complaint is an InvalidValueError that names the field in Japanese. */
export class CaseReader {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(fields: unknown) {
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      throw new InvalidValueError('JSONのオブジェクトを指定してください。');
    }
    this.#fields = fields as Record<string, unknown>;
  }

  /** An absent field and null are the same. */
  has(field: string): boolean {
    return this.#value(field) !== undefined;
  }

  text(field: string): string {
    const value = this.#value(field);
    if (typeof value === 'string') return value;
    return this.#read(field, () => {
      throw new InvalidValueError('文字列で指定してください。');
    });
  }

  date(field: string): CivilDate {
    const text = this.text(field);
    return this.#read(field, () => civilDate(text));
  }

  instant(field: string): number {
    const text = this.text(field);
    try {
      return parseInstant(text);
    } catch (error) {
      return this.#read(field, () => {
        throw error;
      });
    }
  }

  /** 0 or more; the rules check the rest of what an amount or index must be. */
  wholeNumber(field: string): number {
    return this.#read(field, (value) => {
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
        throw new InvalidValueError('0以上の整数で指定してください。');
      }
      return value;
    });
  }

  decimal(field: string): string | number {
    return this.#read(field, (value) => {
      if (typeof value !== 'string' && typeof value !== 'number') {
        throw new InvalidValueError('数、または10進数の文字列で指定してください。');
      }
      return value;
    });
  }

  /** false when absent. */
  flag(field: string): boolean {
    if (!this.has(field)) return false;
    return this.#read(field, (value) => {
      if (typeof value !== 'boolean') throw new InvalidValueError('true または false で指定してください。');
      return value;
    });
  }

  /** Whether something is stated: true, or in words. False when absent or blank. */
  stated(field: string): boolean {
    if (!this.has(field)) return false;
    return this.#read(field, (value) => (typeof value === 'string' ? value.trim() !== '' : this.flag(field)));
  }

  /** `[from, to]` from the fields of these names. */
  range(): { from: CivilDate; to: CivilDate } {
    const range = { from: this.date('from'), to: this.date('to') };
    if (compareDates(range.from, range.to) > 0)
      throw new InvalidValueError('「from」は「to」以前の日付にしてください。');
    return range;
  }

  list<T>(field: string, item: (reader: CaseReader) => T): T[] {
    return this.each(field, (element) => item(new CaseReader(element)));
  }

  /** As `list`, for elements of any form. */
  each<T>(field: string, read: (element: unknown) => T): T[] {
    return this.#read(field, (value) => eachOf(value, read));
  }

  /** The object in a field; empty when absent. */
  object(field: string): Readonly<Record<string, unknown>> {
    if (!this.has(field)) return {};
    return this.#read(field, (value) => new CaseReader(value).#fields);
  }

  #value(field: string): unknown {
    const value = this.#fields[field];
    // JSON has no functions: one is inherited from Object.prototype, not a field.
    return value === null || typeof value === 'function' ? undefined : value;
  }

  #read<T>(field: string, parse: (value: unknown) => T): T {
    const value = this.#value(field);
    if (value === undefined) throw new InvalidValueError(`「${field}」がありません。`);
    try {
      return parse(value);
    } catch (error) {
      throw error instanceof InvalidValueError
        ? new InvalidValueError(`「${field}」：${error.message}`)
        : error;
    }
  }
}

/** Reads every element of a list; a complaint says which one it is about. */
export function eachOf<T>(list: unknown, read: (element: unknown) => T): T[] {
  if (!Array.isArray(list)) throw new InvalidValueError('配列で指定してください。');
  return list.map((element: unknown, index) => {
    try {
      return read(element);
    } catch (error) {
      throw error instanceof InvalidValueError
        ? new InvalidValueError(`${index + 1}番目：${error.message}`)
        : error;
    }
  });
}
