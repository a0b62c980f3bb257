import type { NoticeRow } from '../../../db/queries/notice/find.ts';
import type { RecipientCounts } from '../../../db/queries/notice/page.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import { campaignDurationMs, UNREACHED_STATES } from '../../../domain/notice/notice.ts';
import type { NoticeProgress } from '../../../workflows/notice/messages.ts';
import type { frame } from '../console.ts';
import { type Access, accessTo } from '../desk/access.ts';

/** What the pages of one notice show. */
export interface NoticeView {
  frame: ReturnType<typeof frame>;
  notice: NoticeRow;
  counts: RecipientCounts;
  /** How many contracts a draft would be for now. */
  wouldBe: number;
  /** Null when its workflow is over or does not answer. */
  progress: NoticeProgress | null;
  /** Open tasks of this notice. */
  tasks: readonly TaskRow[];
  mailsPerMinute: number;
  names: ReadonlyMap<string, string>;
  now: Date;
}

/** Recipients whom no mail reached. */
export const unreachedOf = (counts: RecipientCounts): number =>
  UNREACHED_STATES.reduce((total, state) => total + counts[state], 0);

/** Share of the recipients that are settled, in whole percent, and when the rest will be at the measured rate. */
export function forecastOf({ notice, counts, progress, mailsPerMinute, now }: NoticeView): {
  percent: number;
  settled: number;
  total: number;
  endsAt: Date | null;
} {
  const total = notice.recipientCount ?? 0;
  const left = counts.queued + counts.deferred;
  const settled = total - left;
  const percent = total === 0 ? 0 : Math.floor((settled / total) * 100);
  if (notice.status !== 'sending' || left === 0) return { percent, settled, total, endsAt: null };
  const rate = Math.max(1, progress?.mailsPerMinute ?? mailsPerMinute);
  const from = Math.max(now.getTime(), progress?.waitsUntilMs ?? 0);
  return { percent, settled, total, endsAt: new Date(from + campaignDurationMs(left, rate)) };
}

/** Who may decide now: the task's role, and nobody who wrote or reviewed the same notice. */
export function noticeAccess({ tasks, frame }: NoticeView): Access<TaskRow> {
  const task = tasks.find(({ kind }) => kind === 'noticeReview' || kind === 'noticeApproval');
  return accessTo(task, frame.signedIn.staff);
}
