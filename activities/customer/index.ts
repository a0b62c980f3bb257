import { customerChanged } from '../../workflows/contract/messages.ts';
import { signalContracts } from '../signal-contracts.ts';

/** What a change of a customer asks of its contracts. */
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
  };
}

export type CustomerActivities = ReturnType<typeof createCustomerActivities>;
