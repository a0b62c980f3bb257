import { ApplicationFailure } from '@temporalio/common';
import { type Telephony, TelephonyError } from '../../clients/telephony/port.ts';
import { isMissing } from '../../clients/telephony/request-client.ts';
import type { Database } from '../../db/client.ts';
import { findTelephonyAccount, recordTelephonyState } from '../../db/queries/telephony/account.ts';
import { storeUsage } from '../../db/queries/telephony/usage.ts';
import type { TelephonyState } from '../../db/schema/index.ts';
import { CALLS_GO_ON, FAILURE } from '../../domain/base/failures.ts';
import { monthOfGmtDay } from '../../domain/billing/usage.ts';

/** `clause` says on what ground, for the audit log. */
export interface TelephonyCommand {
  contractId: string;
  clause: string;
  businessMs: number;
}

/** `notRegistered`: the contract has no subaccount on record, so nothing was asked of the provider. */
export type TelephonyResult = { state: TelephonyState | 'notRegistered' };

/**
 * What contracts ask of the telephony provider (第11条2項, 第15条, 第22条). Each may be repeated. Fail with `TelephonyOff`
 * where no account of the operator is set, with `TelephonyRefused` where a repeat would bring the same; the rest is
 * tried again.
 */
export function createTelephonyActivities(ports: { db: Database; telephony: Telephony | null }) {
  const { db } = ports;
  return {
    /**
     * Stops calls and messages of a contract (第15条, and at the end), then ends the calls that go on. Fails with
     * `CallsGoOn` while the provider still lists one; the state is on record by then.
     */
    async suspendTelephony(input: TelephonyCommand): Promise<TelephonyResult> {
      const result = await move(input, async (telephony, sid) => telephony.suspend(sid));
      const left = await ask(input.contractId, (telephony, sid) => telephony.endCalls(sid));
      if (left === null || left === 0) return result;
      throw ApplicationFailure.create({ message: `${left} calls go on`, type: CALLS_GO_ON });
    },

    /** Lets calls and messages of a contract through again (第15条), unless the provider itself stopped them. */
    reactivateTelephony: (input: TelephonyCommand): Promise<TelephonyResult> =>
      move(input, async (telephony, sid) => telephony.reactivate(sid)),

    /** Closes the subaccount for good; the numbers that it still has go with it. */
    closeTelephony: (input: TelephonyCommand): Promise<TelephonyResult> =>
      move(input, async (telephony, sid) => {
        await telephony.close(sid);
        return 'closed';
      }),

    /** How many numbers a contract has at the provider; null without a subaccount. */
    async countNumbers({ contractId }: { contractId: string }): Promise<{ numbers: number | null }> {
      const numbers = await ask(contractId, (telephony, sid) => numbersOf(telephony, sid));
      return { numbers: numbers?.length ?? null };
    },

    /** Gives every number of a contract back (第11条2項, 第23条1項). */
    async releaseNumbers({ contractId }: { contractId: string }): Promise<void> {
      await ask(contractId, async (telephony, sid) => {
        for (const number of await numbersOf(telephony, sid)) await telephony.releaseNumber(sid, number.sid);
      });
    },

    /** Reads the usage of GMT days and keeps it; null without a subaccount. */
    async readUsage(input: {
      contractId: string;
      from: string;
      to: string;
    }): Promise<{ records: number | null }> {
      const { contractId, from, to } = input;
      const records = await ask(contractId, (telephony, sid) =>
        telephony.readUsage(sid, { per: 'day', from, to }),
      );
      if (records === null) return { records };
      const readAt = new Date();
      const rows = records.map(({ from: usageOn, to: _, ...record }) => ({
        ...record,
        contractId,
        usageOn,
        month: monthOfGmtDay(usageOn),
        readAt,
      }));
      await storeUsage(db, rows);
      return { records: rows.length };
    },
  };

  async function move(
    { contractId, clause, businessMs }: TelephonyCommand,
    act: (telephony: Telephony, sid: string) => Promise<TelephonyState>,
  ): Promise<TelephonyResult> {
    const state = await ask(contractId, act);
    if (state === null) return { state: 'notRegistered' };
    await recordTelephonyState(db, { contractId, state, clause, businessAt: new Date(businessMs) });
    return { state };
  }

  /** Null where the contract has no subaccount on record. */
  async function ask<T>(
    contractId: string,
    question: (telephony: Telephony, sid: string) => Promise<T>,
  ): Promise<T | null> {
    const account = await findTelephonyAccount(db, contractId);
    if (account === null) return null;
    if (ports.telephony === null) {
      throw ApplicationFailure.nonRetryable('no telephony account is set', FAILURE.telephonyOff);
    }
    try {
      return await question(ports.telephony, account.subaccountSid);
    } catch (error) {
      throw error instanceof TelephonyError ? failureOf(error) : error;
    }
  }
}

export type TelephonyActivities = ReturnType<typeof createTelephonyActivities>;

/** An account that the provider has forgotten has no numbers any more. */
async function numbersOf(telephony: Telephony, sid: string) {
  return telephony.listNumbers(sid).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

function failureOf(error: TelephonyError): ApplicationFailure {
  const { problem, message, retryAfterMs } = error;
  if (problem !== 'unavailable') return ApplicationFailure.nonRetryable(message, FAILURE.telephonyRefused);
  return ApplicationFailure.create({
    message,
    type: 'TelephonyUnavailable',
    ...(retryAfterMs === null ? {} : { nextRetryDelay: retryAfterMs }),
  });
}
