import type { Executor } from '../../client.ts';
import type { Catalogue } from '../read/catalogue.ts';
import { announcedDiscontinuations } from './find.ts';

/** What may still be applied for once discontinuations were announced (第16条). */
export interface OpenOffer {
  /** The last day of the whole service, where that was announced: nothing may be applied for. */
  closedOn: string | null;
  /** Without the plans that are discontinued. */
  catalogue: Catalogue;
  endingPlans: { name: string; lastDay: string }[];
}

/** The price list as it is open for new applications; all plans gone is the service gone. */
export async function openOffer(db: Executor, catalogue: Catalogue, sandbox: boolean): Promise<OpenOffer> {
  const announced = await announcedDiscontinuations(db, { sandbox });
  const service = announced.find(({ planCode }) => planCode === null);
  const lastDays = new Map(announced.map(({ planCode, lastDay }) => [planCode, lastDay]));
  const endingPlans = catalogue.plans.flatMap(({ code, name }) => {
    const lastDay = lastDays.get(code);
    return lastDay === undefined ? [] : [{ name, lastDay }];
  });
  const plans = catalogue.plans.filter(({ code }) => !lastDays.has(code));
  const closedOn = service?.lastDay ?? (plans.length === 0 ? (endingPlans[0]?.lastDay ?? null) : null);
  return { closedOn, catalogue: { ...catalogue, plans }, endingPlans };
}
