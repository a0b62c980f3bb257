import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import {
  approveBatch,
  type BatchInput,
  submitBatch,
  withdrawBatch,
} from '../../db/queries/discontinuation/batches.ts';
import { contractsToTell, countUntold, unpaidRefunds } from '../../db/queries/discontinuation/contracts.ts';
import { type DiscontinuationRow, findDiscontinuation } from '../../db/queries/discontinuation/find.ts';
import { type FreezeInput, freezePlan } from '../../db/queries/discontinuation/freeze.ts';
import { frozenQuestion } from '../../db/queries/discontinuation/question.ts';
import {
  type TransitionDiscontinuationInput,
  transitionDiscontinuation,
} from '../../db/queries/discontinuation/transition.ts';
import { findNoticeByCause } from '../../db/queries/notice/find.ts';
import { noticeReachGroups } from '../../db/queries/notice/reach.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { type DiscontinueCommand, discontinue } from '../../workflows/contract/messages.ts';
import { signalContracts } from '../signal-contracts.ts';
import { announceByNotice } from './notice.ts';

type Timed<T> = Omit<T, 'businessAt'> & { businessMs: number };

/** What a discontinuation asks of the database, of contracts and of notices (第16条). Each may be repeated. */
export function createDiscontinuationActivities({ db }: { db: Database }) {
  const timed = <T extends { businessMs: number }>({ businessMs, ...rest }: T) => ({
    ...rest,
    businessAt: new Date(businessMs),
  });

  return {
    async transitionDiscontinuation(input: Timed<TransitionDiscontinuationInput>): Promise<void> {
      await transitionDiscontinuation(db, timed(input));
    },

    /** Freezes the figures as they are now, as a version (第16条). */
    async freezeDiscontinuation(input: Timed<FreezeInput>): Promise<{ refunds: number }> {
      const row = await found(input.discontinuationId);
      const question = await frozenQuestion(db, row, input.kind, input.businessMs);
      const { refunds } = await freezePlan(db, question, timed(input));
      return { refunds };
    },

    /** Tells one page of contracts a step of the discontinuation. */
    async tellContracts(input: {
      discontinuationId: string;
      step: DiscontinueCommand['step'];
      cursor: string | null;
      limit: number;
    }): Promise<{ nextCursor: string | null }> {
      const { discontinuationId, step, cursor, limit } = input;
      const row = await found(discontinuationId);
      const contractIds = await contractsToTell(db, row, { step, after: cursor, limit });
      await signalContracts(contractIds, discontinue, {
        commandId: `${discontinuationId}/${step}`,
        actor: { kind: 'system' },
        ...{ step, discontinuationId },
        lastDay: row.lastDay,
        planCode: row.planCode,
      });
      return { nextCursor: contractIds.length < limit ? null : (contractIds.at(-1) ?? null) };
    },

    /** Makes and starts the notice to the customers of a version; null where it concerns nobody. */
    async notifyOfDiscontinuation(input: {
      discontinuationId: string;
      version: number;
      step: 'announcement' | 'cancelled';
    }): Promise<{ noticeId: string | null }> {
      return { noticeId: await announceByNotice(db, await found(input.discontinuationId), input) };
    },

    /** How many customers the announcement has not reached; `finished`: everything was sent that can be. */
    async unreachedByNotice(input: {
      discontinuationId: string;
    }): Promise<{ unreached: number; finished: boolean }> {
      const { discontinuationId: id } = input;
      const notice = await findNoticeByCause(db, { type: 'discontinuation', id, step: 'announcement' });
      if (notice === null) return { unreached: 0, finished: true };
      const groups = await noticeReachGroups(db, notice.id);
      const unreached = groups.filter(({ reach }) => reach === null);
      return {
        unreached: unreached.reduce((sum, { recipients }) => sum + recipients, 0),
        finished: groups.every(({ state }) => state !== 'queued'),
      };
    },

    /** Contracts that were told and have not written it down yet. */
    async countUntold({ discontinuationId }: { discontinuationId: string }): Promise<{ untold: number }> {
      return { untold: await countUntold(db, await found(discontinuationId)) };
    },

    async refundsWithoutAccount(input: {
      discontinuationId: string;
      version: number;
    }): Promise<{ missing: number }> {
      return { missing: (await unpaidRefunds(db, input)).missing };
    },

    async submitRefunds(input: Timed<BatchInput>): Promise<{ refunds: number }> {
      return submitBatch(db, timed(input));
    },

    async approveRefunds(input: Timed<BatchInput>): Promise<{ left: number }> {
      return approveBatch(db, timed(input));
    },

    async sendBackRefunds(input: Timed<BatchInput>): Promise<void> {
      await withdrawBatch(db, timed(input));
    },
  };

  async function found(id: string): Promise<DiscontinuationRow> {
    const row = await findDiscontinuation(db, id);
    if (row !== null) return row;
    throw ApplicationFailure.nonRetryable(`discontinuation ${id} does not exist`, FAILURE.invalidInput);
  }
}

export type DiscontinuationActivities = ReturnType<typeof createDiscontinuationActivities>;
