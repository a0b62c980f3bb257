import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条2項';

/** Receipts for paid invoices (領収書): one for what was paid, on request of the payer. */
export const receiptProcess = {
  noun: '領収書',
  audit: {
    'receipt.issued': { label: '領収書を発行しました', clause: CLAUSE },
  },
  mails: { receiptIssued: { label: '領収書の送付' } },
  rights: {
    issueReceipt: ['billing'],
  },
  executions: {
    receipt: {
      ...{ title: '領収書の発行の履歴', purpose: '領収書のPDFの作成と送付（第6条2項）' },
      ids: ['receipt/{contract}/'],
    },
  },
  tables: {
    receipts: {
      title: '領収書',
      purpose: '何の入金にいくらの領収書を発行したか（第6条2項）。金額と日付だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain:
        'id paper_id contract_id edition number amount_yen discount_yen received_on way allocation_ids issued_on issued_at issued_by ' +
        'drawn_at sandbox created_at',
    },
  },
  ports: { receipts: 'background' },
} as const satisfies ProcessDeclaration;
