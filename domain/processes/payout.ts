import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条2項';

/** Credits that are paid back by a transfer (前受金の返金, 総合振込): agreed by two people, in a file for the bank, booked once the bank has paid. */
export const payoutProcess = {
  noun: '返金の振込',
  subjects: { payoutFile: '/staff/payouts/files' },
  statuses: {
    payout: {
      waiting: { label: '振込待ち', tone: 'waiting' },
      inFile: { label: '振込データ作成済み', tone: 'info' },
      paid: { label: '振込済み', tone: 'good' },
      withdrawn: { label: '取りやめ', tone: 'neutral' },
    },
    payoutFile: {
      made: { label: '振込の確認待ち', tone: 'waiting' },
      confirmed: { label: '振込済み', tone: 'good' },
      discarded: { label: '破棄', tone: 'neutral' },
    },
  },
  audit: {
    'payoutFile.made': { label: '返金の振込データを作成しました', clause: CLAUSE },
    'payoutFile.downloaded': { label: '返金の振込データをダウンロードしました', clause: CLAUSE },
    'payoutFile.discarded': { label: '返金の振込データを破棄しました', clause: CLAUSE },
    'payoutFile.confirmed': { label: '返金の振込を確認しました', clause: CLAUSE },
    'payout.paidByHand': { label: '前受金の返金を振込済みにしました', clause: CLAUSE },
    'payout.withdrawn': { label: '前受金の返金を取りやめました', clause: CLAUSE },
  },
  rights: {
    payOut: ['billing'],
  },
  pages: {
    payouts: { section: '請求', href: '/staff/payouts', label: '返金の振込', right: 'seePayments' },
  },
  shows: {
    payoutFile: { label: '返金の振込データ', scope: 'contact', of: 'many' },
  },
  tables: {
    payout_files: {
      title: '返金の振込データ',
      purpose: '銀行に渡した振込データの記録（第6条2項）。件数と金額だけを持つ',
      owner: 'operator',
      of: 'none',
      atDeletion: 'none',
      retention: 'tax',
      holds: { digest: 'sha256' },
      plain:
        'id status transfer_on payouts total_yen made_by downloaded_by downloaded_at ended_by ended_at paid_on sandbox created_at',
    },
    payouts: {
      title: '前受金の返金',
      purpose: '返すと決めた前受金とその振込（第6条2項）。金額と日付だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain:
        'id payer contract_id amount_yen status agreed_on agreed_by command_id file_id account_id credit_id sandbox created_at',
    },
  },
} as const satisfies ProcessDeclaration;
