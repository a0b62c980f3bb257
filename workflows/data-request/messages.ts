import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { Answer, Command } from '../../domain/base/answers.ts';
import type {
  DataRequestStatus,
  DataRequestVerdict,
  IdentityCheck,
} from '../../domain/data/data-requests.ts';

export const dataRequestWorkflowId = (dataRequestId: string): string => `data-request/${dataRequestId}`;

export interface DataRequestInput {
  dataRequestId: string;
  /** Last day for the answer, and how many days before it staff are reminded. */
  dueOn: string;
  remindDays: number;
  sandbox: boolean;
}

export interface DataRequestSnapshot {
  status: DataRequestStatus;
  taskId: string | null;
  dueOn: string;
  identityChecked: boolean;
  extended: boolean;
}

/** Staff checked who asks; nothing is handed out before. */
export const checkIdentity = defineUpdate<Answer, [Command & { method: IdentityCheck }]>('checkIdentity');

/** Staff answer; the words are in the decision that the console wrote before. */
export const answerDataRequest = defineUpdate<
  Answer,
  [Command & { decisionId: string; verdict: DataRequestVerdict; extendedTo: string | null }]
>('answerDataRequest');

export const dataRequestSnapshot = defineQuery<DataRequestSnapshot>('snapshot');
