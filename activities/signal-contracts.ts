import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import type { Command } from '../domain/base/answers.ts';
import { contractWorkflowId } from '../workflows/contract/messages.ts';

/** Contracts that are told at the same moment. */
const AT_ONCE = 20;

/** Tells contracts something, through the worker's own client. A contract that is over needs to be told nothing. */
export async function signalContracts<C extends Command>(
  contractIds: readonly string[],
  signal: SignalDefinition<[C]>,
  command: C,
): Promise<void> {
  const { client } = Context.current();
  for (let from = 0; from < contractIds.length; from += AT_ONCE) {
    const some = contractIds.slice(from, from + AT_ONCE);
    await Promise.all(
      some.map(async (contractId) => {
        try {
          await client.workflow.getHandle(contractWorkflowId(contractId)).signal(signal, command);
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
      }),
    );
  }
}
