import { eq } from 'drizzle-orm';
import type { Command } from '../../../domain/base/answers.ts';
import type { Executor } from '../../client.ts';
import { type CommandStart, commands } from '../../schema/index.ts';

/** A command for a workflow, as it is stored and sent. */
export interface NewCommand extends Command {
  workflowId: string;
  update: string | null;
  carries: object;
  starts: CommandStart | null;
}

export type CommandRow = typeof commands.$inferSelect;

/** Writes a command once for its id, in the caller's transaction. False when the id was used before. */
export async function recordCommand(tx: Executor, command: NewCommand): Promise<boolean> {
  const { commandId: id, ...values } = command;
  const written = await tx
    .insert(commands)
    .values({ ...values, id })
    .onConflictDoNothing()
    .returning({ id: commands.id });
  return written.length > 0;
}

/** A command by its id, or null. */
export async function findCommand(db: Executor, id: string): Promise<CommandRow | null> {
  const [row] = await db.select().from(commands).where(eq(commands.id, id));
  return row ?? null;
}
