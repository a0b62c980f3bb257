import type { ProcessDeclaration } from './types.ts';

/** Requests about a contract: changes (第8条), cancellations and their withdrawal, immediate termination (第10条). */
export const requestProcess = {
  noun: '契約についての申込',
  statuses: {
    request: {
      /** Not answered yet. */
      sent: { label: '処理中', tone: 'waiting' },
      waiting: { label: '二人目の確認待ち', tone: 'waiting', audit: 'request.waiting' },
      /** Has a date to come. */
      accepted: { label: '受付済', tone: 'info', audit: 'request.accepted' },
      refused: { label: '受付不可', tone: 'bad', audit: 'request.refused' },
      /** Lost to a later one. */
      superseded: { label: '後の申込に置換え', tone: 'neutral', audit: 'request.superseded' },
      /** Would have taken effect after the end. */
      dropped: { label: '取消し', tone: 'neutral', audit: 'request.dropped' },
      withdrawn: { label: '撤回', tone: 'neutral', audit: 'request.withdrawn' },
      done: { label: '適用済', tone: 'good', audit: 'request.done' },
    },
  },
  tasks: {
    secondPerson: {
      label: '二人目の確認',
      role: 'approver',
      asks: { subject: '申込', act: '確認' },
      about: 'request',
    },
    renewsAlthoughCancelled: {
      label: '解約申込後の自動更新の確認',
      done: 'bySaying',
      role: 'operations',
      asks: { subject: '解約', act: '確認' },
      about: 'request',
    },
    endToConfirm: {
      label: '月末日でない解約希望日の確認',
      done: 'bySaying',
      role: 'operations',
      asks: { subject: '解約', act: '確認' },
      about: 'request',
    },
  },
  decisions: {
    request: {
      label: '申し出',
      /** A second person's word, or an applicant's wish that staff recorded. */
      audit: { confirm: 'request.confirmed', reject: 'request.rejected', withdraw: 'decision.request' },
      verdicts: { confirm: '認める', reject: '認めない', withdraw: '取下げ' },
    },
  },
  audit: {
    'decision.request': { label: '申込者からの取下げの申し出を記録しました', clause: null },
    'request.entered': { label: '申込を入力しました', clause: null },
    'request.waiting': { label: '申込が二人目の確認を待っています', clause: null },
    'request.confirmed': { label: '二人目の担当者が申込を確認しました', clause: null },
    'request.rejected': { label: '二人目の担当者が申込を認めませんでした', clause: null },
    'request.accepted': { label: '申込を受け付けました', clause: null },
    'request.refused': { label: '申込を受け付けませんでした', clause: null },
    'request.superseded': { label: '申込が後の申込に置き換わりました', clause: null },
    'request.dropped': { label: '契約の終了により変更が適用されないことになりました', clause: null },
    'request.withdrawn': { label: '解約の申請が取り消されました', clause: null },
    'request.done': { label: '申込の手続きが完了しました', clause: null },
  },
  mails: {
    changeAccepted: { label: '利用内容変更の受付のお知らせ' },
    changeRefused: { label: '利用内容変更をお受けできないお知らせ' },
    changesSettled: { label: '変更の申込の見直しのお知らせ' },
    changeTakenBack: { label: '利用内容変更の取りやめのお知らせ' },
    cancellationAccepted: { label: '解約の受付のお知らせ' },
    cancellationWithdrawn: { label: '解約の撤回のお知らせ' },
    terminationNotice: { label: '即時解約の通知' },
  },
  rights: {
    enterRequest: ['operations'],
    downloadOriginal: ['operations', 'approver', 'legal', 'auditor'],
  },
  shows: {
    request: { label: '変更・解約の申込と原本', scope: 'requests', of: 'contract' },
  },
  tables: {
    requests: {
      title: '変更・解約の申込',
      purpose: '到達日と計算された日付の証拠（第8条・第10条）。日付と結果だけを残す',
      owner: 'entrusted',
      of: 'contract:contract_id',
      atDeletion: 'reduce',
      retention: 'grace',
      holds: { freeText: 'note', file: 'storage_key' },
      words: 'note',
      plain:
        'id contract_id command_id kind channel arrived_at arrived_at_partner entered_by entered_at backdated ' +
        'confirmed_by wished_on requested ground computed_on first_on overtaken outcome clause message reasons created_at',
    },
  },
} as const satisfies ProcessDeclaration;
