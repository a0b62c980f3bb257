import type { ProcessDeclaration } from './types.ts';

/** Subaccounts and numbers at the telephony provider (第11条, 第23条1項). */
export const telephonyProcess = {
  noun: '電話サービス',
  statuses: {
    telephony: {
      active: { label: '利用中', tone: 'good', audit: 'telephony.active' },
      suspended: { label: '停止中', tone: 'waiting', audit: 'telephony.suspended' },
      /** The provider stopped it by itself (its error 21478): only the provider lifts that. */
      suspendedByProvider: {
        label: '提供者による停止',
        tone: 'bad',
        audit: 'telephony.suspendedByProvider',
      },
      closed: { label: '閉鎖', tone: 'neutral', audit: 'telephony.closed' },
    },
  },
  audit: {
    'telephony.registered': { label: '電話サービスのサブアカウントを登録しました', clause: '第11条2項' },
    'telephony.numbersRead': { label: '電話番号を読み込み、変更を記録しました', clause: '第23条1項' },
    'telephony.active': { label: '電話サービスを再開しました', clause: null },
    'telephony.suspended': { label: '電話サービスを停止しました', clause: null },
    'telephony.suspendedByProvider': {
      label: '電話サービス提供者がサブアカウントを停止しています',
      clause: null,
    },
    'telephony.closed': { label: '電話サービスのサブアカウントを閉じました', clause: null },
  },
  shows: {
    usageEvents: { label: '通話・SMSの記録の画面', scope: 'usage', of: 'contract' },
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
      holds: { digest: 'subaccount_sid', confidentialNumber: 'auth_token' },
      plain:
        'contract_id state registered_by listed_through listed_at next_list_at list_failures created_at updated_at',
    },
    telephony_events: {
      title: '通話・SMS・電話番号の記録',
      purpose:
        '禁止行為の検知（第18条1項）と通信費用の明細（第6条6項）。相手の番号は鍵付きの要約と伏せ字だけを持ち、本文は持たない',
      owner: 'entrusted',
      of: 'contract:contract_id',
      atDeletion: 'erase',
      retention: 'grace',
      holds: { digest: 'digest sid fact shown' },
      plain:
        'id contract_id source type status occurred_at received_at units problem watched_sequence metered',
    },
    telephony_numbers: {
      title: '電話番号の一覧の控え',
      purpose: '電話番号の取得と返却の検知（第18条1項㉔㉘）。番号は鍵付きの要約と伏せ字だけを持つ',
      owner: 'entrusted',
      of: 'contract:contract_id',
      atDeletion: 'erase',
      retention: 'grace',
      holds: { digest: 'number_sid party' },
      plain: 'contract_id held_before seen_at gone_at',
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
