import type { DisclosureOutcome } from '../../../../domain/data/disclosure.ts';

export const DISCLOSURES_PATH = '/staff/disclosures';

export const OUTCOME_LABELS: Record<DisclosureOutcome, string> = {
  approved: '開示を承認',
  refused: '開示を認めない',
  handedOver: 'データを引渡し',
  told: 'お客様に伝えた',
  notTold: 'お客様に伝えない',
};
