import { createHash } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import {
  type TransitionApplicationInput,
  transitionApplication,
} from '../../db/queries/application/transition.ts';
import { campaignUntil, findCampaign } from '../../db/queries/campaign/find.ts';
import { editionDiffers } from '../../db/queries/certificate/edition.ts';
import { doubtOfCommand } from '../../db/queries/command/given.ts';
import {
  type AppliedChange,
  type ApplyChangeInput,
  applyChange,
} from '../../db/queries/contract/apply-change.ts';
import { type CreatedContract, createContract } from '../../db/queries/contract/create.ts';
import { recordClock } from '../../db/queries/contract/record-clock.ts';
import { recordPeriod } from '../../db/queries/contract/record-period.ts';
import { type TransitionContractInput, transitionContract } from '../../db/queries/contract/transition.ts';
import { discontinuationSays } from '../../db/queries/discontinuation/says.ts';
import { type DecideFindingInput, decideFinding } from '../../db/queries/finding/decide.ts';
import { type FutureQuestion, readContractFacts } from '../../db/queries/future/read.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { confirmRequest } from '../../db/queries/request/confirm.ts';
import {
  type RequestOutcomeInput,
  recordRequestOutcome,
  settleRequests,
} from '../../db/queries/request/record-outcome.ts';
import { closeTask } from '../../db/queries/task/close.ts';
import { findTask } from '../../db/queries/task/find.ts';
import { markTask } from '../../db/queries/task/mark.ts';
import { openTask } from '../../db/queries/task/open.ts';
import { numbersDiffer } from '../../db/queries/telephony/numbers.ts';
import { concludedOn } from '../../domain/application/conclusion.ts';
import { type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import type { ChangeFacts } from '../../domain/change/change-facts.ts';
import type { CommandDoubt, ToldCommand } from '../../domain/desk/told-command.ts';
import { campaignFirstDay } from '../../domain/future/campaign.ts';
import type { ContractFacts } from '../../domain/future/facts.ts';
import type { ReminderPolicy } from '../../domain/period/contract-schedule.ts';
import type { Period } from '../../domain/period/periods.ts';
import { firstDayFor } from '../../domain/period/periods.ts';
import { cutoffPolicyOf } from '../../domain/policy/policies.ts';
import { correctionToken } from '../correction-token.ts';
import { dataRequestRecords } from './data-request.ts';
import { createDeliveryRecords } from './delivery.ts';
import { offBoardingRecords } from './off-boarding.ts';
import { changeFacts, type RequestFacts, requestFacts } from './request-facts.ts';

import { type TaskToOpen, taskInput } from './task-input.ts';

export type { RequestFacts } from './request-facts.ts';

/** Business time travels as milliseconds: inside an activity the clock is the real one, not the contract's. */
type Timed<T> = Omit<T, 'businessAt' | 'dueAt' | 'correctionTokenHash'> & { businessMs: number };

/** Short idempotent writes of the workflows; each is one transaction with its audit entry. */
export function createRecordActivities({
  db,
  tokenSecret,
  providesNumbers,
}: {
  db: Database;
  tokenSecret: string;
  /** Whether the provider of numbers can be asked: a new contract's are provided then. */
  providesNumbers: boolean;
}) {
  const at = ({ businessMs }: { businessMs: number }) => new Date(businessMs);
  return {
    ...offBoardingRecords(db),
    ...createDeliveryRecords(db),
    ...dataRequestRecords(db),

    /** Does nothing: that it is asked for makes the server hold what a run knows (workflows/durable.ts). */
    async holdInHistory(): Promise<void> {},

    /** Why a command that came by Temporal's port is not believed, or null (docs/decisions/014). */
    async doubtOfCommand(told: ToldCommand): Promise<CommandDoubt | null> {
      return doubtOfCommand(db, told);
    },

    /** Whether its row stands behind what a contract is told in the name of a discontinuation. */
    async discontinuationSays(input: Parameters<typeof discontinuationSays>[1]): Promise<boolean> {
      return discontinuationSays(db, input);
    },

    async transitionApplication(
      input: Timed<Omit<TransitionApplicationInput, 'opensTask'>> & { opensTask?: TaskToOpen },
    ): Promise<void> {
      const { businessMs, opensTask, ...rest } = input;
      const token =
        input.to === 'correction' ? correctionToken(tokenSecret, input.applicationId, input.round) : null;
      const correctionTokenHash = token === null ? null : createHash('sha256').update(token).digest('hex');
      await transitionApplication(db, {
        ...rest,
        ...(opensTask === undefined ? {} : { opensTask: await taskInput(db, opensTask) }),
        correctionTokenHash,
        businessAt: new Date(businessMs),
      });
    },

    async openTask(input: TaskToOpen): Promise<void> {
      await openTask(db, await taskInput(db, input));
    },

    async closeTask(input: { taskId: string; outcome: 'done' | 'cancelled' }): Promise<void> {
      await closeTask(db, input.taskId, input.outcome);
    },

    /** Whether a task still waits for somebody. */
    async isTaskOpen({ taskId }: { taskId: string }): Promise<boolean> {
      return (await findTask(db, taskId))?.status === 'open';
    },

    async markTask(input: { taskId: string; stage: 'reminder' | 'escalation'; atMs: number }): Promise<void> {
      await markTask(db, input.taskId, input.stage, new Date(input.atMs));
    },

    async recordFinding(input: Timed<DecideFindingInput>): Promise<void> {
      await decideFinding(db, { ...input, businessAt: at(input) });
    },

    /** The conclusion date by policy `conclusion.basis`, the first day, and the contract with its numbers (第5条3項). */
    async createContract(input: {
      applicationId: string;
      contractId: string;
      approvedMs: number;
      acceptedMs: number;
      businessMs: number;
    }): Promise<CreatedContract> {
      const policies = await loadPolicies(db);
      const { applicationId, contractId, approvedMs, acceptedMs: takenMs } = input;
      const day = concludedOn(policies['conclusion.basis'], { approvedMs, takenMs });
      const campaign = await findCampaign(db, applicationId);
      const firstDay = campaignFirstDay(campaign, day) ?? firstDayFor(day).value;
      return createContract(db, {
        applicationId,
        contractId,
        concludedOn: day,
        firstDay,
        providesNumbers,
        businessAt: at(input),
      });
    },

    /** Records a period and returns the policies for its reminder, as they are now. */
    async recordPeriod(input: {
      contractId: string;
      period: Period;
      clause: string;
      /** A change of kind that arrived in time but was entered late: it takes the place of periods on record. */
      replaces?: boolean;
      businessMs: number;
    }): Promise<ReminderPolicy & { campaignUntil?: CivilDate | null }> {
      await recordPeriod(db, { ...input, businessAt: at(input) });
      const policies = await loadPolicies(db);
      return {
        days: policies['renewal.reminderDays'],
        kinds: policies['renewal.reminderKinds'],
        cutoff: cutoffPolicyOf(policies),
        campaignUntil: await campaignUntil(db, input.contractId, jstDate(input.businessMs)),
      };
    },

    /** Last day of the contract's campaign, where one is in force on a day. */
    async campaignUntil(input: { contractId: string; on: CivilDate }): Promise<CivilDate | null> {
      return campaignUntil(db, input.contractId, input.on);
    },

    async transitionContract(input: Timed<TransitionContractInput>): Promise<void> {
      await transitionContract(db, { ...input, businessAt: at(input) });
    },

    /** How far the test clock of a sandbox contract is ahead of this machine's. */
    async recordClock({ contractId, businessMs }: { contractId: string; businessMs: number }): Promise<void> {
      await recordClock(db, contractId, businessMs - Date.now());
    },

    async loadRequest(input: { contractId: string; requestId: string }): Promise<RequestFacts> {
      return requestFacts(db, input);
    },

    async changeFacts(input: {
      contractId: string;
      requestId: string;
      earlier: string[];
    }): Promise<ChangeFacts> {
      return changeFacts(db, input);
    },

    async recordRequestOutcome(input: Timed<RequestOutcomeInput>): Promise<void> {
      await recordRequestOutcome(db, { ...input, businessAt: at(input) });
    },

    /** What one command means for several requests, all or nothing. */
    async settleRequests(input: { requests: Timed<RequestOutcomeInput>[] }): Promise<void> {
      await settleRequests(
        db,
        input.requests.map((each) => ({ ...each, businessAt: at(each) })),
      );
    },

    /** Everything that the contract's future depends on. */
    async contractFacts(input: FutureQuestion): Promise<ContractFacts> {
      return readContractFacts(db, input);
    },

    async numbersDiffer({ contractId }: { contractId: string }): Promise<boolean> {
      return numbersDiffer(db, contractId);
    },

    async editionDiffers(input: { contractId: string; on: CivilDate }): Promise<boolean> {
      return editionDiffers(db, input);
    },

    async confirmRequest(input: { requestId: string; confirmedBy: string }): Promise<void> {
      await confirmRequest(db, input.requestId, input.confirmedBy);
    },

    async applyChange(input: Timed<ApplyChangeInput>): Promise<AppliedChange> {
      return applyChange(db, { ...input, businessAt: at(input) });
    },
  };
}

export type RecordActivities = ReturnType<typeof createRecordActivities>;
