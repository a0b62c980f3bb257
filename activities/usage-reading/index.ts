import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { recordComparison } from '../../db/queries/billing/usage-comparison.ts';
import { contractsToRead, recordReading } from '../../db/queries/telephony/readings.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { addDays, addMonths, civilDate } from '../../domain/calendar/civil-date.ts';
import type { TelephonyActivities } from '../telephony/index.ts';

/** What the monthly comparison of usage asks of the telephony provider and of the database (第6条6項). Each may be repeated. */
export function createUsageReadingActivities(ports: {
  db: Database;
  telephony: Pick<TelephonyActivities, 'readUsage'>;
}) {
  const { db, telephony } = ports;
  return {
    /** Reads a month of one page of contracts; one that the provider refuses is noted and holds up nobody else. */
    async readUsagePage(input: {
      month: string;
      sandbox: boolean;
      after: string | null;
      limit: number;
    }): Promise<{ nextCursor: string | null }> {
      const { month, limit } = input;
      const from = civilDate(`${month}-01`);
      const to = addDays(addMonths(from, 1), -1);
      const contractIds = await contractsToRead(db, input);
      for (const contractId of contractIds) {
        const refused = await readOne({ contractId, from, to });
        await recordReading(db, { contractId, month, refused, readAt: new Date() });
      }
      return { nextCursor: contractIds.length < limit ? null : (contractIds.at(-1) ?? null) };
    },

    /** Compares the month as it was read, once for each reading, and opens the task where people have to look. */
    async compareUsage(input: { month: string; sandbox: boolean; businessMs: number }) {
      const { businessMs, ...asked } = input;
      return recordComparison(db, { ...asked, at: new Date(businessMs) });
    },
  };

  /** True where the provider refuses; throws where a repeat may bring an answer. */
  async function readOne(asked: { contractId: string; from: string; to: string }): Promise<boolean> {
    try {
      await telephony.readUsage(asked);
      return false;
    } catch (error) {
      if (error instanceof ApplicationFailure && error.type === FAILURE.telephonyRefused) return true;
      throw error;
    }
  }
}

export type UsageReadingActivities = ReturnType<typeof createUsageReadingActivities>;
