import type { Database } from '../../db/client.ts';
import { findNotice } from '../../db/queries/notice/find.ts';
import { type RecipientCounts, recipientCounts } from '../../db/queries/notice/page.ts';
import {
  type Approval,
  approveNotice,
  postNotice,
  reviewNotice,
  stopRecipients,
  type TransitionNoticeInput,
  transitionNotice,
} from '../../db/queries/notice/transition.ts';
import { recordLetters, retryRecipients } from '../../db/queries/notice/unreached.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { NoticeClass } from '../../domain/notice/notice.ts';
import { missing } from '../mail/composed-mail.ts';

export type { Approval } from '../../db/queries/notice/transition.ts';

/** Business time travels as milliseconds: inside an activity the clock is the real one. */
type Timed<T> = Omit<T, 'businessAt'> & { businessMs: number };

/** What a notice's workflow has to know; texts and recipients stay in the database. */
export interface NoticeFacts {
  noticeClass: NoticeClass;
  sandbox: boolean;
  byMail: boolean;
  postOnWeb: boolean;
  createdBy: string;
  reviewedBy: string | null;
  /** Set from the beginning where its cause was approved already: nobody is asked again. */
  approvedBy: string | null;
}

/** Short writes of notice campaigns, each one transaction with its audit entry. */
export function createNoticeActivities({ db }: { db: Database }) {
  const timed = <T extends { businessMs: number }>({ businessMs, ...rest }: T) => ({
    ...rest,
    businessAt: new Date(businessMs),
  });
  return {
    async noticeFacts({ noticeId }: { noticeId: string }): Promise<NoticeFacts> {
      const notice = await findNotice(db, noticeId);
      if (notice === null) throw missing(`notice ${noticeId}`);
      const { noticeClass, sandbox, byMail, postOnWeb, createdBy, reviewedBy, approvedBy } = notice;
      return { noticeClass, sandbox, byMail, postOnWeb, createdBy, reviewedBy, approvedBy };
    },

    async transitionNotice(input: Timed<TransitionNoticeInput>): Promise<void> {
      await transitionNotice(db, timed(input));
    },

    async reviewNotice(input: Timed<Parameters<typeof reviewNotice>[1]>): Promise<void> {
      await reviewNotice(db, timed(input));
    },

    /** Freezes the recipients, up to 100,000 in one statement. */
    async approveNotice(input: Timed<Parameters<typeof approveNotice>[1]>): Promise<Approval> {
      return approveNotice(db, timed(input));
    },

    async postNotice(input: { noticeId: string; businessMs: number }): Promise<void> {
      await postNotice(db, timed(input));
    },

    async recipientCounts({ noticeId }: { noticeId: string }): Promise<RecipientCounts> {
      return recipientCounts(db, noticeId);
    },

    async stopRecipients({ noticeId }: { noticeId: string }): Promise<void> {
      await stopRecipients(db, noticeId);
    },

    async retryRecipients(input: {
      noticeId: string;
      staffId: string;
      commandId: string;
      businessMs: number;
    }): Promise<void> {
      await retryRecipients(db, timed(input));
    },

    async recordLetters(input: {
      noticeId: string;
      contractIds: string[] | null;
      sentOn: CivilDate;
      staffId: string;
      commandId: string;
      businessMs: number;
    }): Promise<{ letters: number }> {
      return { letters: await recordLetters(db, timed(input)) };
    },
  };
}

export type NoticeActivities = ReturnType<typeof createNoticeActivities>;
