import { type PostalPlace, postalPlaces } from '../domain/application/postal-places.ts';
import { records } from './list-records.ts';
import { decodeFile } from './text/charset.ts';

/** Reads the post office's table (KEN_ALL as CSV, in Shift_JIS or UTF-8); null for a file that is no text or has no such record. */
export async function readPostalFile(
  bytes: Uint8Array,
): Promise<{ places: PostalPlace[]; bad: number } | null> {
  const decoded = decodeFile(bytes);
  if (decoded === null) return null;
  const found: string[][] = [];
  for await (const { cells } of records(decoded.text.replace(/^\uFEFF/, '').trimEnd(), ','))
    found.push(cells);
  const read = postalPlaces(found);
  return read.places.length === 0 ? null : read;
}
