import { z } from 'zod';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Transaction } from '../../client.ts';
import { catalogueVersions, options, plans } from '../../schema/index.ts';

const yen = z.number().int().min(0);
const catalogue = z.object({
  version: z.number().int().min(1),
  effectiveOn: z.iso.date().transform(civilDate),
  plans: z
    .array(
      z.object({
        code: z.string().min(1),
        name: z.string().min(1),
        rank: z.number().int().min(1),
        annualFeeYen: yen,
        monthlyFeeYen: yen,
        includedLicences: z.number().int().min(1),
        extraLicenceAnnualYen: yen,
        extraLicenceMonthlyYen: yen,
      }),
    )
    .min(1),
  options: z.array(
    z.object({ code: z.string().min(1), name: z.string().min(1), annualFeeYen: yen, monthlyFeeYen: yen }),
  ),
});

export type CatalogueFile = z.infer<typeof catalogue>;

/** A price list as a file states it. Throws for anything else. */
export function parseCatalogue(data: unknown): CatalogueFile {
  return catalogue.parse(data);
}

/** Takes a catalogue version from outside. A version that is there stays as it is (第6条3項: contracts were sold with it). */
export async function importCatalogue(db: Database, data: unknown): Promise<void> {
  const file = parseCatalogue(data);
  await db.transaction((tx) => storeCatalogue(tx, file));
}

/** Writes a price list into the tables of the catalogue, once. */
export async function storeCatalogue(tx: Transaction, file: CatalogueFile): Promise<void> {
  const { version: catalogueVersion, effectiveOn } = file;
  const made = await tx
    .insert(catalogueVersions)
    .values({ version: catalogueVersion, effectiveOn })
    .onConflictDoNothing()
    .returning();
  if (made.length === 0) return;
  await tx.insert(plans).values(file.plans.map((plan) => ({ ...plan, catalogueVersion })));
  if (file.options.length > 0) {
    await tx.insert(options).values(file.options.map((option) => ({ ...option, catalogueVersion })));
  }
}
