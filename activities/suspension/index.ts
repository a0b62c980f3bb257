import { log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { planNameOf } from '../../db/queries/catalogue/names.ts';
import { addNoticeAudience } from '../../db/queries/notice/audience.ts';
import { createNotice } from '../../db/queries/notice/create.ts';
import { confirmSuspension } from '../../db/queries/suspension/confirm.ts';
import { telephonyContracts } from '../../db/queries/suspension/contracts.ts';
import { activeSuspensions, findSuspension, type SuspensionRow } from '../../db/queries/suspension/find.ts';
import {
  rescheduleSuspension,
  type TransitionSuspensionInput,
  transitionSuspension,
} from '../../db/queries/suspension/transition.ts';
import { CALLS_GO_ON, FAILURE } from '../../domain/base/failures.ts';
import { reaches, type SuspensionNoticeStep } from '../../domain/suspension/suspension.ts';
import { groundOf } from '../../domain/suspension/suspension-grounds.ts';
import { suspensionNotice } from '../../templates/notice/suspension.ts';
import { startCampaign } from '../discontinuation/notice.ts';
import type { TelephonyActivities } from '../telephony/index.ts';

/** What became of a page of contracts at the provider. The last two are absent in runs of earlier releases. */
export interface TelephonyPage {
  nextCursor: string | null;
  refused: number;
  byProvider?: number;
  callsGoOn?: string[];
}

interface Told {
  contractId: string;
  outcome: 'done' | 'refused' | 'byProvider' | 'callsGoOn';
}

const having = (told: readonly Told[], outcome: Told['outcome']): string[] =>
  told.filter((each) => each.outcome === outcome).map(({ contractId }) => contractId);

type Timed<T> = Omit<T, 'businessAt'> & { businessMs: number };

/** Contracts whose subaccounts are spoken to at the same moment. */
const AT_ONCE = 5;

/** What a suspension asks of the database, of the telephony provider and of notices (第15条). Each may be repeated. */
export function createSuspensionActivities(ports: {
  db: Database;
  telephony: Pick<TelephonyActivities, 'suspendTelephony' | 'reactivateTelephony'>;
}) {
  const { db, telephony } = ports;
  return {
    async transitionSuspension({ businessMs, ...input }: Timed<TransitionSuspensionInput>): Promise<void> {
      await transitionSuspension(db, { ...input, businessAt: new Date(businessMs) });
    },

    async confirmSuspension({
      businessMs,
      ...input
    }: Timed<Parameters<typeof confirmSuspension>[1]>): Promise<void> {
      await confirmSuspension(db, { ...input, businessAt: new Date(businessMs) });
    },

    async rescheduleSuspension(input: {
      suspensionId: string;
      startsAtMs: number;
      endsAtMs: number | null;
      actor: string;
      commandId: string;
      businessMs: number;
    }): Promise<void> {
      const { startsAtMs, endsAtMs, businessMs, ...rest } = input;
      await rescheduleSuspension(db, {
        ...rest,
        startsAt: new Date(startsAtMs),
        endsAt: endsAtMs === null ? null : new Date(endsAtMs),
        businessAt: new Date(businessMs),
      });
    },

    /**
     * Tells the provider about one page of contracts: that the service stops, or that it runs again for those that no
     * other suspension reaches. Gives how many it refused or stopped by itself: staff look at those; and the contracts whose calls go on.
     */
    async tellTelephony(input: {
      suspensionId: string;
      act: 'suspend' | 'resume';
      cursor: string | null;
      limit: number;
      businessMs: number;
    }): Promise<TelephonyPage> {
      const { suspensionId, act, cursor, limit, businessMs } = input;
      const suspension = await found(suspensionId);
      const page = await telephonyContracts(db, suspension, { act, after: cursor, limit });
      const { sandbox } = suspension;
      const others = act === 'resume' ? await activeSuspensions(db, sandbox) : [];
      const due = page.filter((contract) => !others.some((other) => reaches(other, contract)));
      const clause = groundOf(suspension.ground)?.clause ?? '第15条';
      const told = await tellAll(act, due, { clause, businessMs });
      if (act === 'resume') {
        // One that has begun meanwhile may have been there before us.
        const begun = await activeSuspensions(db, sandbox);
        const again = due.filter((contract) => begun.some((other) => reaches(other, contract)));
        told.push(...(await tellAll('suspend', again, { clause, businessMs })));
      }
      const nextCursor = page.length < limit ? null : (page.at(-1)?.id ?? null);
      return {
        nextCursor,
        refused: having(told, 'refused').length,
        byProvider: having(told, 'byProvider').length,
        callsGoOn: having(told, 'callsGoOn'),
      };
    },

    /** Ends the calls of contracts that are stopped once more; gives those whose calls still go on. */
    async endCalls(input: {
      suspensionId: string;
      contractIds: readonly string[];
      businessMs: number;
    }): Promise<{ callsGoOn: string[] }> {
      const suspension = await found(input.suspensionId);
      const clause = groundOf(suspension.ground)?.clause ?? '第15条';
      const contracts = input.contractIds.map((id) => ({ id }));
      const told = await tellAll('suspend', contracts, { clause, businessMs: input.businessMs });
      return { callsGoOn: having(told, 'callsGoOn') };
    },

    /**
     * Makes and starts the notice of a step to everybody whom the suspension reaches. The two people who decided the
     * suspension have approved the notice; where no second one answered, it goes out on the word of who stopped the service.
     */
    async notifyOfSuspension(input: {
      suspensionId: string;
      step: SuspensionNoticeStep;
      commandId: string;
    }): Promise<{ noticeId: string }> {
      const { step } = input;
      const suspension = await found(input.suspensionId);
      const { id, enteredBy, decidedBy, sandbox, scope, planCode, contractId } = suspension;
      const planName = planCode === null ? null : await planNameOf(db, planCode);
      const clause = groundOf(suspension.ground)?.clause ?? '第15条';
      const noticeId = await db.transaction(async (tx) => {
        const made = await createNotice(tx, {
          ...suspensionNotice(step, suspension, { planName, clause }),
          creationKey: `suspension/${id}/${step}/${input.commandId}`,
          noticeClass: 'contractual',
          audience: scope === 'service' ? 'all' : scope === 'plan' ? 'plan' : 'contracts',
          planCode,
          ...{ sandbox, byMail: true, postOnWeb: scope !== 'contract' },
          createdBy: enteredBy,
          cause: {
            type: 'suspension',
            ...{ id, step },
            values: {},
            clause,
            approvedBy: decidedBy === null ? [null, enteredBy] : [enteredBy, decidedBy],
          },
        });
        if (contractId !== null) await addNoticeAudience(tx, made, [{ contractId }]);
        return made;
      });
      await startCampaign(noticeId, enteredBy);
      return { noticeId };
    },
  };

  /** Tells the provider about contracts, a few at a time. */
  async function tellAll(
    act: 'suspend' | 'resume',
    contracts: readonly { id: string }[],
    command: { clause: string; businessMs: number },
  ): Promise<Told[]> {
    const told: Told[] = [];
    for (let from = 0; from < contracts.length; from += AT_ONCE) {
      const some = contracts.slice(from, from + AT_ONCE);
      told.push(...(await Promise.all(some.map(({ id }) => tell(act, { contractId: id, ...command })))));
    }
    return told;
  }

  /** `refused`: for good, or no account is set. Failures of other kinds are tried again with the page. */
  async function tell(
    act: 'suspend' | 'resume',
    command: Parameters<typeof telephony.suspendTelephony>[0],
  ): Promise<Told> {
    const { contractId } = command;
    try {
      const { state } = await (act === 'suspend'
        ? telephony.suspendTelephony(command)
        : telephony.reactivateTelephony(command));
      return { contractId, outcome: state === 'suspendedByProvider' ? 'byProvider' : 'done' };
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      const { type, message: why } = error;
      if (type === CALLS_GO_ON) return { contractId, outcome: 'callsGoOn' };
      if (type === FAILURE.telephonyOff || type === FAILURE.telephonyRefused) {
        // The message names no number, account or credential: it says what staff are to look for at the provider.
        log.warn('telephony of a suspended contract was refused', { act, contractId, why });
        return { contractId, outcome: 'refused' };
      }
      throw error;
    }
  }

  async function found(id: string): Promise<SuspensionRow> {
    const row = await findSuspension(db, id);
    if (row !== null) return row;
    throw ApplicationFailure.nonRetryable(`suspension ${id} does not exist`, FAILURE.invalidInput);
  }
}

export type SuspensionActivities = ReturnType<typeof createSuspensionActivities>;
