/** On what an authority's request for data rests (第4条3項, 第22条1項). */
export const LEGAL_BASES = {
  warrant: '令状（刑事訴訟法）',
  investigation: '捜査関係事項照会（刑事訴訟法197条2項）',
  court: '裁判所の命令・調査の嘱託',
  tax: '税務調査（国税通則法）',
  emergency: '人の生命・身体・財産の保護（個人情報保護法27条1項2号）',
  other: 'その他の法令',
} as const;
export type LegalBasis = keyof typeof LEGAL_BASES;

/** The steps of a disclosure, each a row of its own that nobody may change: decided, handed over, told to the customer. */
export type DisclosureStage = 'decision' | 'handover' | 'customer';
export type DisclosureOutcome = 'approved' | 'refused' | 'handedOver' | 'told' | 'notTold';
