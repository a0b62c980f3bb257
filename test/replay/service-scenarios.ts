import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { setBankAccount } from '../../db/queries/bank-account/set.ts';
import { inviteStaff } from '../../db/queries/staff/links.ts';
import {
  addDays,
  addMonths,
  firstOfNextMonth,
  jstDate,
  jstInstant,
  lastOfMonth,
} from '../../domain/calendar/civil-date.ts';
import { deliveryGateway } from '../../gateway/delivery.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { discontinuationWorkflowId } from '../../workflows/discontinuation/messages.ts';
import { staffInvitationId } from '../../workflows/staff-invitation/messages.ts';
import { suspensionWorkflowId } from '../../workflows/suspension/messages.ts';
import { discontinuationDriver } from '../support/discontinuations.ts';
import { applicants } from '../support/people.ts';
import { suspensionDriver } from '../support/suspensions.ts';
import { billingScenarios } from './billing-scenarios.ts';
import { dataRequestScenarios } from './data-request-scenarios.ts';
import { dunningScenarios } from './dunning-scenarios.ts';
import { provisioningScenarios } from './provisioning-scenarios.ts';

const DAY_MS = 86_400_000;

/** Ways through suspensions, discontinuations and requests about data, by name; each drives one workflow and returns its ID. */
export function serviceScenarios(db: Database, client: Client): Record<string, () => Promise<string>> {
  const people = applicants(db, client);
  const discontinuations = discontinuationDriver(db, client);
  const suspensions = suspensionDriver(db, client);
  const over = (workflowId: string) => client.workflow.getHandle(workflowId).result();

  return {
    ...dataRequestScenarios(db, client),
    ...billingScenarios(db, client),
    ...dunningScenarios(db, client),
    ...provisioningScenarios(db, client),

    invited: async () => {
      const account = {
        email: `${randomUUID()}@staff.example`,
        name: '記録 担当',
        roles: ['reviewer' as const],
      };
      const link = { linkId: randomUUID(), secret: 'recorder', sentBy: randomUUID(), now: new Date() };
      const delivery = deliveryGateway(createOutbox(db, client));
      const invited = await delivery.invite((tx) => inviteStaff(tx, account, link));
      if (!invited.ok) throw new Error(invited.message);
      await over(staffInvitationId(invited.linkId));
      return staffInvitationId(invited.linkId);
    },

    calledOff: async () => {
      await people.conclude({ planCode: 'premium' });
      const lastDay = lastOfMonth(addMonths(firstOfNextMonth(jstDate(Date.now())), 1));
      const id = await discontinuations.propose({ lastDay, planCode: 'premium' });
      await discontinuations.approve(id);
      await discontinuations.cancel(id);
      await over(discontinuationWorkflowId(id));
      return discontinuationWorkflowId(id);
    },

    refunded: async () => {
      const contractId = await people.conclude({ planCode: 'premium' });
      const lastDay = lastOfMonth(addMonths(firstOfNextMonth(jstDate(Date.now())), 1));
      const id = await discontinuations.propose({ lastDay, planCode: 'premium', historyLimit: 100 });
      await discontinuations.approve(id);
      await discontinuations.recompute(id);
      await discontinuations.to(id, jstInstant(addDays(lastDay, 1)) + 3_600_000);
      await discontinuations.inStatus(id, 'refundReview');
      const account = { bankCode: '0001', branchCode: '001', accountType: '1' as const };
      const rows = await discontinuations.rows(id, 3);
      for (const row of rows) {
        const whole = { ...account, accountNumber: '1234567', holderKana: 'ｱｵﾊﾞ' };
        await setBankAccount(db, { contractId: row.contractId, account: whole, enteredBy: randomUUID() });
      }
      if (!rows.some((row) => row.contractId === contractId))
        throw new Error('the contract is not in the plan');
      await discontinuations.decide(id, 'refundReview', 'agree');
      await discontinuations.decide(id, 'refundApproval', 'sendBack');
      await discontinuations.decide(id, 'refundReview', 'agree');
      await discontinuations.decide(id, 'refundApproval', 'agree');
      await over(discontinuationWorkflowId(id));
      return discontinuationWorkflowId(id);
    },

    plannedMaintenance: async () => {
      const contractId = await people.conclude();
      const startsAtMs = Date.now() + 2 * DAY_MS;
      const id = await suspensions.enter({
        ...{ contractId, ground: '15-planned', startsAtMs, endsAtMs: startsAtMs + DAY_MS },
      });
      await suspensions.decide(id, 'agree');
      await suspensions.inStatus(id, 'planned');
      const later = { startsAtMs: startsAtMs + DAY_MS, endsAtMs: startsAtMs + 2 * DAY_MS };
      await suspensions.gateway.reschedule(id, { ...suspensions.command(), ...later });
      await suspensions.to(id, startsAtMs + 3 * DAY_MS);
      await suspensions.over(id);
      return suspensionWorkflowId(id);
    },

    emergency: async () => {
      const id = await suspensions.enter({ contractId: await people.conclude(), ground: '15-1' });
      await suspensions.inStatus(id, 'active');
      await suspensions.taskOf(id);
      await suspensions.to(id, Date.now() + 31 * 60_000);
      await suspensions.decide(id, 'agree');
      await suspensions.gateway.lift(id, suspensions.command());
      await suspensions.over(id);
      return suspensionWorkflowId(id);
    },

    stoppedAndLifted: async () => {
      const id = await suspensions.enter({ contractId: await people.conclude(), ground: '18-10' });
      await suspensions.decide(id, 'agree');
      await suspensions.inStatus(id, 'active');
      await suspensions.gateway.lift(id, suspensions.command());
      await suspensions.over(id);
      return suspensionWorkflowId(id);
    },
  };
}
