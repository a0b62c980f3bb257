import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { provisioningWorkflowId } from '../../domain/telephony/provisioning.ts';
import { offBoardingDriver } from '../support/off-boarding-driver.ts';
import { provisioningDriver } from '../support/provisioning-driver.ts';

/** Ways through the provision of a contract's numbers, by name; each drives one workflow and returns its ID. */
export function provisioningScenarios(db: Database, client: Client): Record<string, () => Promise<string>> {
  const numbers = provisioningDriver(db, client, {
    TWILIO_ACCOUNT_SID: undefined,
    TWILIO_AUTH_TOKEN: undefined,
    TWILIO_BASE_URL: '',
    TWILIO_NUMBERS_URL: '',
  });
  const endings = offBoardingDriver(db, client);

  return {
    numbersWithoutProvider: async () => {
      const contractId = await endings.contract();
      await numbers.begin(contractId);
      await numbers.reached(contractId, { waits: 'off' });
      await numbers.look(contractId);
      await numbers.pass(contractId, 2);
      await endings.terminate(contractId);
      await numbers.look(contractId);
      await numbers.over(contractId);
      return provisioningWorkflowId(contractId);
    },
  };
}
