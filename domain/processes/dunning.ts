import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第10条2項④';

/** Papers that are overdue (第6条2項, 第10条2項④): looked at each bank day, until they are paid, replaced, given up, or two people end the contract. */
export const dunningProcess = {
  noun: '督促',
  subjects: { dunning: '/staff/dunnings' },
  statuses: {
    dunning: {
      running: {
        label: '期限超過',
        tone: 'bad',
        to: ['paid', 'writtenOff', 'replaced'],
        audit: 'dunning.begun',
      },
      /** Overdue again where the payment is taken back. */
      paid: { label: '支払い済み', tone: 'good', to: ['running'], audit: 'dunning.paid' },
      writtenOff: { label: '貸倒れ', tone: 'neutral', to: [], audit: 'dunning.writtenOff' },
      replaced: { label: '修正済み', tone: 'neutral', to: [], audit: 'dunning.replaced' },
    },
  },
  tasks: {
    dunningOverdue: {
      label: '期限を過ぎた請求書の入金の確認',
      role: 'billing',
      asks: { subject: '期限を過ぎた請求書', act: '入金の確認' },
      done: 'bySaying',
    },
    dunningProposal: {
      label: '未払いによる解約・停止の検討',
      role: 'operations',
      asks: { subject: '期限を過ぎた請求書', act: '解約・停止の検討' },
      done: 'bySaying',
    },
  },
  audit: {
    'dunning.begun': { label: '支払期限を過ぎました', clause: CLAUSE },
    'dunning.step': { label: '督促の段階が進みました', clause: CLAUSE },
    'dunning.paid': { label: '督促が終わりました（支払い済み）', clause: CLAUSE },
    'dunning.writtenOff': { label: '貸倒れとしました', clause: '第6条2項' },
    'dunning.replaced': { label: '督促が終わりました（修正した請求書に差し替え）', clause: '第6条2項' },
    'dunning.held': { label: '督促を止めました', clause: CLAUSE },
    'dunning.released': { label: '督促を再開しました', clause: CLAUSE },
  },
  mails: {
    paymentReminder1: { label: 'お支払いの確認のお願い' },
    paymentReminder2: { label: 'お支払いのお願い（再度）' },
    paymentFinalNotice: { label: 'お支払いの最終のお願い' },
  },
  rights: {
    seeDunnings: ['billing', 'approver', 'operations', 'legal', 'admin', 'auditor'],
    holdDunning: ['billing', 'operations'],
  },
  pages: {
    dunnings: { section: '請求', href: '/staff/dunnings', label: '督促', right: 'seeDunnings' },
  },
  executions: {
    dunningDay: { title: '督促の日程の履歴', purpose: '期限を過ぎた請求書を見つけること（第10条2項④）' },
    dunning: { title: '督促の履歴', purpose: '期限超過から入金または提案まで（第10条2項④）' },
  },
  tables: {
    dunnings: {
      title: '督促',
      purpose: '期限を過ぎた請求書の督促（第10条2項④）。番号と日付だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'id contract_id status sandbox ended_at created_at looked_at',
    },
    dunning_steps: {
      title: '督促の段階',
      purpose: 'いつどの督促をしたかの証拠（第10条2項④）',
      owner: 'operator',
      of: 'via:dunnings:paper_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'id paper_id step taken_on deadline_on taken_at created_at',
    },
    dunning_holds: {
      title: '督促の停止',
      purpose: '協議と、担当者が督促を止めたことの記録（第10条2項④）',
      owner: 'operator',
      of: 'via:dunnings:paper_id',
      atDeletion: 'reduce',
      retention: 'grace',
      holds: { freeText: 'reason' },
      words: 'reason',
      plain: 'id paper_id kind held_from held_to entered_by ended_by created_at',
    },
    write_offs: {
      title: '貸倒れ',
      purpose: '二人の担当者が回収をあきらめた請求書（第6条2項）',
      owner: 'operator',
      of: 'none',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'id paper_id posted_on proposed_by confirmed_by created_at',
    },
  },
  ports: { dunning: 'background' },
} as const satisfies ProcessDeclaration;
