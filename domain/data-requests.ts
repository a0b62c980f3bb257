/** What a data subject or customer may ask for (個人情報保護法33条–35条, 第19条6項, 第20条). */
export const DATA_REQUEST_KINDS = {
  access: '開示',
  correction: '訂正・追加・削除（内容の誤り）',
  stopUse: '利用停止',
  deletion: '消去',
  returnSecrets: '秘密情報の返還・破棄',
} as const;
export type DataRequestKind = keyof typeof DATA_REQUEST_KINDS;

/** Whose data a request is about: one person's, or all that a customer entrusted. */
export const DATA_REQUEST_ABOUT = { person: '個人（本人または代理人）', customer: '契約者（法人）' } as const;
export type DataRequestAbout = keyof typeof DATA_REQUEST_ABOUT;

export const IDENTITY_CHECKS = {
  registeredContact: '登録された連絡先への折返しで確認',
  document: '本人確認書類の写しで確認',
  agent: '代理権を示す書面で確認',
} as const;
export type IdentityCheck = keyof typeof IDENTITY_CHECKS;

export type DataRequestStatus = 'open' | 'done' | 'refused';
