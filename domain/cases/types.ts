import type { Explained } from '../base/explain.ts';
import type { Policies } from '../policy/policies.ts';
import type { CaseReader } from './case-reader.ts';

export type Fields = Record<string, unknown>;

/** Answers one kind of case. Throws InvalidValueError for missing or malformed fields. */
export type Evaluate = (input: CaseReader, policies: Policies) => Explained<Fields>;

/** What a rule found, in the fields of a case. */
export function fieldsOf<T>(
  { value, steps }: Explained<T>,
  toFields: (value: T) => Fields,
): Explained<Fields> {
  return { value: toFields(value), steps };
}
