/** What members of staff may be, each with its name. */
export const ROLE_LABELS = {
  reviewer: '審査担当',
  approver: '承認者',
  operations: '運用担当',
  billing: '請求担当',
  legal: '法務担当',
  support: 'サポート担当',
  admin: '管理者',
  /** Reads everything, changes nothing. */
  auditor: '監査担当',
} as const;

export type StaffRole = keyof typeof ROLE_LABELS;
