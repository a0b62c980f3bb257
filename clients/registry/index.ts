import type { Database } from '../../db/client.ts';
import {
  findRegistryAnswer,
  keepRegistryAnswer,
  type RegistryRecords,
} from '../../db/queries/registry/answers.ts';
import type { Corporation, InvoiceIssuer, RegistryAnswer } from '../../domain/corporation/registry.ts';
import { createCorporationClient } from './corporate-number.ts';
import { createRemoteFetch, DEFAULT_REMOTE_OPTIONS, RemoteError, type RemoteOptions } from './http.ts';
import { createInvoiceClient } from './invoice-issuer.ts';

/** Look-ups at the National Tax Agency (第2条1項): an answer within a bounded time, whatever the agency does. */
export interface Registry {
  corporation(number: string): Promise<RegistryAnswer<Corporation>>;
  invoiceIssuer(number: string): Promise<RegistryAnswer<InvoiceIssuer>>;
}

export interface RegistrySettings {
  /** Absent: nothing is looked up. One id serves both registers. */
  applicationId: string | undefined;
  corporateUrl: string;
  invoiceUrl: string;
}

const HOUR_MS = 3_600_000;
/** An answer so young is taken without asking; "not published" may change within hours of a registration. */
const FRESH_MS = { found: 24 * HOUR_MS, notFound: HOUR_MS };
/** While the agency cannot be reached, an answer so old still serves; its date stands beside it. */
const USABLE_MS = 30 * 24 * HOUR_MS;

/** The registers with their cache in Postgres. The application id appears in requests only. */
export function createRegistry(
  db: Database,
  settings: RegistrySettings,
  remote: RemoteOptions = DEFAULT_REMOTE_OPTIONS,
): Registry {
  const { applicationId } = settings;
  if (applicationId === undefined) {
    return { corporation: async () => ({ state: 'noKey' }), invoiceIssuer: async () => ({ state: 'noKey' }) };
  }
  const client = (baseUrl: string) => ({ baseUrl, applicationId, fetch: createRemoteFetch(remote) });
  const find = {
    corporation: createCorporationClient(client(settings.corporateUrl)),
    invoiceIssuer: createInvoiceClient(client(settings.invoiceUrl)),
  };

  async function lookUp<R extends keyof RegistryRecords>(
    registry: R,
    number: string,
    ask: (number: string) => Promise<RegistryRecords[R] | null>,
  ): Promise<RegistryAnswer<RegistryRecords[R]>> {
    const kept = await findRegistryAnswer(db, registry, number);
    const ageMs = kept === null ? Number.POSITIVE_INFINITY : Date.now() - kept.fetchedMs;
    if (kept !== null && ageMs < (kept.record === null ? FRESH_MS.notFound : FRESH_MS.found))
      return answerOf(kept);
    try {
      const answer = { record: await ask(number), fetchedMs: Date.now() };
      await keepRegistryAnswer(db, { registry, number, ...answer });
      return answerOf(answer);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      if (kept !== null && ageMs < USABLE_MS) return answerOf(kept);
      return { state: 'failed', reason: error.reason };
    }
  }

  return {
    corporation: (number) => lookUp('corporation', number, find.corporation),
    invoiceIssuer: (number) => lookUp('invoiceIssuer', number, find.invoiceIssuer),
  };
}

function answerOf<T>({ record, fetchedMs }: { record: T | null; fetchedMs: number }): RegistryAnswer<T> {
  return record === null ? { state: 'notFound', fetchedMs } : { state: 'found', record, fetchedMs };
}
