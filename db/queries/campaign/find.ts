import { and, desc, eq, inArray } from 'drizzle-orm';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import { type CampaignTerms, isInForce } from '../../../domain/future/campaign.ts';
import type { Executor } from '../../client.ts';
import { campaigns, contracts } from '../../schema/index.ts';

export type CampaignRow = typeof campaigns.$inferSelect;

/** The terms of the newest campaign that two people have decided on for an application and its contract, or null. */
export async function findCampaign(db: Executor, applicationId: string): Promise<CampaignTerms | null> {
  return (await findCampaigns(db, [applicationId])).get(applicationId) ?? null;
}

/** The same of many applications, or of all (null), by id; those without one are left out. */
export async function findCampaigns(
  db: Executor,
  applicationIds: readonly string[] | null,
): Promise<ReadonlyMap<string, CampaignTerms>> {
  const { applicationId, until, firstDay, planCode, feeKind, feeYen, earliestEndsOn } = campaigns;
  const rows = await db
    .selectDistinctOn([applicationId], {
      ...{ applicationId, until, firstDay, planCode, feeKind, feeYen, earliestEndsOn },
    })
    .from(campaigns)
    .where(
      and(
        eq(campaigns.status, 'effective'),
        applicationIds === null ? undefined : inArray(applicationId, [...applicationIds]),
      ),
    )
    .orderBy(applicationId, desc(campaigns.decidedAt), desc(campaigns.createdAt));
  return new Map(rows.map((row) => [row.applicationId, termsOf(row)]));
}

/** The campaigns of an application and its contract, newest first. */
export function campaignsOf(db: Executor, applicationId: string): Promise<CampaignRow[]> {
  return db
    .select()
    .from(campaigns)
    .where(eq(campaigns.applicationId, applicationId))
    .orderBy(desc(campaigns.createdAt));
}

/** Last day of the campaign of a contract, where one is in force on a day. */
export async function campaignUntil(
  db: Executor,
  contractId: string,
  on: CivilDate,
): Promise<CivilDate | null> {
  const [contract] = await db
    .select({ applicationId: contracts.applicationId })
    .from(contracts)
    .where(eq(contracts.id, contractId));
  const terms = contract === undefined ? null : await findCampaign(db, contract.applicationId);
  return terms !== null && isInForce(terms, on) ? terms.until : null;
}

/** What a campaign overrides, as its row says. */
export function termsOf(
  row: Pick<CampaignRow, 'until' | 'firstDay' | 'planCode' | 'feeKind' | 'feeYen' | 'earliestEndsOn'>,
): CampaignTerms {
  const { planCode, feeKind, feeYen } = row;
  const priced = planCode !== null && feeKind !== null && feeYen !== null;
  return {
    until: civilDate(row.until),
    firstDay: dateOrNull(row.firstDay),
    price: priced ? { planCode, kind: feeKind, feeYen } : null,
    earliestEndsOn: dateOrNull(row.earliestEndsOn),
  };
}

const dateOrNull = (text: string | null): CivilDate | null => (text === null ? null : civilDate(text));
