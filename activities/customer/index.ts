import { campaignDecided, customerChanged } from '../../workflows/contract/messages.ts';
import { signalContracts } from '../signal-contracts.ts';

/** What a change of a customer, or of the terms of one contract, asks of contracts. */
export function createCustomerActivities() {
  return {
    /** Tells contracts that their certificates state what is true no more (第5条1項). A repeat changes nothing. */
    async certifyCustomer({
      changeId,
      contractIds,
    }: {
      changeId: string;
      contractIds: string[];
    }): Promise<void> {
      const commandId = `customer/${changeId}`;
      await signalContracts(contractIds, customerChanged, { commandId, actor: { kind: 'system' }, changeId });
    },

    /** Tells a contract that a campaign holds for it (第5条4項). A repeat changes nothing. */
    async certifyCampaign({
      campaignId,
      contractId,
    }: {
      campaignId: string;
      contractId: string;
    }): Promise<void> {
      const command = { commandId: `campaign/${campaignId}`, actor: { kind: 'system' as const }, campaignId };
      await signalContracts([contractId], campaignDecided, command);
    },
  };
}

export type CustomerActivities = ReturnType<typeof createCustomerActivities>;
