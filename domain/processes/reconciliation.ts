import type { ProcessDeclaration } from './types.ts';

/** Whether rows and workflows say the same of every case: compared page by page, all day (docs/decisions/013). */
export const reconciliationProcess = {
  noun: '記録と手続きの照合',
  subjects: { reconciliation: '/staff/reconciliation' },
  tasks: {
    reconciliation: {
      label: '記録と手続きの食い違いの確認',
      done: 'inItsRow',
      role: 'admin',
      asks: { subject: '記録と手続きの食い違い', act: '確認' },
    },
  },
  audit: {
    'reconciliation.differs': { label: '記録と手続きの食い違いを見つけました', clause: '' },
    'reconciliation.agrees': { label: '記録と手続きの食い違いがなくなりました', clause: '' },
    'command.madeUp': { label: '記録のない操作を拒否しました', clause: '' },
  },
  rights: {
    seeReconciliation: ['admin', 'operations', 'auditor'],
  },
  pages: {
    reconciliation: {
      section: '設定',
      href: '/staff/reconciliation',
      label: '記録の照合',
      right: 'seeReconciliation',
    },
  },
  tables: {
    reconciliations: {
      title: '記録の照合の経過',
      purpose: '記録と手続きが同じことを示しているかの照合。件数だけを持つ',
      owner: 'none',
      of: 'none',
      atDeletion: 'none',
      retention: 'operator',
      holds: {},
      plain: 'id kind after_id checked differing healing silent compared_at finished_at created_at',
    },
    differences: {
      title: '記録と手続きの食い違い',
      purpose: '食い違いが見つかった手続き。識別子・状態・日付だけを持ち、食い違いがなくなると消える',
      owner: 'none',
      of: 'none',
      atDeletion: 'none',
      retention: 'operator',
      holds: {},
      plain: 'workflow_id kind case_id found told seen_at compared_at',
    },
  },
} as const satisfies ProcessDeclaration;
