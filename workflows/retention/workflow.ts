import { continueAsNew } from '@temporalio/workflow';
import { startDeletion } from '../deletion/start.ts';
import { retention } from '../ports.ts';
import type { SweepInput, SweepResult } from './messages.ts';

const PAGE = 100;
const PAGES_PER_RUN = 50;

/**
 * Once a day: carries out what fell due about ended contracts (第19条, 第22条6項) and starts deletions that nobody started. One
 * look through an index instead of a timer for each contract and date (docs/decisions/011). A day that was missed is made up
 * for by the next.
 */
export async function retentionSweep(input: SweepInput): Promise<SweepResult> {
  const result = input.carried ?? { fired: 0, started: 0, unnamed: 0 };
  for (let pages = 0; pages < PAGES_PER_RUN; pages += 1) {
    const { fired } = await retention.sweepPage({ limit: PAGE, nowMs: Date.now() });
    result.fired += fired;
    if (fired > 0) continue;
    result.unnamed += (await retention.removeUnnamedFiles()).removed;
    const missing = await retention.findUnstartedDeletions({ limit: PAGE, nowMs: Date.now() });
    for (const contract of missing) if (await startDeletion(contract)) result.started += 1;
    return result;
  }
  return continueAsNew<typeof retentionSweep>({ carried: result });
}
