import type { ProcessDeclaration } from './types.ts';

/** The console itself: who is signed in, the queue of tasks, decisions on their way, and the settings. */
export const deskProcess = {
  noun: '担当者の机',
  statuses: {
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
    'policy.set': { label: '設定を変更しました', clause: null },
  },
  rights: {
    seePolicies: ['admin', 'legal'],
    setPolicies: ['admin'],
  },
  pages: {
    tasks: { section: '担当タスク', href: '/staff', label: '担当タスク' },
    policies: { section: '設定', href: '/staff/policies', label: '設定', right: 'seePolicies' },
  },
  executions: {
    taskWatch: {
      title: '担当タスクの見守りの履歴',
      purpose: 'ほかに待つ手続きのない担当タスクの催促',
      ids: ['task/{contract}/', 'task/{application}/'],
    },
  },
  ports: { records: 'local' },
} as const satisfies ProcessDeclaration;
