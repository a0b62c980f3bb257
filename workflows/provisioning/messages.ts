import { defineUpdate } from '@temporalio/workflow';
import type { AnsweredCommands } from '../inbox.ts';
import type { Update, Updates } from '../updates.ts';

export interface ProvisioningInput {
  contractId: string;
  sandbox: boolean;
  /** Set by continue-as-new. */
  carried: { answered: AnsweredCommands } | null;
}

export interface ProvisioningMessages {
  /** Staff asked for something, or want to know: look now. */
  look: Update<'lookAtProvisioning'>;
}

export const provisioningUpdates: Updates<ProvisioningMessages> = {
  look: defineUpdate('lookAtProvisioning'),
};
