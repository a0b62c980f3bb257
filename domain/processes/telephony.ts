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
  ports: { telephony: 'background' },
} as const satisfies ProcessDeclaration;
