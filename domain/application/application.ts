import { addDays, type CivilDate, jstDate } from '../calendar/civil-date.ts';
import { canMove } from '../desk/moves.ts';
import { applicationProcess } from '../processes/application.ts';
import type { screeningProcess } from '../processes/screening.ts';

/** States of an application (第4条), with those that may follow each. */
export const APPLICATION_STATUSES = applicationProcess.statuses.application;
export type ApplicationStatus = keyof typeof APPLICATION_STATUSES;

/** The applicant may withdraw until acceptance (第4条2項). */
export function canWithdraw(status: ApplicationStatus): boolean {
  return canMove(APPLICATION_STATUSES, status, 'withdrawn');
}

/** Grounds for refusal, numbered as in 第4条4項. */
export const GROUNDS = { 1: '虚偽・誤記・記入漏れ', 2: '競合', 3: '反社会的勢力', 4: 'その他' } as const;
export type Ground = 1 | 2 | 3 | 4;

/** How an application can arrive (第4条2項). */
export const CHANNELS = ['web', 'email', 'fax', 'post', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Verdicts of the first person; `return` sends the application back to the applicant for correction. */
export const REVIEW_VERDICTS = ['recommendAccept', 'recommendRefuse', 'return'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

/** Verdicts of the second person; `sendBack` asks for another review. */
export const APPROVAL_VERDICTS = ['accept', 'refuse', 'sendBack'] as const;
export type ApprovalVerdict = (typeof APPROVAL_VERDICTS)[number];

/** What a person makes of a finding: only a confirmed one counts against the applicant. */
export type FindingStatus = keyof typeof screeningProcess.statuses.finding;

/** A finding as the state rules need it; the evidence stays in the database. */
export interface FindingSummary {
  id: string;
  ground: Ground;
  outcome: keyof typeof screeningProcess.statuses.findingOutcome;
  status: FindingStatus;
}

/**
 * Why nobody may accept now, or null (第4条4項). A confirmed anti-social hit can be accepted by nobody;
 * an open hit or doubt waits for a person to confirm or release it.
 */
export function acceptanceBlock(findings: readonly FindingSummary[]): string | null {
  if (findings.some((f) => f.ground === 3 && f.status === 'confirmed')) {
    return '反社会的勢力に関する一致が確認されているため、承諾できません。';
  }
  if (findings.some((f) => f.outcome !== 'note' && f.status === 'open')) {
    return '判断していない一致（反社・競合チェック）が残っています。先に各一致を「該当」または「該当しない」と判断してください。';
  }
  return null;
}

/** Days that an applicant has for a correction, and the day before the last on which we remind (第4条4項①). */
const CORRECTION_DAYS = 14;
export const CORRECTION_REMINDER_DAYS_BEFORE = 3;

/** The last day of a correction that is asked for at this instant (第4条4項①). */
export const correctionLastDay = (atMs: number): CivilDate => addDays(jstDate(atMs), CORRECTION_DAYS);

/** Business days after which an unanswered task reminds, then escalates. */
export const TASK_DUE_BUSINESS_DAYS = 2;
export const TASK_ESCALATION_BUSINESS_DAYS = 4;
