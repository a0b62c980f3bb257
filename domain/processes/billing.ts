import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条2項';

/** What is owed, on papers: runs that draft, two people who release, numbers, PDF and mail (第6条). */
export const billingProcess = {
  noun: '請求処理',
  subjects: { billingRun: '/staff/billing/runs' },
  statuses: {
    billingRun: {
      drafting: { label: '下書きを作成中', tone: 'info', to: ['review', 'issued'], audit: 'billing.opened' },
      /** For a person of billing. */
      review: {
        label: '確認待ち',
        tone: 'waiting',
        to: ['approval', 'discarded'],
        audit: 'billing.drafted',
      },
      /** For a second person. */
      approval: {
        label: '承認待ち',
        tone: 'waiting',
        to: ['issuing', 'review', 'discarded'],
        audit: 'billing.reviewed',
      },
      issuing: { label: '発行中', tone: 'info', to: ['issued'], audit: 'billing.approved' },
      issued: { label: '発行済み', tone: 'good', to: [], audit: 'billing.issued' },
      /** All drafts were thrown away; the next run bills what they said. */
      discarded: { label: '取りやめ', tone: 'neutral', to: ['drafting'], audit: 'billing.discarded' },
    },
    paper: {
      draft: { label: '下書き', tone: 'waiting' },
      issued: { label: '発行済み', tone: 'good' },
      nothing: { label: '0円（書類なし）', tone: 'neutral' },
    },
  },
  tasks: {
    billingReview: {
      label: '請求の下書きの確認',
      role: 'billing',
      asks: { subject: '請求処理', act: '確認' },
    },
    billingApproval: {
      label: '請求の発行の承認',
      role: 'approver',
      asks: { subject: '請求処理', act: '承認' },
    },
  },
  decisions: {
    billingRun: {
      label: '請求処理',
      audit: 'decision.billingRun',
      verdicts: { agree: '進める', sendBack: '確認に戻す', discard: '取りやめる' },
    },
  },
  audit: {
    'billing.opened': { label: '請求処理を始めました', clause: CLAUSE },
    'billing.drafted': { label: '請求の下書きがそろいました', clause: CLAUSE },
    'billing.reviewed': { label: '請求の下書きを確認しました', clause: CLAUSE },
    'billing.sentBack': { label: '請求の下書きを確認に戻しました', clause: CLAUSE },
    'billing.approved': { label: '請求の発行を承認しました', clause: CLAUSE },
    'billing.issued': { label: '請求書を発行・送付しました', clause: CLAUSE },
    'billing.discarded': { label: '請求の下書きを取りやめました', clause: CLAUSE },
    'billing.paused': { label: '請求処理を一時停止しました', clause: CLAUSE },
    'billing.resumed': { label: '請求処理を再開しました', clause: CLAUSE },
    'paper.issued': { label: '請求書を発行しました', clause: CLAUSE },
    'decision.billingRun': { label: '請求処理についての判断を送信しました', clause: null },
  },
  mails: { invoiceIssued: { label: '請求書の送付' } },
  rights: {
    seeBilling: ['billing', 'approver', 'operations', 'admin', 'auditor'],
    runBilling: ['billing', 'admin'],
    seeLiability: ['legal', 'billing', 'approver', 'admin', 'auditor'],
  },
  pages: {
    billing: { section: '請求', href: '/staff/billing', label: '請求処理', right: 'seeBilling' },
    invoices: { section: '請求', href: '/staff/invoices', label: '請求書', right: 'seeBilling' },
  },
  executions: {
    billingDay: { title: '請求処理の日程の履歴', purpose: '請求処理の開始（第6条2項）' },
    billingRun: { title: '請求処理の履歴', purpose: '下書きから発行・送付まで（第6条2項）' },
  },
  tables: {
    billing_runs: {
      title: '請求処理',
      purpose: '請求の確認と発行（第6条2項）。件数と金額だけを持つ',
      owner: 'operator',
      of: 'none',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain:
        'id run_on sandbox cause status paused started_by reviewed_by approved_by contracts problems papers total_yen ' +
        'created_at updated_at',
    },
    papers: {
      title: '請求の明細',
      purpose: '何をいくら請求したか（第6条2項）。品目と金額だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain:
        'id run_id contract_id type status recipient payer delivered_by about corrects_id of_id issued_on due_on period_from period_to lines ' +
        'net_yen tax_yen total_yen tax_included tax_rounding findings differences series year position number issued_at drawn_at sandbox created_at',
    },
  },
  ports: { billing: 'background' },
} as const satisfies ProcessDeclaration;
