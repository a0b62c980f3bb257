import type { ProcessDeclaration } from './types.ts';

/** What is announced to all before it takes effect: editions of the terms (第17条) and fee changes (第6条4項). */
export const publicationProcess = {
  noun: '規約の版・料金変更',
  subjects: { termsEdition: '/staff/terms', feeChange: '/staff/fee-changes' },
  statuses: {
    publication: {
      /** For a second person. */
      draft: { label: '承認待ち', tone: 'waiting', to: ['approved', 'rejected', 'lapsed'] },
      /** For its notice and its day. */
      approved: { label: '適用開始待ち', tone: 'info', to: ['effective', 'void', 'rejected'] },
      effective: { label: '有効', tone: 'good', to: [] },
      rejected: { label: '不承認・取下げ', tone: 'neutral', to: [] },
      /** Nobody decided before the effective date. */
      lapsed: { label: '失効', tone: 'neutral', to: [] },
      /** An edition whose notice was not published before the effective date (Civil Code 548-4). */
      void: { label: '効力なし', tone: 'bad', to: [] },
    },
  },
  tasks: {
    termsApproval: {
      label: '利用規約の版の承認',
      role: 'approver',
      asks: { subject: '利用規約の版', act: '承認' },
    },
    feeChangeApproval: {
      label: '料金変更の承認',
      role: 'approver',
      asks: { subject: '料金変更', act: '承認' },
    },
    editionVoid: {
      label: '効力を持たない規約の版の確認',
      done: 'bySaying',
      role: 'legal',
      asks: { subject: '利用規約の版', act: '確認' },
    },
  },
  audit: {
    'termsEdition.uploaded': { label: '規約の版を登録しました', clause: '第17条1項' },
    'termsEdition.approved': { label: '規約の版を承認しました', clause: null },
    'termsEdition.rejected': { label: '規約の版を承認しないか、取り下げました', clause: null },
    'termsEdition.lapsed': { label: '承認されないまま適用開始日になり、失効しました', clause: null },
    'termsEdition.effective': { label: '規約の版が有効になりました', clause: null },
    'termsEdition.void': { label: '適用開始日より前に告知されず、効力を持ちませんでした', clause: null },
    'feeChange.entered': { label: '料金変更を登録しました', clause: '第6条4項' },
    'feeChange.approved': { label: '料金変更を承認しました', clause: null },
    'feeChange.rejected': { label: '料金変更を承認しないか、取り下げました', clause: null },
    'feeChange.lapsed': { label: '承認されないまま変更日になり、失効しました', clause: null },
    'feeChange.effective': { label: '料金変更の日になりました', clause: null },
    'feeChange.void': { label: '変更日より前に告知されず、効力を持ちませんでした', clause: null },
  },
  rights: {
    seeTerms: ['legal', 'approver', 'operations', 'admin', 'auditor'],
    uploadTerms: ['legal', 'admin'],
    seeFeeChanges: ['billing', 'legal', 'approver', 'operations', 'admin', 'auditor'],
    enterFeeChange: ['billing', 'admin'],
    withdrawPublication: ['legal', 'approver'],
  },
  pages: {
    terms: { section: '通知・料金', href: '/staff/terms', label: '利用規約', right: 'seeTerms' },
    feeChanges: {
      section: '通知・料金',
      href: '/staff/fee-changes',
      label: '料金変更',
      right: 'seeFeeChanges',
    },
  },
  executions: {
    publication: { title: '規約の版・料金変更の履歴', purpose: '承認から適用開始まで（第6条・第17条）' },
  },
  ports: { publication: 'background' },
} as const satisfies ProcessDeclaration;
