import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type SearchPorts, searchEverywhere } from '../../clients/search-everywhere.ts';
import { eraseRows } from '../../db/queries/deletion/erase.ts';
import { forgetDeletion } from '../../db/queries/deletion/forget.ts';
import { beginDeletion, openDeletion } from '../../db/queries/deletion/open.ts';
import {
  moveDeletion,
  noteObjects,
  pendingObjects,
  readKeptForSearch,
  recordStep,
  settleObjects,
} from '../../db/queries/deletion/record.ts';
import { type DeletionSubject, deletionSubject } from '../../db/queries/deletion/subject.ts';
import { FAILURE, NOT_YET } from '../../domain/base/failures.ts';
import { type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import type { DeletionStatus, Leftover, ProofMail } from '../../domain/data/deletion.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { type DeletionInput, deletionWorkflowId } from '../../workflows/deletion/messages.ts';
import { outboxFiles } from './outbox.ts';
import { erasePendingFiles } from './pending-files.ts';
import { issueProof, type ProofPorts } from './proof.ts';

export interface DeletionPorts extends SearchPorts, ProofPorts {}

/** Ids and business time; what is deleted is read from the database. */
export interface DeletionStepInput {
  contractId: string;
  businessMs: number;
}

/** The steps of a deletion (第22条6項). Each may run again: what is gone is gone, and nothing is counted twice. */
export function createDeletionActivities(ports: DeletionPorts) {
  const { db, storage, outboxDir, executions } = ports;
  const at = ({ businessMs }: DeletionStepInput) => new Date(businessMs);

  const subjectOf = async (contractId: string): Promise<DeletionSubject> => {
    const subject = await deletionSubject(db, contractId);
    if (subject !== null) return subject;
    throw ApplicationFailure.nonRetryable(`contract ${contractId} does not exist`, FAILURE.invalidInput);
  };

  return {
    /**
     * Starts the deletion of an ended contract on the worker's own client: it outlives who starts it, and a child that
     * waits for years would hold up the test clock of its parent. One that runs or ran stays as it is.
     */
    async startDeletion(input: DeletionInput): Promise<void> {
      const { client } = Context.current();
      try {
        await client.workflow.start('deletion', {
          workflowId: deletionWorkflowId(input.contractId),
          taskQueue: BACKGROUND_QUEUE,
          workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
          args: [input],
        });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },

    /** The day on which it falls due; null for a contract that has not ended. */
    async openDeletion(input: DeletionStepInput): Promise<{ dueOn: CivilDate } | null> {
      const row = await openDeletion(db, { contractId: input.contractId, businessAt: at(input) });
      return row === null ? null : { dueOn: row.dueOn };
    },

    async beginDeletion(
      input: DeletionStepInput,
    ): Promise<{ status: DeletionStatus; offBoardingOpen: boolean }> {
      return beginDeletion(db, { contractId: input.contractId, businessAt: at(input) });
    },

    async eraseRows(input: DeletionStepInput): Promise<void> {
      const { contractId, businessMs } = input;
      await eraseRows(db, { contractId, businessAt: at(input), businessDay: jstDate(businessMs) });
    },

    async eraseFiles(input: DeletionStepInput): Promise<void> {
      const { contractId } = input;
      const { removed, settled } = await erasePendingFiles(ports, contractId);
      const step = { step: 'files' as const, removed: { storage: removed }, settled };
      await recordStep(db, { contractId, ...step, businessAt: at(input) });
    },

    /** Caught mails of the development outbox. */
    async eraseOutbox(input: DeletionStepInput): Promise<void> {
      const { contractId } = input;
      const mails = await pendingObjects(db, contractId, 'outboxMail');
      await noteObjects(db, contractId, { kind: 'outboxFile', names: await outboxFiles(outboxDir, mails) });
      await settleObjects(db, contractId, { kind: 'outboxMail', names: mails });
      const names = await pendingObjects(db, contractId, 'outboxFile');
      for (const name of names) await rm(join(outboxDir ?? '', name), { force: true });
      const removed = { outbox: names.filter((name) => name.endsWith('.eml')).length };
      const settled = { kind: 'outboxFile' as const, names };
      await recordStep(db, { contractId, step: 'outbox', removed, settled, businessAt: at(input) });
    },

    /** Histories and visibility rows of executions that are over. The server does it a moment later: looked at again. */
    async eraseExecutions(input: DeletionStepInput): Promise<void> {
      const { contractId } = input;
      const subject = await subjectOf(contractId);
      for (let looks = 0; ; looks += 1) {
        // Asked anew each time: one that was over a moment ago is listed only now.
        const closed = await executions.closed(subject);
        if (closed.length === 0) break;
        if (looks >= LOOKS) throw ApplicationFailure.retryable('executions are still there', NOT_YET);
        const names = closed.map(({ workflowId, runId }) => `${workflowId}/${runId}`);
        await noteObjects(db, contractId, { kind: 'execution', names });
        for (const execution of closed) await executions.remove(execution);
        await pause(LOOK_EVERY_MS);
      }
      const settled = {
        kind: 'execution' as const,
        names: await pendingObjects(db, contractId, 'execution'),
      };
      const removed = { workflow: settled.names.length };
      await recordStep(db, { contractId, step: 'executions', removed, settled, businessAt: at(input) });
    },

    /** Searches every store; counts by store, never what was found. */
    async searchStores(input: DeletionStepInput): Promise<{ left: Leftover[]; kept: Leftover[] }> {
      const { contractId } = input;
      const search = await readKeptForSearch(db, contractId);
      if (search === null) return { left: [{ store: 'deletion_needles', count: 1 }], kept: [] };
      const { left, kept } = await searchEverywhere(
        ports,
        await subjectOf(contractId),
        search.needles,
        deletionWorkflowId(contractId),
      );
      await recordStep(db, { contractId, step: 'search', removed: {}, businessAt: at(input) });
      return { left, kept };
    },

    async issueProof(input: DeletionStepInput & { kept: Leftover[] }): Promise<{ documentId: string }> {
      return issueProof(ports, input);
    },

    /** Last of all: what was kept for the search, and the address, are gone. */
    async forget(input: DeletionStepInput & { proofMail: ProofMail }): Promise<void> {
      const { contractId, proofMail, businessMs } = input;
      await storage.removeAbandoned(Date.now() - ABANDONED_MS);
      await forgetDeletion(db, { contractId, proofMail, businessAt: new Date(businessMs) });
    },

    async proofReachable({ contractId }: { contractId: string }): Promise<boolean> {
      return (await readKeptForSearch(db, contractId))?.recipient.reachable ?? false;
    },

    async moveDeletion(
      input: DeletionStepInput & {
        to: 'problem' | 'deleting';
        leftovers: Leftover[];
        actor: string;
        commandId?: string;
      },
    ): Promise<void> {
      const { businessMs: _, ...move } = input;
      await moveDeletion(db, { ...move, businessAt: at(input) });
    },
  };
}

/** How long the server may take for what it was told to remove. */
const LOOKS = 60;
const LOOK_EVERY_MS = 500;
/** No write of a file takes so long. */
const ABANDONED_MS = 3_600_000;

export type DeletionActivities = ReturnType<typeof createDeletionActivities>;
