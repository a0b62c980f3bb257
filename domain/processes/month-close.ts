import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条2項';

/** The books of a month: what is owed and earned, the close and what goes to accounting software (第6条2項). */
export const monthCloseProcess = {
  noun: '月次締め',
  audit: {
    'month.closed': { label: '月次締めをしました', clause: CLAUSE },
    'month.reopened': { label: '月次締めを二人で取り消しました', clause: CLAUSE },
    'month.exported': { label: '会計ソフト用のファイルを出力しました', clause: CLAUSE },
  },
  subjects: { month: '/staff/closes' },
  rights: {
    seeBooks: ['billing', 'approver', 'admin', 'auditor'],
    closeMonth: ['billing'],
  },
  pages: {
    receivables: { section: '請求', href: '/staff/receivables', label: '売掛金', right: 'seeBooks' },
    reports: { section: '請求', href: '/staff/reports', label: '売上レポート', right: 'seeBooks' },
    closes: { section: '請求', href: '/staff/closes', label: '月次締め', right: 'seeBooks' },
  },
  tables: {
    month_closes: {
      title: '月次締め',
      purpose: '締めた月と、その時の金額（第6条2項）',
      owner: 'operator',
      of: 'none',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'id month closed_on closed_by figures reopened_by reopened_at sandbox created_at',
    },
  },
} as const satisfies ProcessDeclaration;
