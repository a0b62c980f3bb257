import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第5条4項';

/** Campaigns: terms of one contract that differ from those of all (第5条4項), which a second person agrees to. */
export const campaignProcess = {
  noun: 'キャンペーンの条件',
  statuses: {
    campaign: {
      waiting: { label: '確認待ち', tone: 'waiting' },
      effective: { label: '承認済', tone: 'good', audit: 'campaign.effective' },
      rejected: { label: '認めない', tone: 'bad', audit: 'campaign.rejected' },
    },
  },
  tasks: {
    campaignApproval: {
      label: 'キャンペーンの条件の確認',
      role: 'approver',
      asks: { subject: 'キャンペーンの条件', act: '確認' },
    },
  },
  decisions: {
    campaign: {
      label: 'キャンペーンの条件',
      audit: 'decision.campaign',
      verdicts: { confirm: '認める', reject: '認めない' },
    },
  },
  audit: {
    'decision.campaign': { label: 'キャンペーンの条件の判断を送信しました', clause: null },
    'campaign.entered': { label: 'キャンペーンを入力しました', clause: CLAUSE },
    'campaign.effective': { label: '二人目の担当者がキャンペーンを認めました', clause: CLAUSE },
    'campaign.rejected': { label: '二人目の担当者がキャンペーンを認めませんでした', clause: CLAUSE },
  },
  rights: {
    seeCampaigns: ['operations', 'approver', 'billing', 'legal', 'auditor'],
    enterCampaign: ['operations'],
  },
  executions: {
    contractCampaign: {
      title: 'キャンペーンの条件の履歴',
      purpose: '契約ごとの条件と二人目の確認（第5条4項）',
    },
  },
  tables: {
    campaigns: {
      title: 'キャンペーンの条件',
      purpose: '契約ごとに規約と異なる条件（第5条4項）。契約証書と請求の根拠',
      owner: 'operator',
      of: 'application:application_id',
      atDeletion: 'reduce',
      retention: 'grace',
      holds: { freeText: 'reason' },
      words: 'reason',
      plain:
        'id application_id title until first_day plan_code fee_kind fee_yen earliest_ends_on status entered_by ' +
        'decided_by decided_at sandbox created_at',
    },
  },
} as const satisfies ProcessDeclaration;
