import type { AuditAction, TaskKind } from '../processes/index.ts';
import type { Involvement } from './decide.ts';

/** Where it stands who had a hand in what a task decides on, besides those whom its opener names. */
export interface AuthorSources {
  /** Whoever the audit log of the subject says did this, and as what. */
  said?: Partial<Record<AuditAction, Involvement>>;
  /** Whoever decided its findings, or entered the accounts that its list pays. */
  rows?: 'findings' | 'bankAccounts';
}

const WRITERS = { 'notice.drafted': 'wrote', 'notice.edited': 'rewrote' } as const;

/** Nobody decides on work of their own, in whichever round it was done (第4条, 第16条, 第17条3項). */
export const AUTHORS: Partial<Record<TaskKind, AuthorSources>> = {
  approval: {
    // A reviewer is who recommended, and who returned it for correction.
    said: {
      'application.entered': 'entered',
      'application.approval': 'reviewed',
      'application.correction': 'reviewed',
    },
    rows: 'findings',
  },
  noticeReview: { said: WRITERS },
  noticeApproval: { said: { ...WRITERS, 'notice.reviewed': 'checked' } },
  refundApproval: { rows: 'bankAccounts' },
};
