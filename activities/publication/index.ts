import type { Database } from '../../db/client.ts';
import { settleEdition } from '../../db/queries/publication/settle.ts';
import {
  type TransitionPublicationInput,
  transitionPublication,
} from '../../db/queries/publication/transition.ts';
import type { PublicationStatus, PublicationSubject } from '../../domain/publication.ts';

/** Writes of the workflow that brings editions of the terms and fee changes into effect; each repeats harmlessly. */
export function createPublicationActivities({ db }: { db: Database }) {
  return {
    async transitionPublication(
      input: Omit<TransitionPublicationInput, 'businessAt'> & { businessMs: number },
    ): Promise<void> {
      await transitionPublication(db, { ...input, businessAt: new Date(input.businessMs) });
    },

    /** On the effective date: whether it takes effect (第17条, Civil Code 548-4). */
    async settlePublication(input: {
      subjectType: PublicationSubject;
      subjectId: string;
      businessMs: number;
    }): Promise<{ status: PublicationStatus }> {
      return { status: await settleEdition(db, { ...input, businessAt: new Date(input.businessMs) }) };
    },
  };
}

export type PublicationActivities = ReturnType<typeof createPublicationActivities>;
