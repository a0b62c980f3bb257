/** All workflows of the bundle, by the names that start them. */
export { applicationReview } from './application-review/workflow.ts';
export { contactChange } from './contact-change/workflow.ts';
export { contract } from './contract/workflow.ts';
export { contractCampaign } from './contract-campaign/workflow.ts';
export { customerChange } from './customer-change/workflow.ts';
export { dataRequest } from './data-request/workflow.ts';
export { deletion } from './deletion/workflow.ts';
export { discontinuation } from './discontinuation/workflow.ts';
export { noticeCampaign } from './notice/workflow.ts';
export { offBoarding } from './off-boarding/workflow.ts';
export { publication } from './publication/workflow.ts';
export { screeningCase } from './rescreening/case.ts';
export { rescreening } from './rescreening/workflow.ts';
export { resend } from './resend/workflow.ts';
export { retentionSweep } from './retention/workflow.ts';
export { suspension } from './suspension/workflow.ts';
export { taskWatch } from './task-watch/workflow.ts';
