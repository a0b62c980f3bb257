import { randomUUID } from 'node:crypto';

/**
 * Postgres refuses the first character in any text: a tag that nobody has replaced can never be stored. The rest is
 * random: nothing that a user types is taken for a tag.
 */
const MARK = `\u0000${randomUUID()}:`;
const SEAL = `${MARK}seal:`;
const GRAMS = `${MARK}grams:`;
const DIGESTS = `${MARK}digests:`;
const NEXT = '\n';
const SOUGHT = `${MARK}sought:`;
const OWNER_LENGTH = 36;

/** Marks text to be encrypted under its owner's key on its way to the database. Empty text stays empty. */
export function seal(ownerId: string, text: string): string {
  return text === '' ? '' : `${SEAL}${ownerId}${text}`;
}

/** Text to be replaced, on the way to the database, by keyed hashes of the pieces by which it can be found. */
export function hashedGrams(text: string): string {
  return `${GRAMS}${text}`;
}

/** Text to be replaced by keyed hashes of the pieces that whatever is found by it must have. */
export function soughtGrams(text: string): string {
  return `${SOUGHT}${text}`;
}

/** Texts of one line each, to be replaced by their keyed hashes with commas between: found whole or not at all. */
export function keyedDigests(texts: readonly string[]): string {
  return `${DIGESTS}${texts.join(NEXT)}`;
}

export type Tag =
  | { kind: 'seal'; ownerId: string; text: string }
  | { kind: 'grams' | 'sought'; text: string }
  | { kind: 'digests'; texts: readonly string[] };

/** What a query's parameter is marked for; null for all others. */
export function readTag(parameter: unknown): Tag | null {
  if (typeof parameter !== 'string' || !parameter.startsWith(MARK)) return null;
  if (parameter.startsWith(GRAMS)) return { kind: 'grams', text: parameter.slice(GRAMS.length) };
  if (parameter.startsWith(DIGESTS)) {
    const text = parameter.slice(DIGESTS.length);
    return { kind: 'digests', texts: text === '' ? [] : text.split(NEXT) };
  }
  if (parameter.startsWith(SOUGHT)) return { kind: 'sought', text: parameter.slice(SOUGHT.length) };
  if (!parameter.startsWith(SEAL)) return null;
  const start = SEAL.length + OWNER_LENGTH;
  return { kind: 'seal', ownerId: parameter.slice(SEAL.length, start), text: parameter.slice(start) };
}

/** Whether a value for a sealed column may go on its way: empty, or marked. */
export function isSealed(value: string): boolean {
  return value === '' || value.startsWith(SEAL);
}
