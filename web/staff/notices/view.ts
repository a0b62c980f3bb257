import type { NoticeRow } from '../../../db/queries/notice/find.ts';
import type { RecipientCounts } from '../../../db/queries/notice/page.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import { ROLE_LABELS } from '../../../domain/desk/roles.ts';
import { campaignDurationMs, UNREACHED_STATES } from '../../../domain/notice/notice.ts';
import type { NoticeProgress } from '../../../workflows/notice/messages.ts';
import type { frame } from '../console.ts';

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

/** Whether a person may take the open decision, or why not. */
export type NoticeAccess = { may: true; task: TaskRow } | { may: false; status: 403 | 409; why: string };

/** Who may decide now: the task's role, and nobody who wrote or approved the same notice. */
export function noticeAccess({ notice, tasks, frame }: NoticeView): NoticeAccess {
  const { staff } = frame.signedIn;
  const task = tasks.find(({ kind }) => kind === 'noticeReview' || kind === 'noticeApproval');
  if (task === undefined) return { may: false, status: 409, why: 'いま判断することはありません。' };
  if (notice.createdBy === staff.id) {
    return { may: false, status: 403, why: 'この通知はあなたが作成しました。承認は別の二人が行います。' };
  }
  if (task.excludedStaff.includes(staff.id)) {
    return {
      may: false,
      status: 403,
      why: 'この通知の内容はあなたが確認しました。承認は別の担当者が行います。',
    };
  }
  if (!staff.roles.some((role) => role === task.role)) {
    const role = task.kind === 'noticeReview' ? ROLE_LABELS.legal : ROLE_LABELS.approver;
    return {
      may: false,
      status: 403,
      why: `いまの判断は${role}が行います。あなたの役割では判断できません。`,
    };
  }
  return { may: true, task };
}
