import twilio from 'twilio';
import { z } from 'zod';
import { decimal, decimalText } from '../../domain/base/decimal.ts';
import { PAGE_SIZE, read } from './answers.ts';
import { dayLists, type ListedCall, type ListedMessage } from './lists.ts';
import { type Provision, provision } from './provision.ts';
import { createRequestClient, isMissing, TelephonyError } from './request-client.ts';

export { TelephonyError } from './request-client.ts';

export type SubaccountState = 'active' | 'suspended' | 'closed';

export interface Subaccount {
  sid: string;
  state: SubaccountState;
  /** Signs what the provider tells about it. A secret. */
  authToken: string;
}

/** Usage of one category within a day or a month. The provider counts days and months in GMT. */
export interface UsageRecord {
  category: string;
  /** First and last GMT day, `YYYY-MM-DD`. */
  from: string;
  to: string;
  count: string;
  countUnit: string;
  usage: string;
  usageUnit: string;
  /** Decimal text in `priceUnit`. */
  price: string;
  priceUnit: string;
}

/**
 * The telephony provider (第11条2項): a subaccount for each contract, seen with the operator's own credentials. Every
 * method may be repeated; each throws TelephonyError only.
 */
export interface Telephony extends Provision {
  /** The subaccount of a business key, made where there is none. Keys carry no data of a person. */
  createSubaccount(key: string): Promise<Subaccount>;
  /** Null when the provider does not know it (any more). */
  findSubaccount(sid: string): Promise<Subaccount | null>;
  /** Stops new calls and messages, read back; a closed or unknown subaccount stays as it is. Calls in progress go on. */
  suspend(sid: string): Promise<SubaccountState>;
  /** Ends every call that waits, rings or is in progress. Gives how many are left when the list is read again. */
  endCalls(sid: string): Promise<number>;
  /**
   * Lets calls and messages through again, read back. `suspendedByProvider`: the provider itself stopped it, and only the
   * provider lifts that. Refused for a closed or unknown subaccount.
   */
  reactivate(sid: string): Promise<SubaccountState | 'suspendedByProvider'>;
  /** For good; its numbers go with it. A closed or unknown one is closed already. */
  close(sid: string): Promise<void>;
  /** Calls that began on a UTC day (`YYYY-MM-DD`). */
  listCalls(sid: string, day: string): Promise<ListedCall[]>;
  /** Messages that were sent or received on a UTC day. */
  listMessages(sid: string, day: string): Promise<ListedMessage[]>;
  /** A number that is not there (any more) is released already. */
  releaseNumber(sid: string, numberSid: string): Promise<void>;
  /** Categories with something in them, between two GMT days, both included. */
  readUsage(sid: string, window: { per: 'day' | 'month'; from: string; to: string }): Promise<UsageRecord[]>;
}

export interface TelephonySettings {
  accountSid: string;
  authToken: string;
  baseUrl: string;
  /** Of papers for numbers. */
  numbersUrl: string;
  /** Of one request. */
  timeoutMs: number;
}

/** Calls that are not over. */
const RUNNING = ['queued', 'ringing', 'in-progress'] as const;
/** The subaccount was suspended by the provider itself. */
const SUSPENDED_BY_PROVIDER = 21_478;
/** The call is over already. */
const CALL_IS_OVER = 21_220;

const accountSchema = z.object({
  sid: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
  status: z.enum(['active', 'suspended', 'closed']),
  authToken: z.string().nullish(),
});
const callSchema = z.object({ sid: z.string().regex(/^CA[0-9a-fA-F]{32}$/) });
const day = z.date().transform((date) => date.toISOString().slice(0, 10));
const amount = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => decimalText(decimal(plain(value ?? 0))));
const unit = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const usageSchema = z.object({
  category: z.string().min(1),
  startDate: day,
  endDate: day,
  count: amount,
  countUnit: unit,
  usage: amount,
  usageUnit: unit,
  price: amount,
  priceUnit: unit,
});

/** The provider through its official package, at the address of the settings. */
export function createTwilioTelephony(settings: TelephonySettings): Telephony {
  const options = {
    httpClient: createRequestClient(settings),
    // Not from the environment: at "debug" the package prints requests.
    logLevel: 'error' as const,
  };
  const client = twilio(settings.accountSid, settings.authToken, options);
  const { accounts } = client.api.v2010;

  async function findSubaccount(sid: string): Promise<Subaccount | null> {
    try {
      return subaccountOf(await accounts(sid).fetch());
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** Sets a state and reads it back: what counts is where the provider stands afterwards. */
  async function setState(sid: string, status: 'active' | 'suspended'): Promise<SubaccountState> {
    await accounts(sid).update({ status });
    const state = (await findSubaccount(sid))?.state ?? 'closed';
    if (state !== status && state !== 'closed') {
      throw new TelephonyError('unavailable', `the subaccount is still ${state} at the telephony provider`);
    }
    return state;
  }

  async function runningCalls(sid: string): Promise<string[]> {
    const { calls } = accounts(sid);
    const lists = await Promise.all(
      RUNNING.map((status) => calls.list({ status, pageSize: PAGE_SIZE }).catch(noneIfMissing)),
    );
    return lists.flat().map((call) => read(callSchema, call).sid);
  }

  return {
    async createSubaccount(key) {
      const known = await accounts.list({ friendlyName: key, pageSize: PAGE_SIZE });
      const open = known.map(subaccountOf).find(({ state }) => state !== 'closed');
      return open ?? subaccountOf(await accounts.create({ friendlyName: key }));
    },

    findSubaccount,

    async suspend(sid) {
      const current = await findSubaccount(sid);
      if (current === null || current.state === 'closed') return 'closed';
      return current.state === 'suspended' ? 'suspended' : setState(sid, 'suspended');
    },

    async reactivate(sid) {
      const current = await findSubaccount(sid);
      if (current === null || current.state === 'closed') {
        throw new TelephonyError('refused', 'a closed subaccount cannot be reactivated');
      }
      if (current.state === 'active') return 'active';
      return setState(sid, 'active').catch((error: unknown) => {
        if (hasCode(error, SUSPENDED_BY_PROVIDER)) return 'suspendedByProvider' as const;
        throw error;
      });
    },

    async endCalls(sid) {
      const running = await runningCalls(sid);
      const end = (call: string) =>
        accounts(sid).calls(call).update({ status: 'completed' }).catch(unlessOver);
      await Promise.all(running.map(end));
      return running.length === 0 ? 0 : (await runningCalls(sid)).length;
    },

    async close(sid) {
      const current = await findSubaccount(sid);
      if (current === null || current.state === 'closed') return;
      await accounts(sid).update({ status: 'closed' }).catch(unlessMissing);
    },

    ...dayLists(accounts),

    ...provision(accounts, async (sid) => {
      const account = await findSubaccount(sid);
      if (account === null) throw new TelephonyError('missing', 'the provider does not know the subaccount');
      if (account.authToken === '') throw new TelephonyError('refused', 'the provider gives no token');
      return twilio(sid, account.authToken, options);
    }),

    async releaseNumber(sid, numberSid) {
      await accounts(sid).incomingPhoneNumbers(numberSid).remove().catch(unlessMissing);
    },

    async readUsage(sid, { per, from, to }) {
      const { records } = accounts(sid).usage;
      const asked = {
        startDate: new Date(from),
        endDate: new Date(to),
        includeSubaccounts: false,
        pageSize: PAGE_SIZE,
      };
      const found: unknown[] =
        per === 'day' ? await records.daily.list(asked) : await records.monthly.list(asked);
      return found
        .map((record) => read(usageSchema, record))
        .filter(({ count, usage, price }) => [count, usage, price].some((value) => value !== '0'))
        .map(({ startDate, endDate, ...record }) => ({ ...record, from: startDate, to: endDate }));
    },
  };
}

function subaccountOf(account: unknown): Subaccount {
  const { sid, status, authToken } = read(accountSchema, account);
  return { sid, state: status, authToken: authToken ?? '' };
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}

function noneIfMissing(error: unknown): [] {
  unlessMissing(error);
  return [];
}

const hasCode = (error: unknown, code: number) => error instanceof TelephonyError && error.code === code;

/** The call ended before we ended it; whether all did, the list says. */
function unlessOver(error: unknown): void {
  if (!hasCode(error, CALL_IS_OVER)) unlessMissing(error);
}

/** A small price that JavaScript would write with an exponent, in digits. */
function plain(value: string | number): string {
  const text = String(value);
  return /e/i.test(text) ? Number(text).toFixed(15) : text;
}
