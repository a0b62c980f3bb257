import { eq } from 'drizzle-orm';
import { saysStep, type ToldStep } from '../../../domain/discontinuation/discontinuation-status.ts';
import type { Executor } from '../../client.ts';
import { discontinuations } from '../../schema/index.ts';

/** Whether the row of a discontinuation stands behind what a contract is told in its name. */
export async function discontinuationSays(
  db: Executor,
  told: { discontinuationId: string; step: ToldStep; lastDay: string; planCode: string | null },
): Promise<boolean> {
  const [row] = await db
    .select()
    .from(discontinuations)
    .where(eq(discontinuations.id, told.discontinuationId));
  return (
    row !== undefined &&
    row.lastDay === told.lastDay &&
    row.planCode === told.planCode &&
    saysStep(row.status, told.step)
  );
}
