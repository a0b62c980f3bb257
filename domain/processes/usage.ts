import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条6項';

/** What customers used, and whether the provider counted the same (第6条6項). */
export const usageProcess = {
  noun: '通信の照合',
  subjects: { usageComparison: '/staff/usage/comparisons' },
  tasks: {
    usageDifference: {
      label: '通信の照合の差の確認',
      role: 'billing',
      asks: { subject: '通信の照合の差', act: '確認' },
      done: 'bySaying',
    },
  },
  audit: {
    'usage.compared': { label: '通信の利用を提供者の記録と照合しました', clause: CLAUSE },
  },
  rights: { seeUsage: ['billing', 'approver', 'operations', 'admin', 'auditor'] },
  pages: {
    usageReport: { section: '請求', href: '/staff/usage', label: '通信の照合', right: 'seeUsage' },
  },
  executions: {
    usageReading: { title: '通信の照合の履歴', purpose: '提供者の利用の記録の読み込み（第6条6項）' },
  },
  tables: {
    usage_readings: {
      title: '通信の利用の読み込み',
      purpose: 'どの契約のどの月の提供者の記録を読み込んだか（第6条6項）',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'contract_id month refused read_at',
    },
    usage_comparisons: {
      title: '通信の照合',
      purpose: '利用の明細の合計と提供者の記録の差（第6条6項）。件数だけを持つ',
      owner: 'operator',
      of: 'none',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'id month sandbox compared unread differing beyond compared_at created_at',
    },
    usage_events: {
      title: '通信の利用の明細',
      purpose: '後払いの通信費用の根拠（第6条6項）。日時と数量だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'reduce',
      retention: 'record',
      holds: { digest: 'source_id' },
      plain: 'id contract_id occurred_at used_on category quantity received_on received_at',
    },
  },
  ports: { usageReading: 'background' },
} as const satisfies ProcessDeclaration;
