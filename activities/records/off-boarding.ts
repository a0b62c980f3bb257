import type { Database } from '../../db/client.ts';
import {
  beginOffBoarding,
  completeStep,
  recordStep,
  type StepRecord,
} from '../../db/queries/off-boarding/steps.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { forfeitPrepaid } from '../../db/queries/prepaid/forfeit.ts';
import { bookUsage } from '../../db/queries/prepaid/usage.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { billingPolicyOf } from '../../domain/policy/policies.ts';

type Timed<T> = Omit<T, 'businessAt'> & { businessMs: number };

/** Short idempotent writes of the off-boarding (第10条3項); each is one transaction with its audit entry. */
export function offBoardingRecords(db: Database) {
  const timed = <T extends { businessMs: number }>({ businessMs, ...rest }: T) => ({
    ...rest,
    businessAt: new Date(businessMs),
  });
  return {
    /** Writes the steps, and tells what there is to do and how long usage may come late (days). */
    async beginOffBoarding(input: {
      contractId: string;
      endedOn: CivilDate;
      businessMs: number;
    }): Promise<{ hasPartner: boolean; hasNumbers: boolean; lateUsageDays: number }> {
      const facts = await beginOffBoarding(db, timed(input));
      const policies = await loadPolicies(db);
      return { ...facts, lateUsageDays: policies['offBoarding.lateUsageDays'] };
    },

    async recordOffBoardingStep(input: Timed<StepRecord>): Promise<void> {
      await recordStep(db, timed(input));
    },

    async completeOffBoardingStep(input: Timed<Parameters<typeof completeStep>[1]>): Promise<void> {
      await completeStep(db, timed(input));
    },

    async forfeitPrepaid(input: {
      contractId: string;
      endedOn: CivilDate;
      businessMs: number;
    }): Promise<{ forfeitedYen: number }> {
      const { contractId, endedOn: through, businessMs } = input;
      const policy = billingPolicyOf(await loadPolicies(db));
      const usage = { contractId, through, policy, businessAt: new Date(businessMs) };
      const problem = await bookUsage(db, usage);
      if (problem !== null) throw new Error(`usage of ${contractId} cannot be booked: ${problem.message}`);
      return { forfeitedYen: await forfeitPrepaid(db, timed(input)) };
    },
  };
}
