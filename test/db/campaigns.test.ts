import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideCampaign } from '../../db/queries/campaign/decide.ts';
import { enterCampaign } from '../../db/queries/campaign/enter.ts';
import { applications, contracts } from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { addMonths, jstDate } from '../../domain/calendar/civil-date.ts';
import { storeApplication } from '../support/application.ts';
import { givenCommand } from '../support/given.ts';
import { storedContract } from '../support/stored-contract.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
beforeAll(async () => addBaseData(db));
afterAll(async () => close());

const today = jstDate(Date.now());
const entered = (applicationId: string) => {
  const terms = { until: addMonths(today, 6), firstDay: null, earliestEndsOn: null };
  const price = { planCode: 'standard', kind: 'annual' as const, feeYen: 1_000 };
  const campaign = { campaignId: randomUUID(), applicationId, title: 'キャンペーン', reason: '稟議' };
  return enterCampaign(db, { ...campaign, terms: { ...terms, price }, enteredBy: randomUUID(), today });
};
const REFUSED = { problems: [{ field: 'until' }] };

test('a campaign has nothing to override where the contract is over, or none will be: it is refused when entered (第5条4項)', async () => {
  const { applicationId: lapsed } = await storeApplication(db);
  await db.update(applications).set({ status: 'lapsed' }).where(eq(applications.id, lapsed));
  expect(await entered(lapsed)).toMatchObject(REFUSED);
  const { applicationId, contractId } = await storedContract({ db });
  await db.update(contracts).set({ status: 'terminated' }).where(eq(contracts.id, contractId));
  expect(await entered(applicationId)).toMatchObject(REFUSED);
});

test('one that waits when its contract ends can be rejected only', async () => {
  const { applicationId, contractId } = await storedContract({ db });
  const campaign = await entered(applicationId);
  if (!('campaign' in campaign)) throw new Error('it was not entered');
  await db.update(contracts).set({ status: 'ended' }).where(eq(contracts.id, contractId));
  const say = async (verdict: 'confirm' | 'reject') => {
    const decidedBy = randomUUID();
    const workflowId = `contract-campaign/${campaign.campaign.campaignId}`;
    const commandId = await givenCommand(db, { by: decidedBy, workflowId });
    const by = { decidedBy, commandId, businessAt: new Date() };
    return decideCampaign(db, { campaignId: campaign.campaign.campaignId, verdict, ...by });
  };
  expect(await say('confirm')).toMatchObject({ ok: false, clause: '第5条4項' });
  expect(await say('reject')).toMatchObject({ ok: true });
});
