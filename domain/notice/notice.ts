import { keysOf } from '../base/keys.ts';
import { type CivilDate, compareDates, earlierOf, formatDateJa } from '../calendar/civil-date.ts';
import type { NoticeCounts } from '../policy/policies.ts';
import { noticeProcess } from '../processes/notice.ts';

/** Contractual mail goes to everyone; mail that advertises leaves out who opted out (第14条). */
export const NOTICE_CLASSES = ['contractual', 'advertising'] as const;
export type NoticeClass = (typeof NOTICE_CLASSES)[number];

/** What a notice is about; `manual` ones are written by staff (第6条4項, 第15条, 第16条, 第17条). */
export type NoticeCause = 'manual' | 'termsEdition' | 'feeChange' | 'suspension' | 'discontinuation';

/** Whom a notice is for: every live contract, those of one plan, or those that are named. */
export const NOTICE_AUDIENCES = ['all', 'plan', 'contracts'] as const;
export type NoticeAudience = (typeof NOTICE_AUDIENCES)[number];

/** States of a notice, with those that may follow each. */
export const NOTICE_STATUSES = noticeProcess.statuses.notice;
export type NoticeStatus = keyof typeof NOTICE_STATUSES;

/** What one of the two people who approve a notice may decide. */
export const NOTICE_VERDICTS = ['approve', 'sendBack', 'refuse'] as const;
export type NoticeVerdict = (typeof NOTICE_VERDICTS)[number];

/** How long after sending a mail may still come back: servers try for up to five days (RFC 5321 4.5.4.1). */
export const NOTICE_FOLLOW_DAYS = 5;

/** Waits before those whom the server put off are asked about again; after the last they are given to staff: 24 hours. */
const RETRY_WAITS_MINUTES = [5, 15, 40, 60, 120, 240, 480, 480];

/** Milliseconds to wait before the n-th time, from 1; null when there is none. */
export function noticeRetryWaitMs(n: number): number | null {
  const minutes = RETRY_WAITS_MINUTES[n - 1];
  return minutes === undefined ? null : minutes * 60_000;
}

/** Milliseconds to wait for a server that takes nothing, after the n-th time in a row: 5 seconds, doubling up to 10 minutes. */
export function pushBackWaitMs(n: number): number {
  return Math.min(5_000 * 2 ** Math.min(n - 1, 10), 600_000);
}

/** What staff may tell a notice that was approved. */
export type NoticeAction = 'pause' | 'resume' | 'stop' | 'retry' | 'recordLetters';

const ACTIONS: Partial<Record<NoticeStatus, readonly NoticeAction[]>> = {
  sending: ['pause', 'stop', 'recordLetters'],
  paused: ['resume', 'stop', 'recordLetters'],
  following: ['retry', 'recordLetters'],
};

/** The actions that a status allows; the console shows their buttons. */
export function noticeActions(status: NoticeStatus): readonly NoticeAction[] {
  return ACTIONS[status] ?? [];
}

/** What became of one recipient. */
export const RECIPIENT_STATES = keysOf(noticeProcess.statuses.recipient);
export type RecipientState = (typeof RECIPIENT_STATES)[number];

/** Recipients whom no mail has reached: they are told by letter, or sent to again. */
export const UNREACHED_STATES = ['deferred', 'refused', 'bounced'] as const satisfies RecipientState[];

/** The business key of a recipient's mail; one who is sent to again gets another mail. */
export function noticeMailKey(noticeId: string, contractId: string, round: number): string {
  return `notice/${noticeId}/${contractId}${round === 1 ? '' : `/${round}`}`;
}

/** The notice and the contract of such a key, or null for the key of another mail. */
export function noticeOfMailKey(key: string): { noticeId: string; contractId: string } | null {
  const [, noticeId, contractId] = /^notice\/([^/]+)\/([^/]+)(?:\/\d+)?$/.exec(key) ?? [];
  return noticeId === undefined || contractId === undefined ? null : { noticeId, contractId };
}

/** How a notice reached a customer, and on which day (JST). */
export interface Reach {
  on: CivilDate;
  by: 'mail' | 'web' | 'letter';
}

/**
 * When a notice counts as having reached a customer (第16条, 第17条3項): the earliest of what policy `notice.counts` lets
 * count; a letter always counts. Null while it has not.
 */
export function noticeReachedOn(
  counts: NoticeCounts,
  told: { mailOn: CivilDate | null; webOn: CivilDate | null; letterOn: CivilDate | null },
): Reach | null {
  const ways: Reach[] = [];
  if (told.mailOn !== null && counts !== 'web') ways.push({ on: told.mailOn, by: 'mail' });
  if (told.webOn !== null && counts !== 'mail') ways.push({ on: told.webOn, by: 'web' });
  if (told.letterOn !== null) ways.push({ on: told.letterOn, by: 'letter' });
  return ways.reduce<Reach | null>(
    (first, way) => (first === null || earlierOf(first.on, way.on) !== first.on ? way : first),
    null,
  );
}

/** How long a campaign takes at a rate, in milliseconds; for the plan before it starts and the forecast meanwhile. */
export function campaignDurationMs(recipients: number, mailsPerMinute: number): number {
  return Math.ceil((recipients * 60_000) / mailsPerMinute);
}

/**
 * Why a day cannot be that of a letter, or null: it is posted neither before what it tells nor in the future (第17条3項), so
 * that nobody is told earlier by it than by the mail that failed.
 */
export function letterDayProblem(
  sentOn: CivilDate,
  { toldOn, today }: { toldOn: CivilDate; today: CivilDate },
): string | null {
  if (compareDates(sentOn, today) > 0) return '発送日に未来の日付は指定できません。';
  if (compareDates(sentOn, toldOn) < 0) {
    return `発送日は、届かなかった通知の日（${formatDateJa(toldOn)}）以後の日付を入力してください。`;
  }
  return null;
}
