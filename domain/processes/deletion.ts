import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第22条6項';

/** Deletion of what a customer entrusted, holds that stop it, and what falls due later (第22条6項). */
export const deletionProcess = {
  noun: 'データ削除',
  statuses: {
    deletion: {
      waiting: { label: '猶予期間中', tone: 'waiting', to: ['held', 'deleting'] },
      /** Due, and a legal hold stops it. */
      held: { label: '保留により停止', tone: 'waiting', to: ['deleting'], audit: 'deletion.held' },
      /** Begun, no way back. */
      deleting: { label: '削除中', tone: 'info', to: ['problem', 'done'], audit: 'deletion.deleting' },
      /** The search found something, or a step does not get on; people look. */
      problem: { label: '要確認', tone: 'bad', to: ['deleting'], audit: 'deletion.problem' },
      /** Everything is gone, proven, and the address forgotten. */
      done: { label: '削除済', tone: 'good', to: [], audit: 'deletion.done' },
    },
    /** A hold stops the deletion from the moment one person sets it until a second one lifts or rejects it. */
    hold: {
      proposed: { label: '保留中（二人目の確認待ち）', tone: 'waiting' },
      active: { label: '保留中', tone: 'waiting' },
      liftProposed: { label: '保留中（解除の確認待ち）', tone: 'waiting' },
      lifted: { label: '解除済', tone: 'neutral' },
      rejected: { label: '認められず', tone: 'neutral' },
    },
  },
  tasks: {
    deletionProblem: {
      label: 'データ削除の確認',
      role: 'legal',
      asks: { subject: 'データ削除', act: '確認' },
      causes: {
        leftovers: '削除後の検索で残りが見つかったか、手順が失敗しました。確認してください。',
        telephonyOpen: '契約終了後の手続きが終わっていないため、データ削除を始められません。',
        stuck: 'データ削除の手順が1日たっても終わっていません。自動で再試行を続けています。',
      },
      about: 'step',
    },
    holdDecision: {
      label: '削除の保留・解除の確認',
      role: 'approver',
      asks: { subject: '保留・解除', act: '確認' },
      about: 'hold',
    },
  },
  decisions: {
    hold: { label: '保留', audit: 'decision.hold', verdicts: { confirm: '認める', reject: '認めない' } },
  },
  audit: {
    'decision.hold': { label: '保留またはその解除の判断を送信しました', clause: null },
    'deletion.opened': { label: 'データ削除の予定日が決まりました', clause: CLAUSE },
    'deletion.held': { label: '保留があるため、データ削除を止めました', clause: CLAUSE },
    'deletion.begun': { label: 'データ削除を始めました', clause: CLAUSE },
    'deletion.rows': { label: 'お客様のデータを表から削除しました', clause: CLAUSE },
    'deletion.files': { label: 'お客様のファイルを削除しました', clause: CLAUSE },
    'deletion.outbox': { label: '送信トレイのメールを削除しました', clause: CLAUSE },
    'deletion.executions': { label: 'ワークフローの履歴を削除しました', clause: CLAUSE },
    'deletion.search': { label: 'すべての保存先を検索しました', clause: CLAUSE },
    'deletion.proven': { label: 'データ削除の証明書を発行しました', clause: CLAUSE },
    'deletion.keys': { label: 'お客様の暗号鍵を破棄しました', clause: CLAUSE },
    'deletion.forget': { label: '検索の語と証明書の送付先を破棄しました', clause: CLAUSE },
    'deletion.problem': {
      label: '削除後の検索に残りがあるか、手順が進まず、確認を求めました',
      clause: CLAUSE,
    },
    'deletion.deleting': { label: '確認を終え、データ削除を再開しました', clause: CLAUSE },
    'deletion.done': { label: 'データ削除が完了しました', clause: CLAUSE },
    'deletion.verified': { label: '削除済みであることを検索で確かめました', clause: CLAUSE },
    'hold.proposed': { label: 'データ削除の保留を申し出ました', clause: CLAUSE },
    'hold.confirmed': { label: '保留またはその解除を二人目が認めました', clause: CLAUSE },
    'hold.rejected': { label: '保留またはその解除を二人目が認めませんでした', clause: CLAUSE },
    'hold.liftProposed': { label: '保留の解除を申し出ました', clause: CLAUSE },
    'due.application': {
      label: '保存期限が過ぎ、申込のデータを削除しました',
      clause: '第4条・第20条',
    },
    'due.screening': {
      label: '保存期限が過ぎ、反社・競合チェックの証跡を削除しました',
      clause: '第4条4項・第22条6項',
    },
    'due.document': { label: '保存期限が過ぎ、書類を削除しました', clause: CLAUSE },
    'due.secrecy': { label: '秘密保持の期間が終わりました', clause: '第19条7項' },
  },
  mails: {
    deletionProof: { label: 'データ削除証明書の送付' },
  },
  rights: {
    seeDeletion: ['legal', 'operations', 'approver', 'admin', 'auditor'],
    holdDeletion: ['legal', 'approver'],
    retryDeletion: ['legal'],
  },
  executions: {
    deletion: { title: 'データ削除の履歴', purpose: '猶予期間、削除、検証' },
    retentionSweep: {
      title: '期限の見回りの履歴',
      purpose: '保存期限・秘密保持の終わり、承諾に至らなかった申込の削除',
    },
  },
  ports: { deletion: 'background', retention: 'background' },
} as const satisfies ProcessDeclaration;
