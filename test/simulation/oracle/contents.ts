import type { AlterationLine, ContentsLine } from '../lines.ts';
import type { Kind } from './rules.ts';

/** What is contracted, or what a change alters of it: `kind`, `plan`, `licences`, and each option as `option:<code>`. */
export type Fields = Readonly<Record<string, string | number>>;

/** The fields of a command's contents or alteration. */
export function fieldsOf(line: ContentsLine | AlterationLine): Fields {
  const { options = {}, ...rest } = line;
  return Object.fromEntries([
    ...Object.entries(rest).filter(([, value]) => value !== undefined),
    ...Object.entries(options).map(([code, quantity]) => [`option:${code}`, quantity]),
  ]);
}

export const namesOf = (fields: Fields): string[] => Object.keys(fields);

export const without = (fields: Fields, taken: Iterable<string>): Fields => {
  const gone = new Set(taken);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !gone.has(name)));
};

export const isEmpty = (fields: Fields): boolean => namesOf(fields).length === 0;

/** Whether two contents are the same; an option of which there are none is no option. */
export const sameContents = (a: Fields, b: Fields): boolean =>
  [...namesOf(a), ...namesOf(b)].every((name) => (a[name] ?? 0) === (b[name] ?? 0));

export const kindOf = (contents: Fields): Kind => (contents.kind === 'monthly' ? 'monthly' : 'annual');

export const planOf = (contents: Fields): string => String(contents.plan);

export const licencesOf = (contents: Fields): number => Number(contents.licences);

/** The options that there are, by code, in the order of their codes. */
export const optionsOf = (contents: Fields): { code: string; quantity: number }[] =>
  Object.entries(contents)
    .filter(([name, quantity]) => name.startsWith('option:') && Number(quantity) > 0)
    .map(([name, quantity]) => ({ code: name.slice('option:'.length), quantity: Number(quantity) }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
