import { randomUUID } from 'node:crypto';
import type { Executor } from '../../db/client.ts';
import { recordCommand } from '../../db/queries/command/record.ts';

/** A command as the console writes it down before it is sent, for writes that are tried without it; its id. */
export async function givenCommand(
  db: Executor,
  command: { by: string; workflowId: string; update?: string },
): Promise<string> {
  const commandId = randomUUID();
  const { by, workflowId, update = 'decide' } = command;
  await recordCommand(db, {
    ...{ commandId, actor: { kind: 'staff', id: by }, workflowId, update },
    ...{ carries: {}, starts: null },
  });
  return commandId;
}
