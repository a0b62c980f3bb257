import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { PublicationStatus, PublicationSubject } from '../../domain/notice/publication.ts';
import type { Update, Updates } from '../updates.ts';

/** One workflow for each edition of the terms and each fee change. */
export const publicationWorkflowId = (subjectType: PublicationSubject, subjectId: string): string =>
  `publication/${subjectType}/${subjectId}`;

export interface PublicationInput {
  subjectType: PublicationSubject;
  subjectId: string;
  enteredBy: string;
  effectiveOn: CivilDate;
  /** Contracts of one page when a fee change is applied (500 unless given) or certificates are revised (200). */
  pageSize?: number;
  /** Set by continue-as-new: the fee change is in effect, contracts follow period by period. */
  moving?: true;
}

export interface PublicationSnapshot {
  status: PublicationStatus;
  /** The open task, or null. */
  taskId: string | null;
}

export interface PublicationMessages {
  /**
   * The second person's decision on a draft (`approve`, `reject`), or the withdrawal of an approved one (`reject`) before
   * it takes effect. Their words are in the decision that the console wrote before.
   */
  decide: Update<'decidePublication', { taskId?: string; verdict: 'approve' | 'reject' }>;
}

export const publicationUpdates: Updates<PublicationMessages> = { decide: defineUpdate('decidePublication') };
export const publicationSnapshot = defineQuery<PublicationSnapshot>('snapshot');
