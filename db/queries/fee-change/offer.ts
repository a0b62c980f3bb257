import { eq } from 'drizzle-orm';
import type { Transaction } from '../../client.ts';
import { catalogueVersions, feeChanges, options, plans, usagePrices } from '../../schema/index.ts';
import { parseCatalogue, storeCatalogue } from '../catalogue/import.ts';

/** The price list of an approved fee change enters the catalogue: on sale from its effective date (第6条3項). */
export async function offerCatalogue(tx: Transaction, feeChangeId: string): Promise<void> {
  const [change] = await tx.select().from(feeChanges).where(eq(feeChanges.id, feeChangeId));
  if (change === undefined) throw new Error(`fee change ${feeChangeId} does not exist`);
  await storeCatalogue(tx, parseCatalogue(change.catalogue));
}

/** A fee change was withdrawn before its effective date: nobody was sold anything by its price list. */
export async function withdrawCatalogue(tx: Transaction, feeChangeId: string): Promise<void> {
  const [change] = await tx.select().from(feeChanges).where(eq(feeChanges.id, feeChangeId));
  if (change === undefined) return;
  const version = change.catalogueVersion;
  await tx.delete(options).where(eq(options.catalogueVersion, version));
  await tx.delete(plans).where(eq(plans.catalogueVersion, version));
  await tx.delete(usagePrices).where(eq(usagePrices.catalogueVersion, version));
  await tx.delete(catalogueVersions).where(eq(catalogueVersions.version, version));
}
