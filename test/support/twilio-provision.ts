import type { BundleStatus, NumberType } from '../../domain/telephony/provisioning.ts';
import type { FittingRequest } from './openapi.ts';
import { sidOf } from './twilio-calls.ts';

type Json = Record<string, unknown>;
/** What the provider answers, or how it refuses. */
export type Done =
  | { status: number; body?: Json }
  | { failed: [status: number, code: number, message: string] };

export interface StandInNumber {
  phoneNumber: string;
  name: string;
  statusCallback: string | null;
}

export interface StandInBundle {
  sid: string;
  accountSid: string;
  name: string;
  email: string;
  numberType: string;
  status: BundleStatus;
}

/** Numbers that nobody has yet, by kind. */
export type Stock = Record<NumberType, string[]>;

interface Part {
  bundles: StandInBundle[];
  stock: Stock;
  /** Every property of a schema, as null. */
  nothing: (schema: string) => Json;
  page: (url: URL, query: Json, key: string, all: Json[]) => Json;
  bodyOf: (account: string, sid: string, number: StandInNumber) => Json;
  effects: string[];
}

const ISO = '2026-07-30T20:00:00Z';
const SCHEMA = 'numbers.v2.regulatory_compliance.bundle';
const AVAILABLE = 'api.v2010.account.available_phone_number_country.available_phone_number_';
const LISTS = {
  ListAvailablePhoneNumberNational: ['national', 'national'],
  ListAvailablePhoneNumberLocal: ['local', 'local'],
  ListAvailablePhoneNumberTollFree: ['tollFree', 'toll_free'],
} as const;

export const numberNamed = (phoneNumber: string): StandInNumber => ({
  phoneNumber,
  name: phoneNumber,
  statusCallback: null,
});

/** The papers of whoever asks; null for what is no question of papers. */
export function performBundle(
  part: Part,
  { operationId, path, query, form }: FittingRequest,
  url: URL,
  asking: string,
): Done | null {
  const { bundles, effects } = part;
  const own = bundles.filter(({ accountSid }) => accountSid === asking);
  const body = (bundle: StandInBundle): Json => ({
    ...part.nothing(SCHEMA),
    ...{ sid: bundle.sid, account_sid: bundle.accountSid, friendly_name: bundle.name, status: bundle.status },
    ...{ email: bundle.email, date_created: ISO, date_updated: ISO },
    ...{ url: `https://numbers.twilio.com/v2/RegulatoryCompliance/Bundles/${bundle.sid}`, links: {} },
  });
  switch (operationId) {
    case 'ListBundle': {
      const named = own.filter(({ name }) => name === (query.FriendlyName ?? name));
      return { status: 200, body: { results: named.map(body), meta: metaOf(url) } };
    }
    case 'CreateBundle': {
      const bundle: StandInBundle = {
        ...{ sid: sidOf('BU'), accountSid: asking, status: 'draft' },
        ...{
          name: String(form.FriendlyName),
          email: String(form.Email),
          numberType: String(form.NumberType),
        },
      };
      bundles.push(bundle);
      effects.push(`drafted ${asking}`);
      return { status: 201, body: body(bundle) };
    }
    case 'FetchBundle':
    case 'UpdateBundle': {
      const bundle = own.find(({ sid }) => sid === path.Sid);
      if (bundle === undefined) return { failed: [404, 20404, `${url.pathname} was not found`] };
      if (operationId === 'UpdateBundle' && form.Status !== undefined) {
        bundle.status = form.Status as BundleStatus;
        effects.push(`${bundle.status} ${asking}`);
      }
      return { status: 200, body: body(bundle) };
    }
    default:
      return null;
  }
}

/** Numbers that a subaccount looks for, buys or changes; null for what is no question of them. */
export function performPurchase(
  part: Part,
  { operationId, path, query, form }: FittingRequest,
  url: URL,
  account: { sid: string; status: string; numbers: Map<string, StandInNumber> },
): Done | null {
  const { stock, effects } = part;
  switch (operationId) {
    case 'ListAvailablePhoneNumberNational':
    case 'ListAvailablePhoneNumberLocal':
    case 'ListAvailablePhoneNumberTollFree': {
      const [type, word] = LISTS[operationId];
      const listed = (path.CountryCode === 'JP' ? stock[type] : []).map(
        (number): Json => ({
          ...part.nothing(`${AVAILABLE}${word}`),
          ...{ phone_number: number, friendly_name: number, iso_country: 'JP', address_requirements: 'none' },
          ...{ beta: false, capabilities: { voice: true, sms: false, mms: false, fax: false } },
        }),
      );
      return { status: 200, body: part.page(url, query, 'available_phone_numbers', listed) };
    }
    case 'CreateIncomingPhoneNumber': {
      const number = String(form.PhoneNumber);
      const kind = Object.values(stock).find((numbers) => numbers.includes(number));
      if (account.status !== 'active') return { failed: [400, 20005, 'Account not active'] };
      if (kind === undefined) return { failed: [400, 21422, `${number} is not available`] };
      const approved = part.bundles.some(
        ({ sid, accountSid, status }) =>
          sid === form.BundleSid && accountSid === account.sid && status.endsWith('-approved'),
      );
      if (!approved) return { failed: [400, 21649, 'Bundle required'] };
      kind.splice(kind.indexOf(number), 1);
      const bought: StandInNumber = {
        ...{ phoneNumber: number, name: String(form.FriendlyName ?? number) },
        statusCallback: form.StatusCallback === undefined ? null : String(form.StatusCallback),
      };
      const sid = sidOf('PN');
      account.numbers.set(sid, bought);
      effects.push(`bought ${account.sid}`);
      return { status: 201, body: part.bodyOf(account.sid, sid, bought) };
    }
    case 'UpdateIncomingPhoneNumber': {
      const number = account.numbers.get(path.Sid ?? '');
      if (number === undefined) return { failed: [404, 20404, `${url.pathname} was not found`] };
      if (form.StatusCallback !== undefined) number.statusCallback = String(form.StatusCallback);
      effects.push(`changed ${path.Sid}`);
      return { status: 200, body: part.bodyOf(account.sid, path.Sid ?? '', number) };
    }
    default:
      return null;
  }
}

/** One page holds all. */
function metaOf({ pathname, search }: URL): Json {
  const url = `https://numbers.twilio.com${pathname}${search}`;
  const pages = { first_page_url: url, next_page_url: null, previous_page_url: null };
  return { ...pages, key: 'results', page: 0, page_size: 50, url };
}
