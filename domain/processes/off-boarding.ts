import type { ProcessDeclaration } from './types.ts';

/** What is done when a contract has ended (第10条3項, 第11条2項, 第22条), step by step. */
export const offBoardingProcess = {
  noun: '契約終了後の手続き',
  statuses: {
    offBoarding: {
      waiting: { label: 'これから', tone: 'info' },
      done: { label: '完了', tone: 'good' },
      notNeeded: { label: '不要', tone: 'neutral' },
      /** Has a task that staff have to mend. */
      stuck: { label: '停止中', tone: 'bad' },
    },
  },
  tasks: {
    offBoardingProblem: {
      label: '契約終了後の手続きの停止',
      role: 'operations',
      asks: { subject: '手続き', act: '対応' },
      about: 'step',
    },
    offBoardingWork: {
      label: '契約終了後の手作業',
      role: 'operations',
      asks: { subject: '手続き', act: '対応' },
      about: 'step',
    },
  },
  decisions: {
    offBoarding: {
      label: '終了後の手続き',
      audit: 'decision.offBoarding',
      verdicts: { retry: 'もう一度試す', complete: '完了とする' },
    },
  },
  audit: {
    'decision.offBoarding': { label: '契約終了後の手続きについて操作しました', clause: null },
    'offBoarding.begun': { label: '契約終了後の手続きが始まりました', clause: '第10条3項・第22条6項' },
    'offBoarding.serviceOff': { label: 'サービスの停止の状態が変わりました', clause: '第10条1項・2項' },
    'offBoarding.accountsClosed': {
      label: '利用者アカウントの停止の状態が変わりました',
      clause: '第22条6項',
    },
    'offBoarding.partnerTold': {
      label: 'サービスパートナーへの連絡の状態が変わりました',
      clause: '第10条1項',
    },
    'offBoarding.prepaidForfeited': {
      label: 'プリペイド残高の失効の状態が変わりました',
      clause: '第10条3項',
    },
    'offBoarding.usageRead': { label: '終了時の利用量の読み取りの状態が変わりました', clause: '第10条3項' },
    'offBoarding.usageSettled': { label: '利用量の確定の状態が変わりました', clause: '第10条3項' },
    'offBoarding.numbersReleased': { label: '電話番号の返却の状態が変わりました', clause: '第11条2項' },
    'offBoarding.subaccountClosed': {
      label: 'サブアカウントの閉鎖の状態が変わりました',
      clause: '第11条2項',
    },
    'offBoarding.statementSent': { label: '最終のご案内の送信の状態が変わりました', clause: '第10条3項' },
    'prepaid.forfeited': { label: 'プリペイド残高が失効しました', clause: '第10条3項' },
  },
  mails: {
    finalStatement: { label: '最終のご案内' },
  },
  executions: {
    offBoarding: {
      title: '契約終了後の手続きの履歴',
      purpose: 'サービスの停止、番号の返却、最終のご案内（第10条3項・第11条2項）',
      ids: ['off-boarding/{contract}'],
    },
  },
  tables: {
    off_boarding_steps: {
      title: '契約終了後の手続き',
      purpose: '停止・返却・最終のご案内の記録（第10条3項・第11条2項）。番号と結果だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'contract_id step state cause amount task_id completed_by decision_id changed_at',
    },
  },
} as const satisfies ProcessDeclaration;
