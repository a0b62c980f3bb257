import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { type Catalogue, readCatalogueOnSale } from '../read/catalogue.ts';
import { readTermsInForce, type TermsEdition } from '../read/terms-edition.ts';
import { announcedDiscontinuations } from './find.ts';

/** What may be applied for on a day, by which terms; less once discontinuations were announced (第16条). */
export interface OpenOffer {
  /** The last day of the whole service, where that was announced: nothing may be applied for. */
  closedOn: CivilDate | null;
  /** Without the plans that are discontinued. */
  catalogue: Catalogue;
  terms: TermsEdition;
  endingPlans: { name: string; lastDay: CivilDate }[];
}

/** What is open for new applications; all plans gone is the service gone. Null while there is no price list or no terms. */
export async function openOffer(
  db: Executor,
  { today, sandbox }: { today: CivilDate; sandbox: boolean },
): Promise<OpenOffer | null> {
  const [catalogue, terms, announced] = await Promise.all([
    readCatalogueOnSale(db, today),
    readTermsInForce(db, today),
    announcedDiscontinuations(db, { sandbox }),
  ]);
  if (catalogue === null || terms === null) return null;
  const service = announced.find(({ planCode }) => planCode === null);
  const lastDays = new Map(announced.map(({ planCode, lastDay }) => [planCode, lastDay]));
  const endingPlans = catalogue.plans.flatMap(({ code, name }) => {
    const lastDay = lastDays.get(code);
    return lastDay === undefined ? [] : [{ name, lastDay }];
  });
  const plans = catalogue.plans.filter(({ code }) => !lastDays.has(code));
  const closedOn = service?.lastDay ?? (plans.length === 0 ? (endingPlans[0]?.lastDay ?? null) : null);
  return { closedOn, catalogue: { ...catalogue, plans }, terms, endingPlans };
}
