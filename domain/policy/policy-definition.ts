import { InvalidValueError } from '../base/invalid-value.ts';
import { type CivilDate, isCivilDate } from '../calendar/civil-date.ts';

/** A reading of the terms that the operator may set: its default, what it accepts, and what it is about. */
export type PolicyDefinition<T> = {
  default: T;
  /** The value if it is allowed, else undefined. */
  accept: (value: unknown) => T | undefined;
  /** The allowed values, in words. */
  allowed: string;
  description: string;
  clause: string;
  /** It protects customers or evidence: which changes of it take a second person. */
  protects?: 'byMore' | 'byLess' | 'byEveryChoice';
  /** Of a choice of several: whether none is an answer too. */
  mayBeNone?: boolean;
};

/** Policies by name. */
export type PolicyDefinitions = Readonly<Record<string, PolicyDefinition<unknown>>>;

/** The value of every policy of `D`. Plain JSON. */
export type PolicyValues<D extends PolicyDefinitions> = { [K in keyof D]: D[K]['default'] };

type Accepts<T> = Pick<PolicyDefinition<T>, 'accept' | 'allowed'>;

export function oneOf<const T extends string>(...values: readonly T[]): Accepts<T> {
  return { accept: (value) => values.find((allowed) => allowed === value), allowed: values.join('、') };
}

export function someOf<const T extends string>(...values: readonly T[]): Accepts<readonly T[]> {
  return {
    accept: (value) => {
      if (!Array.isArray(value)) return undefined;
      const chosen = values.filter((allowed) => value.includes(allowed));
      return chosen.length === value.length ? chosen : undefined;
    },
    allowed: `${values.join('、')} の組み合わせ（重複なし）`,
  };
}

export function wholeNumber(min: number, max: number): Accepts<number> {
  return {
    accept: (value) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
        ? value
        : undefined,
    allowed: `${min}から${max}までの整数`,
  };
}

/** So many whole numbers, each greater than the one before. */
export function ascending(count: number, min: number, max: number): Accepts<readonly number[]> {
  return {
    accept: (value) => {
      if (!Array.isArray(value) || value.length !== count) return undefined;
      const numbers = value.map((each) => wholeNumber(min, max).accept(each) ?? Number.NaN);
      return numbers.every((each, index) => each > (numbers[index - 1] ?? min - 1)) ? numbers : undefined;
    },
    allowed: `${min}から${max}までの整数${count}個（小さい順）`,
  };
}

/** Texts of the operator's own choice, none of them blank. */
export function texts(maxTexts: number, maxLength: number): Accepts<readonly string[]> {
  const isText = (value: unknown): value is string =>
    typeof value === 'string' && value.trim() !== '' && value.length <= maxLength;
  return {
    accept: (value) =>
      Array.isArray(value) && value.length <= maxTexts && value.every(isText) ? value : undefined,
    allowed: `${maxLength}文字以内の文字列を${maxTexts}件まで`,
  };
}

/** Pairs of names, `a=b`, of the operator's own choice. */
export function namePairs(maxPairs: number, maxLength: number): Accepts<readonly string[]> {
  const { accept } = texts(maxPairs, maxLength);
  return {
    accept: (value) => {
      const accepted = accept(value);
      return accepted?.every((each) => /^[^=\s]+=[^=\s]+$/.test(each)) ? accepted : undefined;
    },
    allowed: `「名前=名前」の形の${maxLength}文字以内の文字列を${maxPairs}件まで`,
  };
}

/** A day in Japan, or none. */
export function dayOrNone(): Accepts<CivilDate | ''> {
  return {
    accept: (value) =>
      value === '' ? '' : typeof value === 'string' && isCivilDate(value) ? value : undefined,
    allowed: '日付、または指定なし',
  };
}

export function define<T>(definition: PolicyDefinition<T>): PolicyDefinition<T> {
  return definition;
}

/** Checks a value from a form, a file or the database. Throws InvalidValueError naming the allowed values. */
export function acceptedValue<T>(key: string, definition: PolicyDefinition<T>, value: unknown): T {
  const accepted = definition.accept(value);
  if (accepted === undefined) {
    throw new InvalidValueError(
      `設定「${key}」に指定できる値は、${definition.allowed}です（${JSON.stringify(value)}）。`,
    );
  }
  return accepted;
}

/** The defaults with the given values in their place. Throws InvalidValueError for unknown keys and values not allowed. */
export function valuesWith<D extends PolicyDefinitions>(
  definitions: D,
  given: Readonly<Record<string, unknown>>,
): PolicyValues<D> {
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(definitions).map(([key, definition]) => [key, definition.default]),
  );
  for (const [key, value] of Object.entries(given)) {
    const definition = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    if (definition === undefined) throw new InvalidValueError(`「${key}」という設定はありません。`);
    values[key] = acceptedValue(key, definition, value);
  }
  return values as PolicyValues<D>;
}
