import { asc, desc, eq, lte } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { catalogueVersions, options, plans } from '../../schema/index.ts';

export interface Catalogue {
  version: number;
  plans: (typeof plans.$inferSelect)[];
  options: (typeof options.$inferSelect)[];
}

/** A version of the price list, plans from the lowest rank up (第6条1項); empty when it does not exist. */
export async function readCatalogue(db: Executor, version: number): Promise<Catalogue> {
  const [planRows, optionRows] = await Promise.all([
    db.select().from(plans).where(eq(plans.catalogueVersion, version)).orderBy(asc(plans.rank)),
    db.select().from(options).where(eq(options.catalogueVersion, version)).orderBy(asc(options.code)),
  ]);
  return { version, plans: planRows, options: optionRows };
}

/** The price list on sale on a day: the newest that is in effect. Null when there is none with a plan. */
export async function readCatalogueOnSale(db: Executor, today: CivilDate): Promise<Catalogue | null> {
  const [current] = await db
    .select({ version: catalogueVersions.version })
    .from(catalogueVersions)
    .where(lte(catalogueVersions.effectiveOn, today))
    .orderBy(desc(catalogueVersions.version))
    .limit(1);
  if (current === undefined) return null;
  const catalogue = await readCatalogue(db, current.version);
  return catalogue.plans.length === 0 ? null : catalogue;
}

/** Every plan that any price list has, by the name that the newest gives it. */
export async function knownPlans(db: Executor): Promise<{ code: string; name: string }[]> {
  return db
    .selectDistinctOn([plans.code], { code: plans.code, name: plans.name })
    .from(plans)
    .orderBy(plans.code, desc(plans.catalogueVersion));
}
