import { eq } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import { campaignProblems } from '../../../domain/future/campaign.ts';
import { campaignProcess } from '../../../domain/processes/campaign.ts';
import type { Database } from '../../client.ts';
import { campaigns } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { termsOf } from './find.ts';
import { campaignSubject } from './subject.ts';

export interface DecideCampaign {
  campaignId: string;
  verdict: 'confirm' | 'reject';
  decidedBy: string;
  commandId: string;
  businessAt: Date;
}

/**
 * The second person's word on a campaign, once; gives the contract that it is now in force for, if there is one. What can no
 * longer be promised (its end has passed, the first day of a contract that was concluded meanwhile) is refused and waits on.
 */
export async function decideCampaign(
  db: Database,
  input: DecideCampaign,
): Promise<Answer<{ contractId: string | null }>> {
  const { campaignId, verdict, decidedBy, commandId, businessAt } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for('update');
    if (row === undefined) throw new Error(`campaign ${campaignId} does not exist`);
    const subject = await campaignSubject(tx, row.applicationId);
    if (row.status !== 'waiting') return { ok: true, contractId: subject.contractId };
    if (verdict === 'confirm') {
      const [problem] = campaignProblems(termsOf(row), { ...subject, today: jstDate(businessAt.getTime()) });
      if (problem !== undefined) return refuse('ruleRefuses', problem.message, '第5条4項');
    }
    const status = verdict === 'confirm' ? ('effective' as const) : ('rejected' as const);
    await tx
      .update(campaigns)
      .set({ status, decidedBy, decidedAt: businessAt })
      .where(eq(campaigns.id, campaignId));
    await recordCarriedOut(tx, {
      actor: decidedBy,
      action: campaignProcess.statuses.campaign[status].audit,
      subjectType: 'application',
      subjectId: row.applicationId,
      after: { campaignId, enteredBy: row.enteredBy },
      commandId,
      businessAt,
    });
    return { ok: true, contractId: subject.contractId };
  });
}
