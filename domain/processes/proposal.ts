import type { ProcessDeclaration } from './types.ts';

/** What one person may not do alone: proposed by one, done when a second one agrees (docs/proposals.md). */
export const proposalProcess = {
  noun: '二人で行う操作',
  subjects: { proposal: '/staff/proposals' },
  statuses: {
    proposal: {
      waiting: { label: '確認待ち', tone: 'waiting' },
      confirmed: { label: '認められた', tone: 'good', audit: 'proposal.confirmed' },
      rejected: { label: '認められなかった', tone: 'neutral', audit: 'proposal.rejected' },
    },
  },
  tasks: {
    proposalDecision: {
      label: '二人で行う操作の確認',
      role: 'approver',
      asks: { subject: '操作', act: '確認' },
      done: 'inItsRow',
    },
    accountDecision: {
      label: 'アカウントの変更の確認',
      role: 'admin',
      asks: { subject: '操作', act: '確認' },
      done: 'inItsRow',
    },
  },
  decisions: {
    proposal: {
      label: '二人で行う操作',
      audit: 'decision.proposal',
      verdicts: { confirm: '認める', reject: '認めない' },
    },
  },
  audit: {
    'decision.proposal': { label: '二人で行う操作の判断を送信しました', clause: null },
    'proposal.entered': { label: '二人で行う操作を申し出ました', clause: '' },
    'proposal.confirmed': { label: '二人目の担当者が操作を認めました', clause: '' },
    'proposal.rejected': { label: '二人目の担当者が操作を認めませんでした', clause: '' },
  },
  rights: {
    settleProposals: ['approver', 'admin'],
    seeProposals: ['operations', 'approver', 'billing', 'legal', 'support', 'admin', 'auditor'],
  },
  tables: {
    proposals: {
      title: '二人で行う操作',
      purpose: '一人では行えない操作の申し出と、二人目の判断の証拠',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'reduce',
      retention: 'grace',
      holds: { freeText: 'reason' },
      words: 'reason',
      plain:
        'id command_id kind about proposed contract_id status proposed_by decided_by decided_at sandbox created_at',
    },
  },
} as const satisfies ProcessDeclaration;
