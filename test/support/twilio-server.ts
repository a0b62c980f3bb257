import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type FittingRequest, type OpenApiDocument, once, openApi } from './openapi.ts';
import {
  callFields,
  callOf,
  complete,
  isRunning,
  messageFields,
  messageOf,
  type StandInCall,
  type StandInMessage,
  sidOf,
  within,
} from './twilio-calls.ts';
import {
  type Done,
  numberNamed,
  performBundle,
  performPurchase,
  type StandInBundle,
  type StandInNumber,
  type Stock,
} from './twilio-provision.ts';
import { type DayUsage, usageBodies } from './twilio-usage.ts';

const document = JSON.parse(
  readFileSync(join(import.meta.dirname, '../data/twilio-openapi.json'), 'utf8'),
) as OpenApiDocument;

export type AccountStatus = 'active' | 'suspended' | 'closed';
type Json = Record<string, unknown>;

interface Account {
  sid: string;
  friendlyName: string;
  status: AccountStatus;
  numbers: Map<string, StandInNumber>;
  usage: DayUsage[];
  calls: StandInCall[];
  messages: StandInMessage[];
  /** The provider itself stopped it: nobody else lets it through again. */
  byProvider: boolean;
}

/** A part that the provider plays badly. `cut` breaks the connection after the effect, `hang` never answers. */
export type Trouble = { status: number; retryAfter?: number; code?: number } | 'hang' | 'cut' | 'garbage';

export interface TwilioServer {
  url: string;
  accountSid: string;
  authToken: string;
  /** `POST /2010-04-01/…` in the order in which they came. */
  requests: string[];
  /** Requests that did not fit the document, with reasons. */
  misfits: string[][];
  /** Changes to accounts and numbers in order: `suspended AC…`, `released PN…`. */
  effects: string[];
  addAccount(account?: { numbers?: string[]; usage?: DayUsage[]; status?: AccountStatus }): string;
  addUsage(sid: string, ...usage: DayUsage[]): void;
  statusOf(sid: string): AccountStatus | null;
  numbersOf(sid: string): string[];
  held(sid: string): StandInNumber[];
  /** Numbers that can be bought; empty at first. */
  stock: Stock;
  /** The papers of all accounts, in the order in which they were made. */
  bundles: StandInBundle[];
  addNumber(sid: string, number: string): void;
  /** A number goes without a word from us. */
  lose(sid: string, number: string): void;
  addCall(sid: string, call?: Partial<StandInCall>): void;
  addMessage(sid: string, message?: Partial<StandInMessage>): void;
  runningCalls(sid: string): number;
  /** Suspends an account as the provider does by itself. */
  stop(sid: string): void;
  /** Forgets an account, as the provider does a while after it was closed. */
  forget(sid: string): void;
  /** The next requests for an operation meet trouble, one after the other; `always` until `recover`. */
  trouble(operationId: string, ...troubles: Trouble[]): void;
  always(trouble: Trouble): void;
  recover(): void;
  close(): Promise<void>;
}

/** The token of a stand-in's account: each has its own. */
export const tokenOf = (sid: string) => sid.slice(2);
const NOW = 'Thu, 30 Jul 2026 20:00:00 +0000';

/**
 * A local server that answers by the provider's published OpenAPI document: it refuses what does not fit it, and checks
 * its own answers against it. Pages are never longer than `maxPage`;
 * `onDone` hears of every operation that was performed, before its answer leaves.
 */
export async function startTwilioServer(
  options: { maxPage?: number; onDone?: (operationId: string) => void } = {},
): Promise<TwilioServer> {
  const api = openApi(document);
  const accountSid = sidOf('AC');
  const authToken = randomBytes(16).toString('hex');
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const accounts = new Map<string, Account>();
  const requests: string[] = [];
  const misfits: string[][] = [];
  const effects: string[] = [];
  const troubles = new Map<string, Trouble[]>();
  const bundles: StandInBundle[] = [];
  const stock: Stock = { national: [], local: [], tollFree: [] };
  let constant: Trouble | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${request.method} ${url.pathname}`);
    const asking = askedBy(request.headers.authorization);
    if (asking === null) return fail(response, 401, 20003, 'Authenticate');
    const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    const form = isForm ? once(new URLSearchParams(await text(request))) : {};
    const read = api.read(request.method ?? 'GET', url, form);
    if ('unknown' in read) {
      return read.unknown === 'path'
        ? fail(response, 404, 20404, `The requested resource ${url.pathname} was not found`)
        : fail(response, 405, 20004, 'Method not allowed');
    }
    if ('wrong' in read) {
      misfits.push(read.wrong);
      return fail(response, 400, 20001, read.wrong.join('; '));
    }
    const { operationId } = read.fits;
    const trouble = constant ?? troubles.get(operationId)?.shift() ?? null;
    if (trouble === 'hang') return;
    if (trouble === 'garbage') return void response.writeHead(200).end('<html>service unavailable</html>');
    if (trouble !== null && trouble !== 'cut') {
      const { status, retryAfter, code = 20500 } = trouble;
      if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
      return fail(response, status, code, `trouble with ${url.pathname}`);
    }
    const done = performBundle(part, read.fits, url, asking) ?? perform(read.fits, url);
    if ('failed' in done) return fail(response, ...done.failed);
    api.requireAnswer(operationId, done.status, done.body);
    options.onDone?.(operationId);
    if (trouble === 'cut') return void request.socket.destroy();
    response.writeHead(done.status, { 'content-type': 'application/json' });
    response.end(done.body === undefined ? undefined : JSON.stringify(done.body));
  }

  function perform({ operationId, path, query, form }: FittingRequest, url: URL): Done {
    if (operationId === 'CreateAccount') {
      const account = newAccount(String(form.FriendlyName ?? 'SubAccount'));
      effects.push(`created ${account.sid}`);
      return { status: 201, body: accountBody(account) };
    }
    if (operationId === 'ListAccount') {
      const found = [...accounts.values()].filter(
        ({ friendlyName, status }) =>
          (query.FriendlyName ?? friendlyName) === friendlyName && (query.Status ?? status) === status,
      );
      return { status: 200, body: page(url, query, 'accounts', found.map(accountBody)) };
    }
    const account = accounts.get(path.AccountSid ?? path.Sid ?? '');
    if (account === undefined) {
      return { failed: [404, 20404, `The requested resource ${url.pathname} was not found`] };
    }
    const bought = performPurchase(part, { operationId, path, query, form }, url, account);
    if (bought !== null) return bought;
    switch (operationId) {
      case 'FetchAccount':
        return { status: 200, body: accountBody(account) };
      case 'UpdateAccount':
        return update(account, form);
      case 'ListIncomingPhoneNumber': {
        const numbers = [...account.numbers].map(([sid, number]) => numberBody(account.sid, sid, number));
        return { status: 200, body: page(url, query, 'incoming_phone_numbers', numbers) };
      }
      case 'DeleteIncomingPhoneNumber': {
        const sid = path.Sid ?? '';
        if (!account.numbers.delete(sid)) return { failed: [404, 20404, `${url.pathname} was not found`] };
        effects.push(`released ${sid}`);
        return { status: 204 };
      }
      case 'ListCall': {
        const listed = account.calls.filter(
          ({ status, startTime }) =>
            status === (query.Status ?? status) && within(startTime, query, 'StartTime'),
        );
        return { status: 200, body: page(url, query, 'calls', listed.map(callBody(account))) };
      }
      case 'ListMessage': {
        const listed = account.messages.filter(({ dateSent }) => within(dateSent, query, 'DateSent'));
        const bodies = listed.map((message): Json => {
          return { ...nothing('api.v2010.account.message'), ...messageFields(account.sid, message) };
        });
        return { status: 200, body: page(url, query, 'messages', bodies) };
      }
      case 'UpdateCall': {
        const call = account.calls.find(({ sid }) => sid === path.Sid);
        if (call === undefined) return { failed: [404, 20404, `${url.pathname} was not found`] };
        if (!complete(call)) return { failed: [400, 21220, 'Call is not in-progress. Cannot redirect.'] };
        effects.push(`ended ${call.sid}`);
        return { status: 200, body: callBody(account)(call) };
      }
      case 'ListUsageRecordDaily':
        return {
          status: 200,
          body: page(url, query, 'usage_records', usageBodies(nothing, account, query, 'day')),
        };
      case 'ListUsageRecordMonthly':
        return {
          status: 200,
          body: page(url, query, 'usage_records', usageBodies(nothing, account, query, 'month')),
        };
      default:
        throw new Error(`the stand-in does not perform ${operationId}`);
    }
  }

  function update(account: Account, form: Json): Done {
    if (account.status === 'closed') {
      return { failed: [400, 21479, 'Unable to update Status for subaccount, subaccount has been closed'] };
    }
    if (account.byProvider && form.Status === 'active') {
      return { failed: [400, 21478, 'Unable to update Status for subaccount'] };
    }
    if (form.Status !== undefined) {
      account.status = form.Status as AccountStatus;
      effects.push(`${account.status} ${account.sid}`);
      if (account.status === 'closed') account.numbers.clear();
    }
    return { status: 200, body: accountBody(account) };
  }

  function newAccount(friendlyName: string): Account {
    const account: Account = {
      sid: sidOf('AC'),
      friendlyName,
      status: 'active',
      numbers: new Map(),
      usage: [],
      calls: [],
      messages: [],
      byProvider: false,
    };
    accounts.set(account.sid, account);
    return account;
  }

  const accountBody = ({ sid, friendlyName, status }: Account): Json => ({
    ...nothing('api.v2010.account'),
    auth_token: tokenOf(sid),
    date_created: NOW,
    date_updated: NOW,
    friendly_name: friendlyName,
    owner_account_sid: accountSid,
    sid,
    status,
    type: 'Full',
    uri: `/2010-04-01/Accounts/${sid}.json`,
  });

  const part = { bundles, stock, nothing, page, bodyOf: numberBody, effects };

  /** The account whose name and token a request carries: the operator's, or a subaccount's own. */
  function askedBy(authorization: string | undefined): string | null {
    if (authorization === credentials) return accountSid;
    const own = [...accounts.keys()].find(
      (sid) => authorization === `Basic ${Buffer.from(`${sid}:${tokenOf(sid)}`).toString('base64')}`,
    );
    return own ?? null;
  }

  const callBody =
    ({ sid }: Account) =>
    (call: StandInCall): Json => ({ ...nothing('api.v2010.account.call'), ...callFields(sid, call) });

  function page(url: URL, query: Json, key: string, all: Json[]): Json {
    const size = Math.min(Number(query.PageSize ?? 50), options.maxPage ?? 1_000);
    const number = Number(query.Page ?? 0);
    const uri = (index: number) => {
      const parameters = new URLSearchParams(url.search);
      parameters.set('Page', String(index));
      if (index > 0) parameters.set('PageToken', `PA${index}`);
      return `${url.pathname}?${parameters}`;
    };
    const start = number * size;
    return {
      [key]: all.slice(start, start + size),
      start,
      end: Math.max(0, Math.min(start + size, all.length) - 1),
      page: number,
      page_size: size,
      uri: uri(number),
      first_page_uri: uri(0),
      previous_page_uri: number > 0 ? uri(number - 1) : null,
      next_page_uri: start + size < all.length ? uri(number + 1) : null,
    };
  }

  const held = (sid: string) => [...(accounts.get(sid)?.numbers.values() ?? [])];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      misfits.push([String(error)]);
      fail(response, 500, 20500, 'the stand-in is wrong');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    accountSid,
    authToken,
    requests,
    misfits,
    effects,
    addAccount({ numbers = [], usage = [], status = 'active' } = {}) {
      const account = newAccount('of a test');
      for (const number of numbers) account.numbers.set(sidOf('PN'), numberNamed(number));
      account.usage.push(...usage);
      account.status = status;
      return account.sid;
    },
    addUsage: (sid, ...usage) => void accounts.get(sid)?.usage.push(...usage),
    statusOf: (sid) => accounts.get(sid)?.status ?? null,
    numbersOf: (sid) => held(sid).map(({ phoneNumber }) => phoneNumber),
    held,
    stock,
    bundles,
    addNumber: (sid, number) => void accounts.get(sid)?.numbers.set(sidOf('PN'), numberNamed(number)),
    lose(sid, number) {
      const { numbers = new Map<string, StandInNumber>() } = accounts.get(sid) ?? {};
      for (const [key, { phoneNumber }] of numbers) if (phoneNumber === number) numbers.delete(key);
    },
    addCall: (sid, call = {}) => void accounts.get(sid)?.calls.push(callOf(call)),
    addMessage: (sid, message = {}) => void accounts.get(sid)?.messages.push(messageOf(message)),
    runningCalls: (sid) => accounts.get(sid)?.calls.filter(isRunning).length ?? 0,
    stop(sid) {
      const account = accounts.get(sid);
      if (account === undefined) throw new Error('no such account');
      account.status = 'suspended';
      account.byProvider = true;
    },
    forget: (sid) => void accounts.delete(sid),
    trouble: (operationId, ...list) => void troubles.set(operationId, list),
    always: (trouble) => {
      constant = trouble;
    },
    recover: () => {
      constant = null;
      troubles.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The provider's form of an error. */
function fail(response: ServerResponse, status: number, code: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  response.end(JSON.stringify({ code, message, more_info, status }));
}

/** Every property of a schema, as null. */
function nothing(schema: string): Json {
  const { properties } = document.components.schemas[schema] as { properties: Json };
  return Object.fromEntries(Object.keys(properties).map((name) => [name, null]));
}

function numberBody(account: string, sid: string, number: StandInNumber): Json {
  return {
    ...nothing('api.v2010.account.incoming_phone_number'),
    account_sid: account,
    address_requirements: 'none',
    beta: false,
    capabilities: { voice: true, sms: true, mms: false, fax: false },
    date_created: NOW,
    date_updated: NOW,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    friendly_name: number.name,
    origin: 'twilio',
    phone_number: number.phoneNumber,
    status_callback: number.statusCallback,
    sid,
    sms_fallback_method: 'POST',
    sms_method: 'POST',
    status: 'in-use',
    status_callback_method: 'POST',
    voice_fallback_method: 'POST',
    voice_method: 'POST',
    voice_receive_mode: 'voice',
  };
}
