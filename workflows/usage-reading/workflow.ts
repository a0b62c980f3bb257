import { ActivityFailure } from '@temporalio/common';
import { addMonths, jstDate } from '../../domain/calendar/civil-date.ts';
import { usageReading as port } from '../ports.ts';
import type { UsageReadingInput, UsageReadingResult } from './messages.ts';

/** Contracts whose records are read within one activity. */
const PAGE = 100;

/**
 * Reads the provider's records of a month, page by page, and compares our usage with them; a difference beyond the limit, or a
 * contract of which nothing could be read, becomes a task (第6条6項). A provider that stays silent ends the reading: the comparison says so.
 */
export async function usageReading(input: UsageReadingInput): Promise<UsageReadingResult> {
  const { sandbox } = input;
  const month = input.month ?? addMonths(jstDate(Date.now()), -1).slice(0, 7);
  try {
    for (let after: string | null = null; ; ) {
      const page: { nextCursor: string | null } = await port.readUsagePage({
        month,
        sandbox,
        after,
        limit: PAGE,
      });
      after = page.nextCursor;
      if (after === null) break;
    }
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
  const found = await port.compareUsage({ month, sandbox, businessMs: Date.now() });
  return { month, ...found };
}
