import { and, desc, eq } from 'drizzle-orm';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import { type CampaignTerms, isInForce } from '../../../domain/future/campaign.ts';
import type { Executor } from '../../client.ts';
import { campaigns, contracts } from '../../schema/index.ts';

export type CampaignRow = typeof campaigns.$inferSelect;

/** The terms of the newest campaign that two people have decided on for an application and its contract, or null. */
export async function findCampaign(db: Executor, applicationId: string): Promise<CampaignTerms | null> {
  const [row] = await db
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.applicationId, applicationId), eq(campaigns.status, 'effective')))
    .orderBy(desc(campaigns.decidedAt), desc(campaigns.createdAt))
    .limit(1);
  return row === undefined ? null : termsOf(row);
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
export function termsOf(row: CampaignRow): CampaignTerms {
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
