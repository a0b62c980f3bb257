import { ApplicationFailure, patched, workflowInfo } from '@temporalio/workflow';
import type { Command } from '../domain/base/answers.ts';
import { FAILURE } from '../domain/base/failures.ts';
import type { CommandDoubt } from '../domain/desk/told-command.ts';
import { records } from './ports.ts';

/**
 * Why this workflow does not believe a command, or null: whoever reaches Temporal's port can send an update in anybody's name,
 * but only the console writes its row. Nothing is asked in what runs of before did.
 */
export async function doubtOf(update: string, command: Command): Promise<CommandDoubt | null> {
  if (!patched('commands-on-record-2026-12')) return null;
  const { commandId, actor, ...carries } = command;
  const { workflowId } = workflowInfo();
  return records.doubtOfCommand({ commandId, actor, workflowId, update, carries });
}

/** What the sender of a made-up command hears. Fails the update, never the workflow. */
export function madeUp(doubt: CommandDoubt): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`this command is not on record: ${doubt}`, FAILURE.madeUpCommand);
}
