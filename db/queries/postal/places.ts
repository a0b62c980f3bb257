import { asc, eq } from 'drizzle-orm';
import { isPostalCode } from '../../../domain/application/numbers.ts';
import {
  type PostalAddress,
  type PostalPlace,
  postalAddress,
} from '../../../domain/application/postal-places.ts';
import type { Database, Executor } from '../../client.ts';
import { postalPlaces } from '../../schema/index.ts';

const BATCH = 5_000;

/** Takes these places instead of those that were there, all or nothing. */
export async function replacePostalPlaces(db: Database, places: readonly PostalPlace[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(postalPlaces);
    for (let from = 0; from < places.length; from += BATCH) {
      await tx.insert(postalPlaces).values(places.slice(from, from + BATCH));
    }
  });
}

/** Whether there is a table of postal codes to ask. */
export async function hasPostalPlaces(db: Executor): Promise<boolean> {
  return (await db.select({ postalCode: postalPlaces.postalCode }).from(postalPlaces).limit(1)).length > 0;
}

/** What a postal code in normal form (123-4567) says of an address; null for one that is unknown. */
export async function findPostalAddress(db: Executor, postalCode: string): Promise<PostalAddress | null> {
  if (!isPostalCode(postalCode)) return null;
  const places = await db
    .select()
    .from(postalPlaces)
    .where(eq(postalPlaces.postalCode, postalCode))
    .orderBy(asc(postalPlaces.prefecture), asc(postalPlaces.city), asc(postalPlaces.town));
  return postalAddress(places);
}
