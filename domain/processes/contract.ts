import type { ProcessDeclaration } from './types.ts';

/** The life of a contract: periods and renewal (第5条), changes (第8条), the end (第10条, 第16条). */
export const contractProcess = {
  noun: '契約',
  subjects: { contract: '/staff/contracts' },
  statuses: {
    contract: {
      active: { label: '契約中', tone: 'good', to: ['ending', 'terminated'], audit: 'contract.active' },
      /**
       * Its last day is known. Back to `active`: a cancellation or discontinuation was withdrawn; to itself: another last
       * day.
       */
      ending: {
        label: '終了予定',
        tone: 'waiting',
        to: ['active', 'ending', 'ended', 'terminated'],
        audit: 'contract.ending',
      },
      ended: { label: '終了', tone: 'neutral', to: [], audit: 'contract.ended' },
      terminated: { label: '即時解約', tone: 'bad', to: [], audit: 'contract.terminated' },
    },
  },
  audit: {
    'contract.concluded': { label: '利用契約が成立しました', clause: '第4条2項' },
    'contract.firstPeriod': { label: '最初の利用契約期間を記録しました', clause: null },
    'contract.renewed': { label: '契約が自動更新されました', clause: null },
    'contract.changed': { label: '利用内容の変更が適用されました', clause: null },
    'contract.feesChanged': { label: '新しい料金表が適用されました', clause: '第6条3項・4項' },
    'contract.active': { label: '契約中になりました', clause: null },
    'contract.ending': { label: '終了日が決まりました', clause: null },
    'contract.ended': { label: '契約が終了しました', clause: null },
    'contract.terminated': { label: '即時解約になりました', clause: null },
    'contract.accountsCounted': { label: '使用中のアカウント数を記録しました', clause: '第7条' },
    'contract.numberShown': { label: '契約番号・企業IDを表示しました', clause: '第12条2項' },
  },
  mails: {
    cancelByReminder: { label: '解約期限のお知らせ' },
    contractEnded: { label: '契約終了のお知らせ' },
  },
  rights: {
    seeContractNumber: ['operations', 'approver', 'billing', 'legal', 'support', 'auditor'],
    countAccounts: ['operations', 'support'],
    moveClock: ['operations', 'admin'],
  },
  pages: {
    contracts: { section: '契約', href: '/staff/contracts', label: '契約' },
  },
  shows: {
    contract: { label: '契約の画面', scope: 'several', of: 'contract' },
  },
  executions: {
    contract: { title: '契約の履歴', purpose: '契約の期間・更新・終了', ids: ['contract/{contract}'] },
  },
} as const satisfies ProcessDeclaration;
