import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第16条';

/** Discontinuation (第16条): two people approve, customers are told, contracts end; what is paid back: refund.ts. */
export const discontinuationProcess = {
  noun: '廃止',
  subjects: { discontinuation: '/staff/discontinuations' },
  statuses: {
    discontinuation: {
      review: { label: '確認待ち', tone: 'waiting', to: ['approval', 'rejected'] },
      approval: {
        label: '承認待ち',
        tone: 'waiting',
        to: ['announced', 'rejected'],
        audit: 'discontinuation.approval',
      },
      announced: {
        label: '告知済み',
        tone: 'info',
        to: ['ending', 'cancelled'],
        audit: 'discontinuation.announced',
      },
      ending: {
        label: '終了処理中',
        tone: 'info',
        to: ['refundReview', 'done'],
        audit: 'discontinuation.ending',
      },
      refundReview: {
        label: '返金リストの提出待ち',
        tone: 'waiting',
        to: ['refundApproval'],
        audit: 'discontinuation.refundReview',
      },
      refundApproval: {
        label: '返金リストの承認待ち',
        tone: 'waiting',
        to: ['refundReview', 'done'],
        audit: 'discontinuation.refundApproval',
      },
      done: { label: '完了', tone: 'good', to: [], audit: 'discontinuation.done' },
      rejected: { label: '不承認', tone: 'neutral', to: [], audit: 'discontinuation.rejected' },
      cancelled: { label: '取りやめ', tone: 'neutral', to: [], audit: 'discontinuation.cancelled' },
    },
  },
  tasks: {
    discontinuationReview: {
      label: '廃止の確認（一人目）',
      role: 'legal',
      asks: { subject: '廃止', act: '確認' },
    },
    discontinuationApproval: {
      label: '廃止の承認（二人目）',
      role: 'approver',
      asks: { subject: '廃止', act: '承認' },
    },
    discontinuationUnreached: {
      label: '廃止のお知らせの未到達への対応',
      role: 'operations',
      asks: { subject: '廃止のお知らせ', act: '対応' },
    },
  },
  decisions: {
    discontinuation: {
      label: '廃止',
      audit: 'decision.discontinuation',
      verdicts: { agree: '承認する', reject: '認めない', recompute: '計算し直す', cancel: '取りやめる' },
    },
  },
  audit: {
    'discontinuation.proposed': { label: '廃止を提案しました', clause: CLAUSE },
    'discontinuation.approval': { label: '一人目が確認しました', clause: CLAUSE },
    'discontinuation.announced': { label: '廃止を承認し、告知を始めました', clause: CLAUSE },
    'discontinuation.rejected': { label: '廃止は認められませんでした', clause: CLAUSE },
    'discontinuation.cancelled': { label: '廃止を取りやめました', clause: CLAUSE },
    'discontinuation.ending': { label: '最終日が過ぎ、契約の終了を始めました', clause: CLAUSE },
    'discontinuation.refundReview': { label: '返金リストの提出を待っています', clause: CLAUSE },
    'discontinuation.refundApproval': { label: '返金リストが提出されました', clause: CLAUSE },
    'discontinuation.done': { label: '廃止の手続きが完了しました', clause: CLAUSE },
    'discontinuation.approved': { label: '承認時の影響と返金を記録しました', clause: CLAUSE },
    'discontinuation.recomputed': { label: '影響と返金を計算し直しました', clause: CLAUSE },
    'discontinuation.final': { label: '返金を確定しました', clause: CLAUSE },
    'decision.discontinuation': { label: '廃止についての判断を送信しました', clause: null },
  },
  rights: {
    seeDiscontinuations: ['operations', 'approver', 'legal', 'billing', 'admin', 'auditor'],
    proposeDiscontinuation: ['operations', 'admin'],
    recomputeDiscontinuation: ['operations', 'billing', 'legal'],
    cancelDiscontinuation: ['approver'],
  },
  pages: {
    discontinuations: {
      section: '停止・廃止',
      href: '/staff/discontinuations',
      label: '廃止',
      right: 'seeDiscontinuations',
    },
  },
  shows: {
    discontinuationPlan: { label: '廃止の影響の一覧（CSV）', scope: 'contact', of: 'many' },
  },
  executions: {
    discontinuation: { title: '廃止の履歴', purpose: 'サービス・料金プランの廃止' },
  },
  ports: { discontinuations: 'background' },
} as const satisfies ProcessDeclaration;
