import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import {
  type CampaignProblem,
  type CampaignTerms,
  campaignProblems,
} from '../../../domain/future/campaign.ts';
import type { Database } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { campaigns } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { campaignSubject } from './subject.ts';

export interface EnterCampaign {
  /** The command id of the form. */
  campaignId: string;
  applicationId: string;
  title: string;
  terms: CampaignTerms;
  reason: string;
  enteredBy: string;
  today: CivilDate;
}

/** What the workflow that asks the second person is begun with. */
export interface EnteredCampaign {
  campaignId: string;
  /** The contract, once there is one. */
  subjectType: 'application' | 'contract';
  subjectId: string;
  enteredBy: string;
  sandbox: boolean;
}

/**
 * Writes a campaign down for a second person to decide, once for each id (第5条4項); or says what is wrong with it. One at a
 * time waits for each application.
 */
export async function enterCampaign(
  db: Database,
  input: EnterCampaign,
): Promise<{ campaign: EnteredCampaign } | { problems: CampaignProblem[] } | { refused: 'anotherWaits' }> {
  const { campaignId, applicationId, title, terms, reason, enteredBy, today } = input;
  return db.transaction(async (tx) => {
    const subject = await campaignSubject(tx, applicationId);
    const { sandbox, contractId } = subject;
    const about =
      contractId === null
        ? { subjectType: 'application' as const, subjectId: applicationId }
        : { subjectType: 'contract' as const, subjectId: contractId };
    const campaign = { campaignId, ...about, enteredBy, sandbox };
    const [earlier] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId));
    if (earlier !== undefined) {
      const same = earlier.applicationId === applicationId && earlier.enteredBy === enteredBy;
      return same ? { campaign } : { refused: 'anotherWaits' };
    }
    const problems = campaignProblems(terms, { ...subject, today });
    if (problems.length > 0) return { problems };
    const { until, firstDay, price, earliestEndsOn } = terms;
    const row = {
      ...{ id: campaignId, applicationId, title, until, firstDay, earliestEndsOn, reason, enteredBy },
      ...{ planCode: price?.planCode ?? null, feeKind: price?.kind ?? null, feeYen: price?.feeYen ?? null },
      sandbox,
    };
    const [stored] = await tx
      .insert(campaigns)
      .values(sealRow(campaigns, applicationId, row))
      .onConflictDoNothing()
      .returning({ id: campaigns.id });
    if (stored === undefined) return { refused: 'anotherWaits' };
    await recordAudit(tx, {
      actor: enteredBy,
      action: 'campaign.entered',
      subjectType: 'application',
      subjectId: applicationId,
      after: { campaignId, until, firstDay, price, earliestEndsOn },
      commandId: campaignId,
    });
    return { campaign };
  });
}
