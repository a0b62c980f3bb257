import type { ProcessDeclaration } from './types.ts';

/** Application review (第4条): `received → correction → received …` is the loop for mistakes; two people decide. */
export const applicationProcess = {
  noun: '申込',
  subjects: { application: '/staff/applications' },
  statuses: {
    application: {
      received: {
        label: '受付',
        tone: 'info',
        to: ['correction', 'review', 'withdrawn'],
        audit: 'application.received',
      },
      correction: {
        label: '修正待ち',
        tone: 'waiting',
        to: ['received', 'lapsed', 'withdrawn'],
        audit: 'application.correction',
      },
      review: {
        label: '審査中',
        tone: 'info',
        to: ['approval', 'correction', 'withdrawn'],
        audit: 'application.review',
      },
      approval: {
        label: '承認待ち',
        tone: 'info',
        to: ['accepted', 'refused', 'review', 'correction', 'received', 'withdrawn'],
        audit: 'application.approval',
      },
      accepted: { label: '承諾', tone: 'good', to: ['concluded'], audit: 'application.accepted' },
      concluded: { label: '契約締結', tone: 'good', to: [], audit: 'application.concluded' },
      refused: { label: '不承諾', tone: 'bad', to: [], audit: 'application.refused' },
      lapsed: { label: '失効', tone: 'neutral', to: [], audit: 'application.lapsed' },
      withdrawn: { label: '取下げ', tone: 'neutral', to: [], audit: 'application.withdrawn' },
    },
  },
  tasks: {
    review: { label: '申込の審査', role: 'reviewer', asks: { subject: '申込', act: '審査' } },
    approval: { label: '申込の承認', role: 'approver', asks: { subject: '申込', act: '承認' } },
  },
  decisions: {
    review: {
      label: '審査',
      audit: 'decision.review',
      verdicts: {
        recommendAccept: '承諾を推薦する',
        recommendRefuse: '不承諾を推薦する',
        return: '申込者に修正を依頼する',
      },
    },
    /** Of an edition or a change of fees too: `approve` and `reject`. */
    approval: {
      label: '承認',
      audit: 'decision.approval',
      verdicts: {
        accept: '承諾する',
        refuse: '承諾しない',
        sendBack: '審査へ差し戻す',
        approve: '承認する',
        reject: '承認しない・取り下げる',
      },
    },
  },
  audit: {
    'application.received': { label: '申込を受け付けました', clause: '第4条2項' },
    'application.entered': { label: '申込を入力しました', clause: '第4条2項' },
    'application.corrected': { label: '修正された内容を受け取りました', clause: '第4条4項' },
    'application.checked': { label: '記載内容と反社・競合の確認を行いました', clause: '第4条4項' },
    'application.correction': { label: '申込者に修正を依頼しました', clause: '第4条' },
    'application.review': { label: '審査に進みました', clause: '第4条' },
    'application.approval': { label: '承認待ちになりました', clause: '第4条' },
    'application.accepted': { label: '申込を承諾しました', clause: '第4条' },
    'application.concluded': { label: '利用契約が成立しました', clause: '第4条' },
    'application.refused': { label: '申込を承諾しないことに決めました', clause: '第4条' },
    'application.lapsed': { label: '修正の期限が過ぎ、失効しました', clause: '第4条' },
    'application.withdrawn': { label: '申込が取り下げられました', clause: '第4条' },
    'decision.review': { label: '審査の判断を送信しました', clause: null },
    'decision.approval': { label: '承認の判断を送信しました', clause: null },
  },
  mails: {
    applicationReceived: { label: '申込の受付のお知らせ' },
    correctionRequested: { label: '申込の修正のお願い' },
    correctionReminder: { label: '申込の修正の期限のお知らせ' },
    applicationLapsed: { label: '申込の失効のお知らせ' },
    applicationWithdrawn: { label: '申込の取下げのお知らせ' },
    applicationAccepted: { label: '申込の承諾のお知らせ' },
    applicationRefused: { label: '申込の審査結果のお知らせ' },
  },
  rights: {
    seeApplications: ['reviewer', 'approver', 'operations', 'legal', 'support', 'admin', 'auditor'],
    enterApplication: ['operations', 'reviewer'],
    recordWithdrawal: ['operations', 'reviewer'],
  },
  pages: {
    applications: {
      section: '申込',
      href: '/staff/applications',
      label: '申込',
      right: 'seeApplications',
    },
  },
  shows: {
    application: { label: '申込の画面', scope: 'application', of: 'application' },
    applicationDocument: { label: '申込の添付書類', scope: 'application', of: 'application' },
  },
  executions: {
    applicationReview: { title: '申込審査の履歴', purpose: '申込の審査', ids: ['application/{application}'] },
  },
  ports: { review: 'interactive' },
} as const satisfies ProcessDeclaration;
