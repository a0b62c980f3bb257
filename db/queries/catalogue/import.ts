import { z } from 'zod';
import type { Database } from '../../client.ts';
import { catalogueVersions, options, plans } from '../../schema/index.ts';

const yen = z.number().int().min(0);
const catalogue = z.object({
  version: z.number().int().min(1),
  effectiveOn: z.iso.date(),
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

/** Takes a catalogue version from outside. A version that is there stays as it is (第6条3項: contracts were sold with it). */
export async function importCatalogue(db: Database, data: unknown): Promise<void> {
  const {
    version: catalogueVersion,
    effectiveOn,
    plans: planRows,
    options: optionRows,
  } = catalogue.parse(data);
  await db.transaction(async (tx) => {
    const made = await tx
      .insert(catalogueVersions)
      .values({ version: catalogueVersion, effectiveOn })
      .onConflictDoNothing()
      .returning();
    if (made.length === 0) return;
    await tx.insert(plans).values(planRows.map((plan) => ({ ...plan, catalogueVersion })));
    if (optionRows.length > 0) {
      await tx.insert(options).values(optionRows.map((option) => ({ ...option, catalogueVersion })));
    }
  });
}
