import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { enterCustomerChange } from '../../db/queries/customer/changes.ts';
import { registeredCustomer } from '../../db/queries/customer/registered.ts';
import { addMonths, firstOfNextMonth, jstDate } from '../../domain/calendar/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { deliveryGateway } from '../../gateway/delivery.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { contractWorkflowId } from '../../workflows/contract/messages.ts';
import { contractCampaignId } from '../../workflows/contract-campaign/messages.ts';
import { customerChangeWorkflowId } from '../../workflows/customer-change/messages.ts';
import { corporateNumber } from '../support/application.ts';
import { enteredCampaign } from '../support/campaigns.ts';
import { contractDriver } from '../support/contract-life.ts';
import { type applicants, staff } from '../support/people.ts';

/** Ways through what changes a contract's future, and who the customer is. */
export function futureScenarios(
  db: Database,
  client: Client,
  people: ReturnType<typeof applicants>,
): Record<string, () => Promise<string>> {
  const now = () => new Date().toISOString();
  const noon = (months: number, day = 2) =>
    `${addMonths(firstOfNextMonth(jstDate(Date.now())), months).slice(0, 8)}${String(day).padStart(2, '0')}T12:00:00+09:00`;
  const over = (workflowId: string) => client.workflow.getHandle(workflowId).result();

  return {
    oneFuture: async () => {
      const contractId = await people.conclude({ planCode: 'lite', licences: 3 });
      const driver = contractDriver(db, client, contractId);
      await driver.mailed('certificateIssued');
      const change = { contractKind: 'monthly' as const, planCode: 'standard', licences: 20 };
      await driver.ask({ kind: 'change', arrived: now(), change });
      await driver.ask({ kind: 'change', arrived: now(), change: { planCode: 'premium' } });
      await driver.ask({ kind: 'change', arrived: now(), change: { contractKind: 'annual' } });
      await driver.ask({ kind: 'cancellation', arrived: now(), wish: noon(1, 10).slice(0, 10) });
      await driver.ask({ kind: 'cancellationWithdrawal', arrived: now() });
      await driver.to(noon(2));
      return contractWorkflowId(contractId);
    },

    partThenEnd: async () => {
      const contractId = await people.conclude({ planCode: 'lite', licences: 3 });
      const driver = contractDriver(db, client, contractId);
      await driver.mailed('certificateIssued');
      await driver.to(noon(2));
      const stop = { options: [{ code: 'sms', quantity: 0 }] };
      const part = await driver.ask({ kind: 'termination', arrived: now(), ground: '4', change: stop });
      await driver.confirm(part.requestId, randomUUID(), 'confirm');
      await driver.to(noon(11, 1));
      await driver.ask({ kind: 'cancellation', arrived: noon(11, 1) });
      await driver.to(noon(11, 12));
      const late = { arrived: noon(10, 12), change: { licences: 40 } };
      await driver.ask({ kind: 'change', ...late, enteredAtMs: Date.parse(noon(11, 12)) });
      await driver.to(noon(14));
      await driver.over();
      return contractWorkflowId(contractId);
    },

    becomesMonthly: async () => {
      const contractId = await people.conclude();
      const driver = contractDriver(db, client, contractId);
      await driver.mailed('certificateIssued');
      await driver.ask({ kind: 'change', arrived: now(), change: { contractKind: 'monthly' } });
      await driver.to(noon(13));
      return contractWorkflowId(contractId);
    },

    campaignEnds: async () => {
      const contractId = await people.conclude({ contractKind: 'monthly' });
      const driver = contractDriver(db, client, contractId);
      await driver.mailed('certificateIssued');
      const contract = await driver.contract();
      const until = addMonths(jstDate(Date.now()), 2);
      const price = { planCode: 'standard', kind: 'monthly' as const, feeYen: 1_000 };
      const campaign = await enteredCampaign(db, client, contract?.applicationId ?? '', { until, price });
      await campaign.decide(randomUUID());
      await driver.mailed('certificateIssued', 2);
      await driver.to(noon(4));
      return contractWorkflowId(contractId);
    },

    campaignDecided: async () => {
      const { applicationId } = await people.submit();
      const campaign = await enteredCampaign(db, client, applicationId, {
        price: { planCode: 'standard', kind: 'annual', feeYen: 1_000 },
      });
      const workflowId = contractCampaignId(campaign.campaignId);
      const targetMs = Date.now() + 14 * 86_400_000;
      await skipTo(client, { workflowId, targetMs, id: randomUUID() });
      await campaign.decide(campaign.enteredBy);
      await campaign.decide(randomUUID());
      await over(workflowId);
      return workflowId;
    },

    customerMoved: async () => {
      const contractId = await people.conclude();
      await contractDriver(db, client, contractId).mailed('certificateIssued');
      const registered = await registeredCustomer(db, contractId);
      if (registered === null) throw new Error('no customer');
      const [changeId, enteredBy] = [randomUUID(), randomUUID()];
      const values = { ...registered.values, address: '大阪府大阪市北区梅田三丁目3番3号' };
      const entry = { changeId, contractId, values, enteredBy, reason: '記録', storageKey: 'none' };
      const delivery = deliveryGateway(createOutbox(db, client));
      await delivery.changeCustomer(
        (tx) => enterCustomerChange(tx, entry),
        () => ({ changeId, contractId, enteredBy, decided: false, sandbox: true }),
      );
      const actor = staff(randomUUID());
      await delivery.decideCustomerChange(changeId, { commandId: randomUUID(), actor, verdict: 'confirm' });
      await over(customerChangeWorkflowId(changeId));
      return customerChangeWorkflowId(changeId);
    },

    knownCorporation: async () => {
      const number = corporateNumber();
      await people.conclude({ corporateNumber: number });
      const { applicationId } = await people.submit({
        corporateNumber: number,
        companyName: '株式会社再確認改称',
        secondContractReason: '支店のため',
      });
      await people.review(applicationId, randomUUID(), 'recommendAccept');
      await people.approve(applicationId, randomUUID(), 'accept');
      await over(applicationReviewId(applicationId));
      return applicationReviewId(applicationId);
    },
  };
}
