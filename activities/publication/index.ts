import type { Database } from '../../db/client.ts';
import { liveContractIds } from '../../db/queries/contract/live-ids.ts';
import { moveContracts } from '../../db/queries/fee-change/record.ts';
import { settlePublication } from '../../db/queries/publication/settle.ts';
import {
  type TransitionPublicationInput,
  transitionPublication,
} from '../../db/queries/publication/transition.ts';
import { findTermsEdition } from '../../db/queries/read/terms-edition.ts';
import type { PublicationStatus, PublicationSubject } from '../../domain/notice/publication.ts';
import { termsEffective } from '../../workflows/contract/messages.ts';
import { signalContracts } from '../signal-contracts.ts';
import { announceEdition, type PublicationAddress } from './announce.ts';
import { announceFeeChange } from './announce-fee-change.ts';

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
      businessMs: number;
    }): Promise<{ noticeId: string }> {
      const announced = input.subjectType === 'termsEdition' ? announceEdition : announceFeeChange;
      return { noticeId: await announced(ports, input) };
    },

    /** On the effective date: whether it takes effect (第17条, Civil Code 548-4). */
    async settlePublication(input: {
      subjectType: PublicationSubject;
      subjectId: string;
      businessMs: number;
    }): Promise<{ status: PublicationStatus }> {
      return { status: await settlePublication(db, { ...input, businessAt: new Date(input.businessMs) }) };
    },

    /**
     * Tells one page of live contracts that an edition of the terms has taken effect: each looks whether its certificate
     * names the one that binds it now (第5条1項, 第17条).
     */
    async tellOfEdition(input: {
      subjectId: string;
      cursor: string | null;
      limit: number;
    }): Promise<{ nextCursor: string | null }> {
      const { subjectId, cursor, limit } = input;
      const edition = await findTermsEdition(db, subjectId);
      if (edition === null) throw new Error(`edition ${subjectId} does not exist`);
      const contractIds = await liveContractIds(db, { after: cursor, limit });
      await signalContracts(contractIds, termsEffective, {
        commandId: `terms/${subjectId}`,
        actor: { kind: 'system' },
        editionNumber: edition.number,
      });
      return { nextCursor: contractIds.length < limit ? null : (contractIds.at(-1) ?? null) };
    },

    /** One page of contracts to which a fee change is applied as far as it has reached them (第6条3項). */
    async moveContracts(input: {
      feeChangeId: string;
      cursor: string | null;
      limit: number;
      businessMs: number;
    }): Promise<{ moved: number; waiting: number; nextCursor: string | null }> {
      return moveContracts(db, { ...input, businessAt: new Date(input.businessMs) });
    },
  };
}

export type PublicationActivities = ReturnType<typeof createPublicationActivities>;
