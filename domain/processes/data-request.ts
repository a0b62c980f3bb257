import type { ProcessDeclaration } from './types.ts';

/** Requests of data subjects and customers about their data (第19条6項, 第20条), with a last day for the answer. */
export const dataRequestProcess = {
  noun: '開示等の請求',
  subjects: { dataRequest: '/staff/data-requests' },
  statuses: {
    dataRequest: {
      open: { label: '対応中', tone: 'waiting' },
      done: { label: '対応済', tone: 'good' },
      refused: { label: '応じない', tone: 'neutral' },
    },
  },
  tasks: {
    dataRequest: { label: '開示等の請求への回答', role: 'legal', asks: { subject: '請求', act: '回答' } },
  },
  decisions: {
    dataRequest: {
      label: '開示等の請求',
      audit: 'decision.dataRequest',
      verdicts: { done: '請求に応じた', refused: '請求に応じない', extended: '期限を延長する（1回まで）' },
    },
  },
  audit: {
    'dataRequest.received': { label: '開示等の請求を受け付けました', clause: null },
    'dataRequest.identityChecked': { label: '本人確認を記録しました', clause: null },
    'dataRequest.extended': { label: '開示等の請求の期限を延長しました', clause: null },
    'dataRequest.done': { label: '開示等の請求に応じました', clause: null },
    'dataRequest.refused': { label: '開示等の請求に応じないことに決めました', clause: null },
    'dataRequest.exported': { label: '開示用のデータを出力しました', clause: '第20条' },
    'decision.dataRequest': { label: '開示等の請求への回答を送信しました', clause: null },
  },
  rights: {
    seeDataRequests: ['operations', 'legal', 'admin', 'auditor'],
    recordDataRequest: ['operations', 'legal'],
    answerDataRequest: ['legal'],
  },
  pages: {
    dataRequests: {
      section: 'データ',
      href: '/staff/data-requests',
      label: '開示等の請求',
      right: 'seeDataRequests',
      about: '本人やお客様からの開示・訂正・利用停止・消去の請求と、回答の期限（第19条6項・第20条）。',
    },
  },
  shows: {
    dataRequest: { label: '開示等の請求の画面', scope: 'contact', of: 'dataRequest' },
    dataExport: { label: '開示用データの出力', scope: 'several', of: 'contract' },
  },
  executions: {
    dataRequest: { title: '開示等の請求の履歴', purpose: '期限、本人確認、回答（第20条）' },
  },
} as const satisfies ProcessDeclaration;
