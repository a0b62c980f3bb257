import { publicationProcess } from '../processes/publication.ts';

/** What is announced to all customers before it takes effect: an edition of the terms (第17条), a fee change (第6条4項). */
export type PublicationSubject = keyof typeof publicationProcess.subjects;

/** States of an edition or fee change, with those that may follow each. */
export const PUBLICATION_STATUSES = publicationProcess.statuses.publication;
export type PublicationStatus = keyof typeof PUBLICATION_STATUSES;
