import type { ProcessDeclaration } from './types.ts';

/** Subaccounts and numbers at the telephony provider (第11条, 第23条1項). */
export const telephonyProcess = {
  noun: '電話サービス',
  statuses: {
    telephony: {
      active: { label: '利用中', tone: 'good', audit: 'telephony.active' },
      suspended: { label: '停止中', tone: 'waiting', audit: 'telephony.suspended' },
      closed: { label: '閉鎖', tone: 'neutral', audit: 'telephony.closed' },
    },
  },
  audit: {
    'telephony.registered': { label: '電話サービスのサブアカウントを登録しました', clause: '第11条2項' },
    'telephony.numbersRead': { label: '電話番号を読み込み、変更を記録しました', clause: '第23条1項' },
    'telephony.active': { label: '電話サービスを再開しました', clause: null },
    'telephony.suspended': { label: '電話サービスを停止しました', clause: null },
    'telephony.closed': { label: '電話サービスのサブアカウントを閉じました', clause: null },
  },
  rights: {
    manageTelephony: ['operations'],
  },
  tables: {
    telephony_accounts: {
      title: '電話サービスのサブアカウント',
      purpose: '契約ごとの電話番号と通話の停止・返却（第11条2項・第15条）',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'erase',
      retention: 'grace',
      holds: { digest: 'subaccount_sid' },
      plain: 'contract_id state registered_by created_at updated_at',
    },
    usage_records: {
      title: '通信の利用量',
      purpose: '後払いの通信費用の根拠（第6条6項）。数量と金額だけで、通話先と番号は持たない',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'contract_id category usage_on month count count_unit usage usage_unit price price_unit read_at',
    },
  },
  ports: { telephony: 'background' },
} as const satisfies ProcessDeclaration;
