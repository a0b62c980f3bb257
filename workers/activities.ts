import type { composeActivities } from './run.ts';

type Composed = ReturnType<typeof composeActivities>;

/** What the interactive queue does: application reviews, their checks and short writes. */
export function interactiveActivities({ records, review }: Composed) {
  return { ...records, ...review };
}

/** What the background queue does: contracts, documents, mail, telephony, re-screening and all other processes. */
export function backgroundActivities(composed: Composed) {
  return {
    ...composed.records,
    ...composed.customers,
    ...composed.documents,
    ...composed.mail,
    ...composed.rescreening,
    ...composed.telephony,
    ...composed.publication,
    ...composed.deletion,
    ...composed.retention,
    ...composed.notices,
    ...composed.discontinuations,
  };
}
