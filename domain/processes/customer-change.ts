import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第5条1項';

/** Changes of a customer's name, address and representative (第5条1項), which a second person agrees to. */
export const customerChangeProcess = {
  noun: '会社名・所在地・代表者の変更',
  statuses: {
    customerChange: {
      waiting: { label: '確認待ち', tone: 'waiting' },
      effective: { label: '登録済', tone: 'good' },
      rejected: { label: '認めない', tone: 'bad' },
    },
  },
  tasks: {
    customerChange: {
      label: '会社名・所在地・代表者の変更の確認',
      role: 'approver',
      asks: { subject: '会社名・所在地・代表者の変更', act: '確認' },
    },
  },
  decisions: {
    customerChange: {
      label: '会社名・所在地・代表者の変更',
      audit: 'decision.customerChange',
      verdicts: { confirm: '認める', reject: '認めない' },
    },
  },
  audit: {
    'decision.customerChange': {
      label: '会社名・所在地・代表者の変更の判断を送信しました',
      clause: null,
    },
    'customer.entered': { label: '会社名・所在地・代表者の変更を入力しました', clause: CLAUSE },
    'customer.changed': { label: '登録された会社名・所在地・代表者を変更しました', clause: CLAUSE },
    'customer.rejected': {
      label: '二人目の担当者が会社名・所在地・代表者の変更を認めませんでした',
      clause: CLAUSE,
    },
  },
  mails: {
    customerChanged: { label: '会社名・所在地・代表者の変更のお知らせ' },
  },
  shows: {
    customer: { label: '会社名・所在地・代表者の画面', scope: 'contact', of: 'contract' },
  },
  executions: {
    customerChange: {
      title: '会社名・所在地・代表者の変更の履歴',
      purpose: '変更と二人目の確認（第5条1項）',
    },
  },
  tables: {
    customer_changes: {
      title: '会社名・所在地・代表者の変更',
      purpose: 'いつ何が変わり、誰が確認したか（第5条1項）。変更前の値はここに残る',
      owner: 'entrusted',
      of: 'customer:customer_id',
      atDeletion: 'erase',
      retention: 'grace',
      holds: { freeText: 'before after reason', file: 'storage_key' },
      plain:
        'id customer_id contract_id application_id fields status entered_by decided_by decided_at sandbox created_at',
    },
  },
  ports: { customers: 'background' },
} as const satisfies ProcessDeclaration;
