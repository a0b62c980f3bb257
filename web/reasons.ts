import type { ApprovalVerdict, ReviewVerdict } from '../domain/application/application.ts';
import type { NoticeVerdict } from '../domain/notice/notice.ts';

/** Reason codes of decisions with their words. Every decision needs one that suits its verdict, and words of its own. */
export const REASON_LABELS = {
  noProblem: '記載・確認結果に問題なし',
  matchReleased: '一致を確認し、該当しないと判断',
  agreeWithReview: '審査の結論に同意',
  falseEntry: '虚偽・誤記・記入漏れ（第4条4項①）',
  competitor: '競合（第4条4項②）',
  antisocial: '反社会的勢力（第4条4項③）',
  unsuitable: 'その他不適当（第4条4項④）',
  missingEntry: '記入漏れの修正を依頼',
  mistakenEntry: '誤記の修正を依頼',
  documentsNeeded: '確認資料の追加を依頼',
  reviewAgain: '追加の確認が必要',
  sameSubject: '同一の法人・人物と確認',
  differentSubject: '別の法人・人物と確認',
  notRelevant: '承諾しない理由に当たらないと確認',
  applicantAsked: '申込者からの申し出',
  contentChecked: '内容と告知の文面を確認',
  mistakeFound: '内容に誤りがある',
  plansChanged: '方針の変更',
  textToMend: '文面または宛先の修正が必要',
  secondPerson: '二人目の確認',
  byPost: '郵送で対応',
  sentAgain: 'もう一度の送付',
} as const;

export type ReasonCode = keyof typeof REASON_LABELS;

export const REVIEW_REASONS: Record<ReviewVerdict, readonly ReasonCode[]> = {
  recommendAccept: ['noProblem', 'matchReleased'],
  recommendRefuse: ['falseEntry', 'competitor', 'antisocial', 'unsuitable'],
  return: ['missingEntry', 'mistakenEntry', 'documentsNeeded'],
};

export const APPROVAL_REASONS: Record<ApprovalVerdict, readonly ReasonCode[]> = {
  accept: ['agreeWithReview', 'noProblem', 'matchReleased'],
  refuse: ['agreeWithReview', 'falseEntry', 'competitor', 'antisocial', 'unsuitable'],
  sendBack: ['reviewAgain'],
};

export const FINDING_REASONS: Record<'confirmed' | 'released', readonly ReasonCode[]> = {
  confirmed: ['sameSubject'],
  released: ['differentSubject', 'notRelevant'],
};

/** On an edition of the terms or a fee change: approval by a second person, rejection or withdrawal. */
export const PUBLICATION_REASONS = {
  approve: ['contentChecked'],
  reject: ['mistakeFound', 'plansChanged'],
} as const satisfies Record<string, readonly ReasonCode[]>;
export type PublicationVerdict = keyof typeof PUBLICATION_REASONS;

/** On a notice: one of the two approvals, sent back to its author, or refused. */
export const NOTICE_REASONS = {
  approve: ['contentChecked'],
  sendBack: ['textToMend', 'mistakeFound'],
  refuse: ['mistakeFound', 'plansChanged'],
} as const satisfies Record<NoticeVerdict, readonly ReasonCode[]>;
