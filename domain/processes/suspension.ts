import type { ProcessDeclaration } from './types.ts';

/** Suspension and resume (第15条, 第18条2項): on the ground of the case, immediate or planned. */
export const suspensionProcess = {
  noun: '停止',
  subjects: { suspension: '/staff/suspensions' },
  statuses: {
    suspension: {
      /** For a second person. */
      approval: {
        label: '承認待ち',
        tone: 'waiting',
        to: ['planned', 'active', 'rejected', 'cancelled'],
      },
      planned: {
        label: '予定',
        tone: 'info',
        to: ['active', 'cancelled'],
        audit: 'suspension.planned',
      },
      /** The service is stopped. */
      active: { label: '停止中', tone: 'bad', to: ['lifted'], audit: 'suspension.active' },
      lifted: { label: '再開済み', tone: 'good', to: [], audit: 'suspension.lifted' },
      rejected: { label: '不承認', tone: 'neutral', to: [], audit: 'suspension.rejected' },
      cancelled: { label: '取りやめ', tone: 'neutral', to: [], audit: 'suspension.cancelled' },
    },
  },
  tasks: {
    suspensionDecision: { label: '停止の承認', role: 'legal', asks: { subject: '停止', act: '承認' } },
    suspensionProblem: {
      label: '停止・再開の電話サービスへの反映',
      role: 'operations',
      asks: { subject: '停止・再開', act: '対応' },
      causes: {
        refused:
          '電話サービスが受け付けなかった契約があります。電話サービスの設定と各契約の状態を確認してください。',
        callsGoOn:
          '停止しても切れない通話があります。電話サービスの管理画面で、続いている通話を切ってください。',
        byProvider:
          '電話サービス提供者が停止している契約があります。こちらからは再開できないため、提供者に問い合わせてください。',
      },
    },
  },
  decisions: {
    suspension: {
      label: '停止',
      audit: 'decision.suspension',
      verdicts: { agree: '承認する', reject: '認めない' },
    },
  },
  audit: {
    'suspension.entered': { label: '停止を入力しました', clause: null },
    'suspension.confirmed': { label: '停止を二人目が確認しました', clause: null },
    'suspension.planned': { label: '停止を予定しました', clause: null },
    'suspension.active': { label: 'サービスを停止しました', clause: null },
    'suspension.lifted': { label: 'サービスを再開しました', clause: null },
    'suspension.rejected': { label: '停止は認められませんでした', clause: null },
    'suspension.cancelled': { label: '停止を取りやめました', clause: null },
    'suspension.rescheduled': { label: '停止の日時を変更しました', clause: null },
    'decision.suspension': { label: '停止についての判断を送信しました', clause: null },
  },
  rights: {
    seeSuspensions: ['operations', 'approver', 'legal', 'support', 'admin', 'auditor'],
    enterSuspension: ['operations', 'legal'],
  },
  pages: {
    suspensions: {
      section: '停止・廃止',
      href: '/staff/suspensions',
      label: '停止・再開',
      right: 'seeSuspensions',
    },
  },
  executions: {
    suspension: { title: '停止の履歴', purpose: 'サービスの停止と再開' },
  },
  tables: {
    suspensions: {
      title: 'サービスの停止',
      purpose: '停止の根拠・期間・判断した人の記録（第15条・第18条2項）',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'reduce',
      retention: 'grace',
      holds: { freeText: 'reason' },
      plain:
        'id command_id status scope plan_code contract_id sandbox ground planned regular entered_by decided_by starts_at ' +
        'ends_at started_at lifted_at notice_id created_at updated_at',
    },
  },
  ports: { suspensions: 'background' },
} as const satisfies ProcessDeclaration;
