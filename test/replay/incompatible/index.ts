import { upsertMemo } from '@temporalio/workflow';
import * as current from '../../../workflows/index.ts';

/**
 * The project's workflows, each with a step that no recorded run has taken. They must fail the replay: it is the
 * proof that the gate closes.
 */
const withOneStepMore =
  <Args extends unknown[], R>(workflow: (...args: Args) => Promise<R>) =>
  async (...args: Args): Promise<R> => {
    upsertMemo({ step: 'more' });
    return workflow(...args);
  };

export const accountTold = withOneStepMore(current.accountTold);
export const applicationReview = withOneStepMore(current.applicationReview);
export const billingDay = withOneStepMore(current.billingDay);
export const billingRun = withOneStepMore(current.billingRun);
export const contactChange = withOneStepMore(current.contactChange);
export const customerChange = withOneStepMore(current.customerChange);
export const contract = withOneStepMore(current.contract);
export const contractCampaign = withOneStepMore(current.contractCampaign);
export const dunning = withOneStepMore(current.dunning);
export const usageReading = withOneStepMore(current.usageReading);
export const dunningDay = withOneStepMore(current.dunningDay);
export const noticeCampaign = withOneStepMore(current.noticeCampaign);
export const offBoarding = withOneStepMore(current.offBoarding);
export const provisioning = withOneStepMore(current.provisioning);
export const publication = withOneStepMore(current.publication);
export const deletion = withOneStepMore(current.deletion);
export const retentionSweep = withOneStepMore(current.retentionSweep);
export const rescreening = withOneStepMore(current.rescreening);
export const receipt = withOneStepMore(current.receipt);
export const resend = withOneStepMore(current.resend);
export const screeningCase = withOneStepMore(current.screeningCase);
export const discontinuation = withOneStepMore(current.discontinuation);
export const staffInvitation = withOneStepMore(current.staffInvitation);
export const suspension = withOneStepMore(current.suspension);
export const dataRequest = withOneStepMore(current.dataRequest);
export const taskWatch = withOneStepMore(current.taskWatch);
