import type { disclosureProcess } from '../processes/disclosure.ts';

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

/** Only where life is at stake may a disclosure go ahead without a paper from the authority. */
export function needsLetter(basis: LegalBasis): boolean {
  return basis !== 'emergency';
}

/** The steps of a disclosure, each a row of its own that nobody may change: decided, handed over, told to the customer. */
export type DisclosureStage = 'decision' | 'handover' | 'customer';
export type DisclosureOutcome = 'approved' | 'refused' | 'handedOver' | 'told' | 'notTold';
export type DisclosureStatus = keyof typeof disclosureProcess.statuses.disclosure;

/** Where a disclosure stands, by its steps. */
export function disclosureStatus(outcomes: readonly DisclosureOutcome[]): DisclosureStatus {
  if (outcomes.includes('handedOver')) return 'handedOver';
  if (outcomes.includes('refused')) return 'refused';
  return outcomes.includes('approved') ? 'approved' : 'waiting';
}

const STAGE: Record<DisclosureOutcome, DisclosureStage> = {
  approved: 'decision',
  refused: 'decision',
  handedOver: 'handover',
  told: 'customer',
  notTold: 'customer',
};
export const stageOf = (outcome: DisclosureOutcome): DisclosureStage => STAGE[outcome];

/** Why a step cannot be taken, in words; null when it can. Nobody decides about what they asked for themselves. */
export function stepProblem(
  disclosure: { requestedBy: string; outcomes: readonly DisclosureOutcome[] },
  step: { outcome: DisclosureOutcome; staffId: string },
): string | null {
  const status = disclosureStatus(disclosure.outcomes);
  switch (stageOf(step.outcome)) {
    case 'decision':
      if (status !== 'waiting') return 'この開示はすでに判断されています。';
      return disclosure.requestedBy === step.staffId
        ? 'この開示はあなたが記録しました。判断は、別の法務担当が行います。'
        : null;
    case 'handover':
      if (status === 'handedOver') return 'データはすでに渡したと記録されています。';
      return status === 'approved' ? null : '承認されていない開示のデータは渡せません。';
    case 'customer':
      if (disclosure.outcomes.includes('told')) return 'お客様にはすでに伝えたと記録されています。';
      return status === 'handedOver' ? null : 'データを渡してから記録してください。';
  }
}
