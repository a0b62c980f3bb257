import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条5項';

/** Prepaid charges: orders, bills, and the ledger that is credited once they are paid (第6条5項). */
export const prepaidProcess = {
  noun: 'プリペイドチャージ',
  subjects: {},
  statuses: {},
  tasks: {
    prepaidUncovered: {
      label: '残高で賄えない利用の扱いの判断',
      role: 'billing',
      asks: { subject: '残高で賄えない利用', act: '判断' },
      done: 'inItsRow',
    },
    topUpAfterEnd: {
      label: '残高の終了後に支払われたチャージ',
      role: 'billing',
      asks: { subject: '残高の終了後に支払われたチャージ', act: '返金の確認' },
      done: 'bySaying',
    },
  },
  decisions: {},
  audit: {
    'topUp.ordered': { label: 'プリペイドチャージの注文を受け付けました', clause: CLAUSE },
    'prepaid.credited': { label: '入金を確認し、チャージを残高に加算しました', clause: CLAUSE },
    'prepaid.reversed': { label: 'チャージを取り消しました', clause: CLAUSE },
    'prepaid.used': { label: '通信の利用額を残高から引きました', clause: CLAUSE },
    'prepaid.uncoveredDecided': { label: '残高で賄えない利用額の扱いを決めました', clause: CLAUSE },
  },
  mails: { prepaidLow: { label: 'プリペイド残高のお知らせ' } },
  rights: {
    seePrepaid: ['billing', 'approver', 'operations', 'admin', 'auditor'],
    orderTopUp: ['billing', 'admin'],
  },
  pages: {
    prepaid: { section: '請求', href: '/staff/prepaid', label: 'プリペイド', right: 'seePrepaid' },
  },
  executions: {},
  tables: {
    top_up_orders: {
      title: 'チャージの注文',
      purpose: 'いくらのチャージを受け付けたか（第6条5項）。金額と日付だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'id contract_id order_key amount_yen ordered_on ordered_by created_at',
    },
    prepaid_usage: {
      title: 'プリペイドの利用の記帳',
      purpose: '残高から引いた利用額と、残高で賄えなかった額（第6条5項）。金額と日付だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain:
        'id contract_id key used_on net_yen events cost_yen uncovered_yen decision decided_by decided_on booked_on created_at',
    },
  },
  ports: {},
} as const satisfies ProcessDeclaration;
