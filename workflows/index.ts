/** All workflows of the bundle, by the names that start them. */
export { applicationReview } from './application-review/workflow.ts';
export { contract } from './contract/workflow.ts';
