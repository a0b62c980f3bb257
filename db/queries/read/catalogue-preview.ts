import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { catalogueVersions, usagePrices } from '../../schema/index.ts';
import type { CatalogueFile } from '../catalogue/import.ts';
import { readCatalogue } from './catalogue.ts';
import { type PriceChange, priceChanges } from './fee-change-notice.ts';
import { type FeeReach, missingFrom, newestCatalogueVersion, readFeeReach } from './fee-change-reach.ts';

/** No fee change has this id: nothing of one is on record yet. */
const NOT_ENTERED = '00000000-0000-0000-0000-000000000000';

export interface CataloguePreview {
  file: CatalogueFile;
  /** The version is in the catalogue already, and stays as it is there. */
  known: boolean;
  /** Plans and options of live contracts that the file lacks; then nothing can be said of contracts. */
  missing: string[];
  prices: PriceChange[];
  usage: { name: string; before: string | null; after: string }[];
  reach: FeeReach[];
}

/**
 * What a price list would change before it is loaded (第6条3項・4項): prices against the newest version, and for each live contract
 * the fee of a period before and after, and from when on, if the notice reached the customer on a day. Nothing is stored.
 */
export async function previewCatalogue(
  db: Executor,
  file: CatalogueFile,
  noticeOn: CivilDate,
): Promise<CataloguePreview> {
  const newest = await newestCatalogueVersion(db);
  const [before, usageBefore, versions, missing] = await Promise.all([
    readCatalogue(db, newest),
    db.select().from(usagePrices).where(eq(usagePrices.catalogueVersion, newest)),
    db.select().from(catalogueVersions).where(eq(catalogueVersions.version, file.version)),
    missingFrom(db, file),
  ]);
  const change = {
    ...{ id: NOT_ENTERED, catalogueVersion: file.version, effectiveOn: file.effectiveOn, catalogue: file },
  };
  const usage = (file.usage ?? []).map(({ category, name, unitPrice: after }) => ({
    ...{ name, after },
    before: usageBefore.find((each) => each.category === category)?.unitPrice ?? null,
  }));
  return {
    ...{ file, known: versions.length > 0, missing, prices: priceChanges(before, file) },
    usage: usage.filter((each) => each.before !== each.after),
    reach: missing.length > 0 ? [] : await readFeeReach(db, change, noticeOn),
  };
}
