import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { QueryDefinition, UpdateDefinition } from '@temporalio/common';
import { type Answer, type Command, type Refusal, refuse } from '../domain/base/answers.ts';

/**
 * Sends a command and waits for its answer. The command's id is the update's id, so that the server keeps a repeat
 * from running twice. A workflow that is over or unknown answers "wrongState" like any other late command.
 */
export async function updateWorkflow<A extends Answer, C extends Command>(
  client: Client,
  workflowId: string,
  definition: UpdateDefinition<A, [C]>,
  command: C,
): Promise<A | Refusal> {
  try {
    return await client.workflow
      .getHandle(workflowId)
      .executeUpdate(definition, { updateId: command.commandId, args: [command] });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError) {
      return refuse(
        'wrongState',
        'この手続きは終了しているか、見つかりません。画面を読み込み直してください。',
      );
    }
    throw error;
  }
}

/** Asks a workflow for its snapshot. Null when it is unknown or nobody answers within two seconds. */
export async function askWorkflow<T>(
  client: Client,
  workflowId: string,
  definition: QueryDefinition<T>,
): Promise<T | null> {
  try {
    return await client.withDeadline(Date.now() + 2_000, () =>
      client.workflow.getHandle(workflowId).query(definition),
    );
  } catch {
    return null;
  }
}
