import type { Database } from '../../db/client.ts';
import {
  type DataRequestAnswerInput,
  recordDataRequestAnswer,
} from '../../db/queries/data-request/answer.ts';
import { type IdentityCheckInput, recordIdentityCheck } from '../../db/queries/data-request/identity.ts';

type Timed<T> = Omit<T, 'businessAt'> & { businessMs: number };

/** What the process of a request about data writes. */
export function dataRequestRecords(db: Database) {
  return {
    async recordIdentityCheck({ businessMs, ...input }: Timed<IdentityCheckInput>): Promise<void> {
      await recordIdentityCheck(db, { ...input, businessAt: new Date(businessMs) });
    },

    async recordDataRequestAnswer({ businessMs, ...input }: Timed<DataRequestAnswerInput>): Promise<void> {
      await recordDataRequestAnswer(db, { ...input, businessAt: new Date(businessMs) });
    },
  };
}
