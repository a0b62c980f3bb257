import { and, desc, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import type { OptionQuantity } from '../../schema/applications.ts';
import { options, plans } from '../../schema/index.ts';

/** Names of what is applied for or contracted; a code that the catalogue lacks stands for itself. */
export async function findCatalogueNames(
  db: Executor,
  chosen: { catalogueVersion: number; planCode: string; options: OptionQuantity[] },
): Promise<{ planName: string; optionNames: { name: string; quantity: number }[] }> {
  const [plan] = await db
    .select({ name: plans.name })
    .from(plans)
    .where(and(eq(plans.catalogueVersion, chosen.catalogueVersion), eq(plans.code, chosen.planCode)));
  const known = await db
    .select({ code: options.code, name: options.name })
    .from(options)
    .where(eq(options.catalogueVersion, chosen.catalogueVersion));
  const optionNames = chosen.options.map(({ code, quantity }) => ({
    name: known.find((option) => option.code === code)?.name ?? code,
    quantity,
  }));
  return { planName: plan?.name ?? chosen.planCode, optionNames };
}

/** What a plan is called in the newest price list that has it; a code that none has stands for itself. */
export async function planNameOf(db: Executor, planCode: string): Promise<string> {
  const [plan] = await db
    .select({ name: plans.name })
    .from(plans)
    .where(eq(plans.code, planCode))
    .orderBy(desc(plans.catalogueVersion))
    .limit(1);
  return plan?.name ?? planCode;
}
