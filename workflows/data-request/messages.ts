import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type {
  DataRequestStatus,
  DataRequestVerdict,
  IdentityCheck,
} from '../../domain/data/data-requests.ts';
import type { Update, Updates } from '../updates.ts';

export const dataRequestWorkflowId = (dataRequestId: string): string => `data-request/${dataRequestId}`;

export interface DataRequestInput {
  dataRequestId: string;
  /** Last day for the answer, and how many days before it staff are reminded. */
  dueOn: CivilDate;
  remindDays: number;
  sandbox: boolean;
}

export interface DataRequestSnapshot {
  status: DataRequestStatus;
  taskId: string | null;
  dueOn: CivilDate;
  identityChecked: boolean;
  extended: boolean;
}

export interface DataRequestMessages {
  /** Staff checked who asks; nothing is handed out before. */
  checkIdentity: Update<'checkIdentity', { method: IdentityCheck }>;
  /** Staff answer; the words are in the decision that the console wrote before. */
  answer: Update<
    'answerDataRequest',
    { decisionId: string; verdict: DataRequestVerdict; extendedTo: CivilDate | null }
  >;
}

export const dataRequestUpdates: Updates<DataRequestMessages> = {
  checkIdentity: defineUpdate('checkIdentity'),
  answer: defineUpdate('answerDataRequest'),
};

export const dataRequestSnapshot = defineQuery<DataRequestSnapshot>('snapshot');
