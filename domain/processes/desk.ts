import type { ProcessDeclaration } from './types.ts';

/** The console itself: who is signed in, the queue of tasks, decisions on their way, and the settings. */
export const deskProcess = {
  noun: '担当者の机',
  subjects: { staff: '/staff/accounts' },
  statuses: {
    account: {
      open: { label: '利用中', tone: 'good' },
      invited: { label: '招待中', tone: 'waiting' },
      disabled: { label: '停止中', tone: 'neutral' },
    },
    decision: {
      sent: { label: '処理中', tone: 'waiting' },
      effective: { label: '有効', tone: 'good' },
      refused: { label: '無効', tone: 'bad' },
    },
  },
  audit: {
    'task.claimed': { label: '担当タスクを引き受けました', clause: '' },
    'task.released': { label: '担当タスクを戻しました', clause: '' },
    'task.acknowledged': { label: '担当タスクを確認しました', clause: '' },
    'task.reminder': { label: '期限が来た担当タスクを催促しました', clause: '' },
    'task.escalation': { label: '期限を過ぎた担当タスクを上位者に知らせました', clause: '' },
    'staff.created': { label: '担当者を登録しました', clause: '' },
    'staff.signedIn': { label: 'サインインしました', clause: '' },
    'staff.signedOut': { label: 'サインアウトしました', clause: '' },
    'staff.signInFailed': { label: 'サインインできませんでした', clause: '' },
    'staff.signInHeldBack': { label: '失敗が続いたため、サインインを待たせました', clause: '' },
    'staff.passwordChanged': { label: 'パスワードを変更しました', clause: '' },
    'staff.rolesChanged': { label: '役割を変更しました', clause: '' },
    'staff.disabled': { label: 'アカウントを停止しました', clause: '' },
    'staff.enabled': { label: 'アカウントの停止を解除しました', clause: '' },
    'staff.sessionsEnded': { label: 'すべてのサインインを終了しました', clause: '' },
    'staff.invited': { label: 'パスワードを設定するリンクを送りました', clause: '' },
    'staff.passwordChosen': { label: '届いたリンクでパスワードを設定しました', clause: '' },
    'staff.secondFactorSet': { label: '確認コードを設定しました', clause: '' },
    'staff.secondFactorReset': { label: '確認コードの設定を消しました', clause: '' },
    'staff.recoveryRenewed': { label: '予備のコードを作り直しました', clause: '' },
    'staff.recoveryUsed': { label: '予備のコードでサインインしました', clause: '' },
    'audit.exported': { label: '操作の記録をCSVで保存しました', clause: '' },
    'policy.set': { label: '設定を変更しました', clause: null },
  },
  mails: {
    staffInvitation: { label: '担当者の招待' },
  },
  rights: {
    seeAccounts: ['admin', 'auditor'],
    manageAccounts: ['admin'],
    seePolicies: ['admin', 'legal', 'auditor'],
    setPolicies: ['admin'],
    seeAudit: ['legal', 'admin', 'auditor'],
  },
  pages: {
    tasks: { section: '担当タスク', href: '/staff', label: '担当タスク' },
    overview: { section: '担当タスク', href: '/staff/overview', label: '全体の状況' },
    policies: { section: '設定', href: '/staff/policies', label: '設定', right: 'seePolicies' },
    accounts: { section: '設定', href: '/staff/accounts', label: '担当者', right: 'seeAccounts' },
    audit: { section: '設定', href: '/staff/audit', label: '操作の記録', right: 'seeAudit' },
  },
  executions: {
    taskWatch: {
      title: '担当タスクの見守りの履歴',
      purpose: 'ほかに待つ手続きのない担当タスクの催促',
      ids: ['task/{contract}/', 'task/{application}/'],
    },
    staffInvitation: { title: '担当者の招待の履歴', purpose: '担当者がパスワードを設定するリンクの送信' },
  },
  ports: { records: 'local' },
} as const satisfies ProcessDeclaration;
