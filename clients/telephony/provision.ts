import type twilio from 'twilio';
import { z } from 'zod';
import { BUNDLE_STATUSES, type BundleStatus, type NumberType } from '../../domain/telephony/provisioning.ts';
import { PAGE_SIZE, read } from './answers.ts';
import { isMissing, TelephonyError } from './request-client.ts';

/** Papers for numbers, as the provider reviews them. */
export interface Bundle {
  sid: string;
  status: BundleStatus;
}

export interface TelephonyNumber {
  sid: string;
  /** E.164, `+81…`. */
  phoneNumber: string;
  /** When it was bought; null where the provider does not say. */
  boughtMs: number | null;
  /** What whoever bought it called it. */
  name: string;
  /** Where its calls are told; '' where they are not. */
  statusCallback: string;
}

/** What provides a contract with numbers (第11条2項). Everything may be repeated; TelephonyError only. */
export interface Provision {
  /** The papers of a business key, made as a draft where there are none. The provider writes to `email`. */
  createBundle(sid: string, bundle: { key: string; email: string; numberType: NumberType }): Promise<Bundle>;
  /** Null when the provider does not know them (any more). */
  findBundle(sid: string, bundleSid: string): Promise<Bundle | null>;
  /** Asks for the review of a draft, or of papers that were sent back; any other stays as it is. */
  submitBundle(sid: string, bundleSid: string): Promise<Bundle>;
  listNumbers(sid: string): Promise<TelephonyNumber[]>;
  /** Japanese numbers that could be bought now, with voice. */
  findAvailable(sid: string, numberType: NumberType): Promise<string[]>;
  /**
   * Buys the first of the numbers that is still to be had, once for its key: where the subaccount has a number of that name, that
   * one is given. Null where all are gone.
   */
  buyNumber(
    sid: string,
    order: { key: string; from: readonly string[]; bundleSid: string; statusCallback: string },
  ): Promise<TelephonyNumber | null>;
  /** Has the calls of a number told. */
  setCallback(sid: string, numberSid: string, statusCallback: string): Promise<void>;
}

/** Somebody else was faster. */
const NO_LONGER_AVAILABLE = 21_422;
/** As many numbers as are worth trying. */
const CANDIDATES = 20;
const COUNTRY = 'JP';
const BUNDLE_TYPES = { national: 'national', local: 'local', tollFree: 'toll-free' } as const;

const bundleSchema = z.object({
  sid: z.string().regex(/^BU[0-9a-fA-F]{32}$/),
  status: z.enum(BUNDLE_STATUSES),
});
const availableSchema = z.object({ phoneNumber: z.string().min(1) });
const numberSchema = z.object({
  sid: z.string().regex(/^PN[0-9a-fA-F]{32}$/),
  phoneNumber: z.string().min(1),
  dateCreated: z.date().nullish(),
  friendlyName: z
    .string()
    .nullish()
    .transform((name) => name ?? ''),
  statusCallback: z
    .string()
    .nullish()
    .transform((url) => url ?? ''),
});

type Client = ReturnType<typeof twilio>;

/** `as` gives the provider as the subaccount itself sees it: papers belong to whoever asks. */
export function provision(
  accounts: Client['api']['v2010']['accounts'],
  as: (sid: string) => Promise<Client>,
): Provision {
  const bundles = async (sid: string) => (await as(sid)).numbers.v2.regulatoryCompliance.bundles;
  const bundleOf = (value: unknown): Bundle => {
    const { sid, status } = read(bundleSchema, value);
    return { sid, status };
  };

  const provided: Provision = {
    async createBundle(sid, { key, email, numberType }) {
      const own = await bundles(sid);
      const [known] = await own.list({ friendlyName: key, pageSize: PAGE_SIZE });
      if (known !== undefined) return bundleOf(known);
      const asked = { friendlyName: key, email, isoCountry: COUNTRY, endUserType: 'business' } as const;
      return bundleOf(await own.create({ ...asked, numberType: BUNDLE_TYPES[numberType] }));
    },

    async findBundle(sid, bundleSid) {
      const own = await bundles(sid);
      try {
        return bundleOf(await own(bundleSid).fetch());
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },

    async submitBundle(sid, bundleSid) {
      const own = await bundles(sid);
      const current = bundleOf(await own(bundleSid).fetch());
      if (current.status !== 'draft' && current.status !== 'twilio-rejected') return current;
      return bundleOf(await own(bundleSid).update({ status: 'pending-review' }));
    },

    async listNumbers(sid) {
      const numbers = await accounts(sid).incomingPhoneNumbers.list({ pageSize: PAGE_SIZE });
      return numbers.map(numberOf);
    },

    async findAvailable(sid, numberType) {
      const available = accounts(sid).availablePhoneNumbers(COUNTRY);
      const asked = { voiceEnabled: true, limit: CANDIDATES, pageSize: CANDIDATES };
      const { national, local, tollFree } = available;
      const lists = {
        national: () => national.list(asked),
        local: () => local.list(asked),
        tollFree: () => tollFree.list(asked),
      };
      const found: unknown[] = await lists[numberType]();
      return found.map((number) => read(availableSchema, number).phoneNumber);
    },

    async buyNumber(sid, { key, from, bundleSid, statusCallback }) {
      const own = await provided.listNumbers(sid);
      const bought = own.find(({ name }) => name === key);
      if (bought !== undefined) return bought;
      for (const phoneNumber of from) {
        const order = { phoneNumber, friendlyName: key, bundleSid, statusCallback };
        try {
          return numberOf(await accounts(sid).incomingPhoneNumbers.create(order));
        } catch (error) {
          if (!(error instanceof TelephonyError && error.code === NO_LONGER_AVAILABLE)) throw error;
        }
      }
      return null;
    },

    async setCallback(sid, numberSid, statusCallback) {
      await accounts(sid).incomingPhoneNumbers(numberSid).update({ statusCallback });
    },
  };
  return provided;
}

function numberOf(value: unknown): TelephonyNumber {
  const { friendlyName: name, dateCreated, ...rest } = read(numberSchema, value);
  return { ...rest, name, boughtMs: dateCreated?.getTime() ?? null };
}
