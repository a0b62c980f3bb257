import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第17条3項';

/** Notices to customers by mail and web posting (第6条4項, 第15条–第17条), and who wants no advertising (第14条). */
export const noticeProcess = {
  noun: '通知',
  subjects: { notice: '/staff/notices' },
  statuses: {
    notice: {
      /** Also: sent back to its author. */
      draft: { label: '下書き', tone: 'neutral', to: ['waitingApproval'], audit: 'notice.draft' },
      waitingApproval: {
        label: '承認待ち',
        tone: 'waiting',
        to: ['approved', 'draft', 'refused'],
        audit: 'notice.waitingApproval',
      },
      /** From here on its recipients are frozen. */
      approved: {
        label: '承認済',
        tone: 'info',
        to: ['sending', 'stopped'],
        audit: 'notice.approved',
      },
      sending: {
        label: '送信中',
        tone: 'info',
        to: ['paused', 'following', 'stopped'],
        audit: 'notice.sending',
      },
      paused: { label: '一時停止', tone: 'waiting', to: ['sending', 'stopped'], audit: 'notice.paused' },
      /** Everything was sent; it waits for what comes back. */
      following: {
        label: '送信済（到達確認中）',
        tone: 'info',
        to: ['sending', 'done'],
        audit: 'notice.following',
      },
      done: { label: '完了', tone: 'good', to: [], audit: 'notice.done' },
      stopped: { label: '中止', tone: 'bad', to: [], audit: 'notice.stopped' },
      refused: { label: '却下', tone: 'bad', to: [], audit: 'notice.refused' },
    },
    recipient: {
      queued: { label: '送信待ち', tone: 'waiting' },
      accepted: { label: '到達', tone: 'good' },
      /** The server said "not now", or was away, and is asked again. */
      deferred: { label: '再送待ち', tone: 'waiting' },
      refused: { label: '不達', tone: 'bad' },
      bounced: { label: '返送', tone: 'bad' },
      letter: { label: '郵送済', tone: 'good' },
      /** Left out of advertising. */
      optedOut: { label: '配信停止', tone: 'neutral' },
      /** The notice was stopped before. */
      stopped: { label: '中止', tone: 'neutral' },
      webOnly: { label: 'Web掲載のみ', tone: 'neutral' },
    },
  },
  tasks: {
    noticeReview: { label: '通知の内容確認', role: 'legal', asks: { subject: '通知', act: '確認' } },
    noticeApproval: { label: '通知の承認', role: 'approver', asks: { subject: '通知', act: '承認' } },
    noticeUnreached: {
      label: '通知が届いていない宛先の対応',
      role: 'operations',
      asks: { subject: '通知', act: '対応' },
    },
  },
  decisions: {
    notice: {
      label: '通知',
      audit: 'decision.notice',
      verdicts: { approve: '承認する', sendBack: '作成者に差し戻す', refuse: '送信しない（却下）' },
    },
  },
  audit: {
    'notice.drafted': { label: '通知の下書きを作成しました', clause: null },
    'notice.edited': { label: '通知の下書きを直しました', clause: CLAUSE },
    'notice.waitingApproval': { label: '承認を依頼しました', clause: CLAUSE },
    'notice.draft': { label: '作成者に差し戻しました', clause: CLAUSE },
    'notice.reviewed': { label: '一人目が内容を確認しました', clause: CLAUSE },
    'notice.approved': { label: '二人目が承認し、宛先が確定しました', clause: CLAUSE },
    'notice.refused': { label: '通知を却下しました', clause: CLAUSE },
    'notice.posted': { label: 'Webに掲載しました', clause: CLAUSE },
    'notice.sending': { label: '送信を始めました', clause: CLAUSE },
    'notice.paused': { label: '送信を一時停止しました', clause: CLAUSE },
    'notice.following': { label: 'すべての宛先への送信が済みました', clause: CLAUSE },
    'notice.done': { label: '通知の手続きが完了しました', clause: CLAUSE },
    'notice.stopped': { label: '送信を中止しました', clause: CLAUSE },
    'notice.retried': { label: '届いていない宛先に再送しました', clause: CLAUSE },
    'notice.lettersRecorded': { label: '郵送した日を記録しました', clause: CLAUSE },
    'decision.notice': { label: '通知についての判断を送信しました', clause: null },
    'contact.optedOut': { label: 'ご案内メールの配信停止を受け付けました', clause: '第14条' },
    'contact.optedIn': { label: '配信停止の取消しを受け付けました', clause: '第14条' },
  },
  mails: {
    notice: { label: '通知' },
  },
  rights: {
    seeNotices: ['operations', 'legal', 'approver', 'support', 'billing', 'admin', 'auditor'],
    draftNotices: ['operations', 'legal'],
    steerNotices: ['operations'],
  },
  pages: {
    notices: { section: '通知・料金', href: '/staff/notices', label: '通知', right: 'seeNotices' },
  },
  shows: {
    noticeRecipients: { label: '通知の宛先', scope: 'mail', of: 'many' },
  },
  executions: {
    noticeCampaign: {
      title: '通知の一斉送信の履歴',
      purpose: '通知の承認・送信・到達の確認（第16条・第17条）',
    },
  },
  ports: { notice: 'background' },
} as const satisfies ProcessDeclaration;
