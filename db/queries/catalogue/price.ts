import { and, eq } from 'drizzle-orm';
import type { PricedItem } from '../../../domain/billing/fees.ts';
import type { ContractKind } from '../../../domain/period/periods.ts';
import type { Executor } from '../../client.ts';
import type { OptionQuantity } from '../../schema/applications.ts';
import { options, plans } from '../../schema/index.ts';

type PricedPlan = Omit<typeof plans.$inferSelect, 'catalogueVersion'>;
type PricedOption = Omit<typeof options.$inferSelect, 'catalogueVersion'>;

/** What is contracted, as it is priced. */
export interface Contracted {
  kind: ContractKind;
  catalogueVersion: number;
  planCode: string;
  options: OptionQuantity[];
  licences: number;
}

/** Plan, options and extra licences with their unit fees for one period, yen without tax (第6条1項). */
export async function pricedItems(
  db: Executor,
  contracted: Contracted,
): Promise<{ plan: typeof plans.$inferSelect; items: PricedItem[] }> {
  const { catalogueVersion, planCode } = contracted;
  const [plan] = await db
    .select()
    .from(plans)
    .where(and(eq(plans.catalogueVersion, catalogueVersion), eq(plans.code, planCode)));
  if (plan === undefined) throw new Error(`plan ${planCode} is not in catalogue version ${catalogueVersion}`);
  const known = await db.select().from(options).where(eq(options.catalogueVersion, catalogueVersion));
  return { plan, items: itemsOf(plan, known, contracted) };
}

/** The same from a catalogue that was read before. Throws for an option that the catalogue lacks. */
export function itemsOf(
  plan: PricedPlan,
  known: readonly PricedOption[],
  contracted: Contracted,
): PricedItem[] {
  const { kind, catalogueVersion, licences } = contracted;
  const annual = kind === 'annual';
  const items: PricedItem[] = [
    { name: plan.name, unitYen: annual ? plan.annualFeeYen : plan.monthlyFeeYen, quantity: 1 },
  ];
  for (const { code, quantity } of contracted.options) {
    const option = known.find((candidate) => candidate.code === code);
    if (option === undefined)
      throw new Error(`option ${code} is not in catalogue version ${catalogueVersion}`);
    items.push({ name: option.name, unitYen: annual ? option.annualFeeYen : option.monthlyFeeYen, quantity });
  }
  const extra = licences - plan.includedLicences;
  if (extra > 0) {
    const unitYen = annual ? plan.extraLicenceAnnualYen : plan.extraLicenceMonthlyYen;
    items.push({ name: '追加ユーザーライセンス', unitYen, quantity: extra });
  }
  return items;
}
