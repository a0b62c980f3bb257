import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条2項';

/** Money in: files of the bank, what they pay, and what a person has to find out (第6条2項). */
export const paymentProcess = {
  noun: '入金',
  subjects: { bankImport: '/staff/payments/imports', bankLine: '/staff/payments/lines' },
  statuses: {
    bankLine: {
      waiting: { label: '確認待ち', tone: 'waiting' },
      /** By the rules alone. */
      matched: { label: '自動で消込', tone: 'good' },
      settled: { label: '消込済み', tone: 'good' },
      /** Not for any invoice: to be sent back. */
      wrong: { label: '誤入金', tone: 'bad' },
      cancelled: { label: '取消', tone: 'neutral' },
      returned: { label: '組戻し・返金済み', tone: 'neutral' },
    },
  },
  tasks: {
    paymentsToSettle: {
      label: '入金の消込',
      role: 'billing',
      asks: { subject: '入金の明細', act: '消込' },
      done: 'inItsRow',
    },
  },
  decisions: {
    bankLine: {
      label: '入金',
      audit: 'decision.bankLine',
      verdicts: {
        allocate: '請求書・前受金に充てる',
        wrong: '誤入金',
        cancelled: '銀行による取消',
        returned: '組戻し・返金済み',
        reopen: '消込の取消し',
      },
    },
  },
  audit: {
    'decision.bankLine': { label: '入金についての判断を送信しました', clause: null },
    'payments.imported': { label: '入金の明細を取り込みました', clause: CLAUSE },
    'payments.downloaded': { label: '取り込んだ入金のファイルを閲覧しました', clause: CLAUSE },
    'payment.settled': { label: '入金を消し込みました', clause: CLAUSE },
    'payment.setAside': { label: '入金を消込の対象から外しました', clause: CLAUSE },
    'payment.reopened': { label: '入金の消込を取り消しました', clause: CLAUSE },
    'credit.applied': { label: '前受金を請求書に充てました', clause: CLAUSE },
    'credit.paidBack': { label: '前受金の返金を決めました', clause: CLAUSE },
  },
  rights: {
    seePayments: ['billing', 'approver', 'operations', 'admin', 'auditor'],
    settlePayments: ['billing'],
  },
  pages: {
    payments: { section: '請求', href: '/staff/payments', label: '入金', right: 'seePayments' },
  },
  tables: {
    bank_imports: {
      title: '入金のファイル',
      purpose: '銀行の明細の原本（第6条2項、電子帳簿保存法）',
      owner: 'operator',
      of: 'none',
      atDeletion: 'none',
      retention: 'tax',
      holds: { freeText: 'file_name', file: 'storage_key', digest: 'sha256' },
      plain: 'id format bytes lines new_lines first_on last_on imported_by sandbox imported_at created_at',
    },
    bank_lines: {
      title: '入金の明細',
      purpose: '入金と請求書の照合（第6条2項）。銀行の帳簿の写し',
      owner: 'operator',
      of: 'none',
      atDeletion: 'none',
      retention: 'tax',
      holds: { companyName: 'name', freeText: 'reference note' },
      plain:
        'id import_id position format account paid_on amount_yen cancelled status problem settled_by settled_at sandbox created_at',
    },
    payer_names: {
      title: '振込名義',
      purpose: '入金の名義から支払者を見つけること（第6条2項）。鍵付きのハッシュだけを持つ',
      owner: 'operator',
      of: 'none',
      atDeletion: 'none',
      retention: 'tax',
      holds: { digest: 'digest mark' },
      plain: 'id payer source line_id learned_by sandbox created_at',
    },
    allocations: {
      title: '消込',
      purpose: '請求書ごとの入金（第6条2項）。金額と日付だけを持つ',
      owner: 'operator',
      of: 'none',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'id paper_id line_id amount_yen discount_yen posted_on reverses made_by command_id created_at',
    },
    credits: {
      title: '前受金',
      purpose: '支払者ごとの前受金（第6条2項）。金額と日付だけを持つ',
      owner: 'operator',
      of: 'none',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain:
        'id payer sandbox kind amount_yen posted_on line_id allocation_id reverses made_by command_id created_at',
    },
  },
} as const satisfies ProcessDeclaration;
