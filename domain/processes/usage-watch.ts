import type { ProcessDeclaration } from './types.ts';

/** Cases of what looks like a prohibited act (第18条1項): the watchers open them, people judge and close them. */
export const usageWatchProcess = {
  noun: '利用の検知',
  subjects: { watchCase: '/staff/usage-cases' },
  statuses: {
    watchCase: {
      open: { label: '未判断', tone: 'waiting' },
      closed: { label: '判断済み', tone: 'neutral' },
    },
  },
  tasks: {
    usageCase: {
      label: '利用の検知の判断',
      role: 'legal',
      asks: { subject: '利用の検知', act: '判断' },
      done: 'inItsRow',
    },
  },
  audit: {
    'usageCase.opened': { label: '禁止行為にあたりうる利用を検知しました', clause: null },
    'usageCase.found': { label: '検知の内容が加わりました', clause: null },
    'usageCase.withdrawn': { label: '後から届いた記録により、検知が取り消されました', clause: null },
    'usageCase.closed': { label: '利用の検知について判断しました', clause: null },
  },
  pages: {
    usageCases: {
      section: '停止・廃止',
      href: '/staff/usage-cases',
      label: '利用の検知',
      right: 'seeUsageCases',
    },
  },
  shows: {
    usageCase: { label: '利用の検知の画面', scope: 'usage', of: 'watchCase' },
  },
  rights: {
    seeUsageCases: ['operations', 'approver', 'legal', 'admin', 'auditor'],
    enterWatchTerms: ['operations', 'legal'],
  },
  tables: {
    watch_cases: {
      title: '利用の検知の案件',
      purpose: '禁止行為にあたりうる利用の判断の記録（第18条1項・2項）',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'reduce',
      retention: 'grace',
      holds: { freeText: 'reason' },
      plain: 'id contract_id clause status outcome opened_at closed_at closed_by task_id created_at',
    },
    watch_findings: {
      title: '利用の検知の内容',
      purpose: '何をいつ何件検知したか（第18条1項）。例として伏せ字の番号と記録の番号を3件まで持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'reduce',
      retention: 'grace',
      holds: { digest: 'evidence' },
      plain:
        'id case_id contract_id rule after found_from found_to count matches withdrawn_at created_at updated_at',
    },
  },
} as const satisfies ProcessDeclaration;
