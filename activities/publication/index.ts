import type { Database } from '../../db/client.ts';
import { settlePublication } from '../../db/queries/publication/settle.ts';
import {
  type TransitionPublicationInput,
  transitionPublication,
} from '../../db/queries/publication/transition.ts';
import type { PublicationStatus, PublicationSubject } from '../../domain/publication.ts';
import { announceEdition, type PublicationAddress } from './announce.ts';

export interface PublicationPorts extends PublicationAddress {
  db: Database;
}

/** Steps of the workflow that brings editions of the terms and fee changes into effect; each repeats harmlessly. */
export function createPublicationActivities(ports: PublicationPorts) {
  const { db } = ports;
  return {
    async transitionPublication(
      input: Omit<TransitionPublicationInput, 'businessAt'> & { businessMs: number },
    ): Promise<void> {
      await transitionPublication(db, { ...input, businessAt: new Date(input.businessMs) });
    },

    /** Makes the notice of what was approved, approved by the same two people; gives its id. */
    async announce(input: {
      subjectType: PublicationSubject;
      subjectId: string;
      approvedBy: string;
    }): Promise<{ noticeId: string }> {
      return { noticeId: await announceEdition(ports, input) };
    },

    /** On the effective date: whether it takes effect (第17条, Civil Code 548-4). */
    async settlePublication(input: {
      subjectType: PublicationSubject;
      subjectId: string;
      businessMs: number;
    }): Promise<{ status: PublicationStatus }> {
      return { status: await settlePublication(db, { ...input, businessAt: new Date(input.businessMs) }) };
    },
  };
}

export type PublicationActivities = ReturnType<typeof createPublicationActivities>;
