import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { enterCampaign } from '../../db/queries/campaign/enter.ts';
import { addMonths, jstDate } from '../../domain/calendar/civil-date.ts';
import type { CampaignTerms } from '../../domain/future/campaign.ts';
import { contractGateway } from '../../gateway/contract.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { staff } from './people.ts';

/** Enters a campaign of six months as the console does; what is not named stays as the terms say. */
export async function enteredCampaign(
  db: Database,
  client: Client,
  applicationId: string,
  terms: Partial<CampaignTerms>,
) {
  const gateway = contractGateway(createOutbox(db, client));
  const today = jstDate(Date.now());
  const [campaignId, enteredBy] = [randomUUID(), randomUUID()];
  const whole = { until: addMonths(today, 6), firstDay: null, price: null, earliestEndsOn: null, ...terms };
  const row = {
    campaignId,
    applicationId,
    title: '年末キャンペーン',
    terms: whole,
    reason: '稟議',
    enteredBy,
  };
  const enter = () =>
    gateway.enterCampaign(
      (tx) => enterCampaign(tx, { ...row, today }),
      (stored) => ('campaign' in stored ? stored.campaign : null),
    );
  const entered = await enter();
  const decide = (by: string, verdict: 'confirm' | 'reject' = 'confirm') =>
    gateway.decideCampaign(campaignId, { commandId: randomUUID(), actor: staff(by), verdict });
  return { campaignId, enteredBy, entered, decide };
}
