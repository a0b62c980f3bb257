import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第16条';

/** What is paid back after a discontinuation (第16条): where to, and two people for the list. */
export const refundProcess = {
  noun: '返金',
  tasks: {
    bankAccountMissing: {
      label: '返金の振込先の登録',
      role: 'billing',
      asks: { subject: '返金', act: '振込先の登録' },
    },
    refundReview: {
      label: '返金リストの提出',
      role: 'billing',
      asks: { subject: '返金リスト', act: '提出' },
    },
    refundApproval: {
      label: '返金リストの承認',
      role: 'approver',
      asks: { subject: '返金リスト', act: '承認' },
    },
  },
  decisions: {
    refund: {
      label: '返金',
      audit: 'decision.refund',
      verdicts: { agree: '承認・提出する', sendBack: '差し戻す' },
    },
  },
  audit: {
    'refunds.submitted': { label: '返金リストを提出しました', clause: CLAUSE },
    'refunds.approved': { label: '返金リストを承認しました', clause: CLAUSE },
    'refunds.sentBack': { label: '返金リストを差し戻しました', clause: CLAUSE },
    'refunds.downloaded': { label: '返金リストのファイルをダウンロードしました', clause: CLAUSE },
    'prepaid.refunded': { label: 'プリペイド残高を返金に回しました', clause: CLAUSE },
    'bankAccount.entered': { label: '返金の振込先を登録しました', clause: CLAUSE },
    'bankAccount.changed': { label: '返金の振込先を変更しました', clause: CLAUSE },
    'decision.refund': { label: '返金についての判断を送信しました', clause: null },
  },
  mails: {
    bankAccountChanged: { label: '返金の振込先の登録・変更のお知らせ' },
  },
  rights: {
    downloadRefunds: ['billing', 'approver', 'auditor'],
    enterBankAccount: ['billing'],
  },
  shows: {
    bankAccount: { label: '返金の振込先の画面', scope: 'contact', of: 'contract' },
    refunds: { label: '返金リストのファイル', scope: 'contact', of: 'many' },
  },
  executions: {
    accountTold: {
      title: '返金の振込先のお知らせの履歴',
      purpose: '振込先の登録・変更をお客様に知らせること（第16条）',
      ids: ['bank-account/{contract}/'],
    },
  },
} as const satisfies ProcessDeclaration;
