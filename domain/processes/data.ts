import type { ProcessDeclaration } from './types.ts';

/** Support by consent (第13条), statistics without small groups (第14条), and where data is (第22条, 第24条). */
export const dataProcess = {
  noun: 'お客様のデータ',
  audit: {
    'consent.recorded': { label: 'サポートの同意を記録しました', clause: '第13条2項' },
    'consent.withdrawn': { label: 'サポートの同意の撤回を記録しました', clause: '第13条2項' },
    'statistics.published': { label: '月の統計を公表しました', clause: '第14条1項' },
  },
  rights: {
    seeConsents: ['operations', 'legal', 'support', 'admin', 'auditor'],
    recordConsent: ['operations', 'legal', 'support'],
    seeDataViews: ['legal', 'admin', 'auditor'],
    seeStatistics: ['operations', 'billing', 'legal', 'admin', 'auditor'],
    seeDataMap: ['legal', 'admin', 'auditor'],
  },
  pages: {
    data: { section: 'データ', href: '/staff/data', label: 'データ' },
    statistics: {
      section: 'データ',
      href: '/staff/statistics',
      label: '統計',
      right: 'seeStatistics',
      about: '締まった月ごとの契約の件数。小さな集団は表示しません（第14条1項）。',
    },
    dataMap: {
      section: 'データ',
      href: '/staff/data-map',
      label: 'データマップ',
      right: 'seeDataMap',
      about: 'お客様のデータがどこに、何のために、いつまであり、削除のときにどうなるか（第22条・第24条）',
    },
  },
} as const satisfies ProcessDeclaration;
