import { InvalidValueError } from '../base/invalid-value.ts';
import {
  type CivilDate,
  civilDate,
  compareDates,
  type MonthKey,
  monthKey,
  parseInstant,
} from '../calendar/civil-date.ts';

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

  /** null where the field is there and says null: "none", which is not the same as forgotten. */
  dateOrNone(field: string): CivilDate | null {
    return this.#fields[field] === null ? null : this.date(field);
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

  /** Below 0 too. */
  integer(field: string): number {
    return this.#read(field, (value) => {
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
        throw new InvalidValueError('整数で指定してください。');
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

  /** The field by its own reading, or null when it is absent. */
  optional<T>(field: string, read: (field: string) => T): T | null {
    return this.has(field) ? read(field) : null;
  }

  /** One of the words; anything else is a complaint that names them. */
  oneOf<const T extends string>(field: string, words: readonly T[]): T {
    return this.#read(field, (value) => {
      const found = words.find((word) => word === value);
      if (found === undefined)
        throw new InvalidValueError(`${words.join('、')} のいずれかを指定してください。`);
      return found;
    });
  }

  month(field: string): MonthKey {
    const text = this.text(field);
    return this.#read(field, () => monthKey(text));
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

  /** A list of values that are no objects; empty when absent. */
  values<T>(field: string, parse: (text: string) => T): T[] {
    if (!this.has(field)) return [];
    return this.#read(field, (value) => {
      if (!Array.isArray(value)) throw new InvalidValueError('配列で指定してください。');
      return value.map((element: unknown) => {
        if (typeof element !== 'string') throw new InvalidValueError('文字列の配列で指定してください。');
        return parse(element);
      });
    });
  }

  /** The list in a field; empty when absent. */
  listOrNone<T>(field: string, item: (reader: CaseReader) => T): T[] {
    return this.has(field) ? this.list(field, item) : [];
  }

  /** The object in a field, to be read by its own fields. */
  nested(field: string): CaseReader {
    return this.#read(field, (value) => new CaseReader(value));
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
