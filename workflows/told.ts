import { ApplicationFailure, patched, workflowInfo } from '@temporalio/workflow';
import type { Command } from '../domain/base/answers.ts';
import { FAILURE } from '../domain/base/failures.ts';
import type { CommandDoubt } from '../domain/desk/told-command.ts';
import { records } from './ports.ts';

/** False in runs from before commands were looked up. Asked before anything is awaited: recorded runs know the order. */
export const asksForRecord = (): boolean => patched('commands-on-record-2026-12');

/**
 * Why this workflow does not believe a command, or null: whoever reaches Temporal's port can send an update in anybody's name,
 * but only the console writes its row.
 */
export async function doubtOf(update: string, command: Command): Promise<CommandDoubt | null> {
  const { commandId, actor, ...carries } = command;
  const { workflowId } = workflowInfo();
  return records.doubtOfCommand({ commandId, actor, workflowId, update, carries });
}

/** What the sender of a made-up command hears. Fails the update, never the workflow. */
export function madeUp(doubt: CommandDoubt): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`this command is not on record: ${doubt}`, FAILURE.madeUpCommand);
}
