import type { DisclosureOutcome, DisclosureStatus } from '../../../../domain/data/disclosure.ts';

export const DISCLOSURES_PATH = '/staff/disclosures';

export const DISCLOSURE_STATUS: Record<DisclosureStatus, { label: string; tone: string }> = {
  waiting: { label: '承認待ち', tone: 'waiting' },
  approved: { label: '承認済・未引渡し', tone: 'info' },
  refused: { label: '開示しない', tone: 'neutral' },
  handedOver: { label: '引渡し済', tone: 'good' },
};

export const OUTCOME_LABELS: Record<DisclosureOutcome, string> = {
  approved: '開示を承認',
  refused: '開示を認めない',
  handedOver: 'データを引渡し',
  told: 'お客様に伝えた',
  notTold: 'お客様に伝えない',
};
