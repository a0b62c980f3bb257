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
    return this.#read(field, (value) => {
      if (typeof value !== 'string') throw new InvalidValueError('文字列で指定してください。');
      return value;
    });
  }

  date(field: string): CivilDate {
    const text = this.text(field);
    return this.#read(field, () => civilDate(text));
  }

  instant(field: string): number {
    const text = this.text(field);
    return this.#read(field, () => parseInstant(text));
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
    return this.#read(field, (value) => {
      if (!Array.isArray(value)) throw new InvalidValueError('配列で指定してください。');
      return value.map((element: unknown, index) => {
        try {
          return item(new CaseReader(element));
        } catch (error) {
          throw error instanceof InvalidValueError
            ? new InvalidValueError(`${index + 1}番目：${error.message}`)
            : error;
        }
      });
    });
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
    return Object.hasOwn(this.#fields, field) ? (this.#fields[field] ?? undefined) : undefined;
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
