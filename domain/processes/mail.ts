import type { ProcessDeclaration } from './types.ts';

/** Mails one by one: what the server said, what came back, and how it was mended (第12条2項, 第17条3項). */
export const mailProcess = {
  noun: 'メール',
  statuses: {
    mail: {
      queued: { label: '送信待ち', tone: 'waiting' },
      sending: { label: '送信中', tone: 'waiting' },
      accepted: { label: '到達', tone: 'good' },
      deferred: { label: '再送待ち', tone: 'waiting' },
      /** By the server in the conversation. */
      refused: { label: '不達', tone: 'bad' },
      /** By a report that came after the server had accepted it. */
      bounced: { label: '返送', tone: 'bad' },
    },
  },
  tasks: {
    mailProblem: {
      label: 'メール不達の対応',
      done: 'inItsRow',
      role: 'operations',
      asks: { subject: 'メール', act: '対応' },
      causes: {
        refused: '宛先のメールサーバーが受け取りを拒否しました。',
        bounced: '宛先のメールサーバーが受け取ったあと、届かずに返送されました。',
        sandboxBlocked: 'テスト環境のメールは、この宛先には送信できません。',
      },
      about: 'mail',
    },
  },
  decisions: {
    delivery: {
      label: 'メールの対応',
      audit: { byPost: 'mail.sentByPost', again: 'mail.sentAgain' },
      verdicts: { byPost: '郵送で対応済み', again: 'メールをもう一度送信' },
    },
  },
  audit: {
    'mail.bounced': { label: 'メールが返送されました', clause: '第12条2項' },
    'mail.resent': { label: '届かなかったメールを送り直しました', clause: '第12条2項' },
    'mail.sentAgain': { label: '届いたメールをもう一度送りました', clause: '第12条2項' },
    'mail.sentByPost': { label: '届かなかったメールの代わりに郵送しました', clause: '第17条3項' },
  },
  mails: {
    staffReminder: { label: '担当者への催促' },
  },
  rights: {
    seeMailWork: ['operations', 'auditor'],
    mendMail: ['operations'],
    /** Caught mails of everybody: of a development stack alone. */
    seeOutbox: ['operations', 'approver', 'admin', 'auditor'],
  },
  pages: {
    outbox: { section: 'メール', href: '/staff/outbox', label: '送ったメール', right: 'seeOutbox' },
  },
  shows: {
    mailProblem: { label: 'メール不達の対応の画面', scope: 'contact', of: 'task' },
    outbox: { label: '送ったメールの画面', scope: 'mail', of: 'many' },
    contractMail: { label: '契約のメールの本文', scope: 'mail', of: 'contract' },
    applicationMail: { label: '申込のメールの本文', scope: 'application', of: 'application' },
  },
  executions: {
    resend: { title: 'メールの再送の履歴', purpose: 'メールの再送' },
  },
  ports: { mail: 'background' },
} as const satisfies ProcessDeclaration;
