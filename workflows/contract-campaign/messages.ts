import { defineUpdate } from '@temporalio/workflow';
import type { Update, Updates } from '../updates.ts';

/** One workflow for each campaign of one contract. */
export const contractCampaignId = (campaignId: string): string => `contract-campaign/${campaignId}`;

export interface ContractCampaignInput {
  campaignId: string;
  subjectType: 'application' | 'contract';
  subjectId: string;
  enteredBy: string;
  sandbox: boolean;
}

export interface ContractCampaignMessages {
  /** The second person agrees or not (第5条4項). */
  decide: Update<'decideCampaign', { taskId?: string; verdict: 'confirm' | 'reject' }>;
}

export const contractCampaignUpdates: Updates<ContractCampaignMessages> = {
  decide: defineUpdate('decideCampaign'),
};
