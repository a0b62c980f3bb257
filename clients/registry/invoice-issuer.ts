import { z } from 'zod';
import type { InvoiceIssuer } from '../../domain/corporation/registry.ts';
import { RemoteError, type RemoteFetch } from './http.ts';

/** Looks up the invoice registration of a corporation by its 13 digits; null when it has none. Throws RemoteError. */
export type FindInvoiceIssuer = (number: string) => Promise<InvoiceIssuer | null>;

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const answerSchema = z.object({
  announcement: z.array(
    z.object({
      registratedNumber: z.string(),
      latest: text,
      registrationDate: text,
      disposalDate: text,
      expireDate: text,
      name: text,
      tradeName: text,
      popularName_previousName: text,
    }),
  ),
});

/** Client of the invoice registry's Web-API version 1 (JSON, type 21). The application id stays in the request. */
export function createInvoiceClient(options: {
  baseUrl: string;
  applicationId: string;
  fetch: RemoteFetch;
}): FindInvoiceIssuer {
  return async (number) => {
    const url = new URL('1/num', options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`);
    const query = { id: options.applicationId, number: `T${number}`, type: '21', history: '0' };
    url.search = new URLSearchParams(query).toString();
    return readInvoiceIssuer(await options.fetch(url), number);
  };
}

/** Reads an answer to `num` for one number. Throws RemoteError 'malformed' for anything that is not such an answer. */
export function readInvoiceIssuer(json: string, number: string): InvoiceIssuer | null {
  const parsed = answerSchema.safeParse(parseJson(json));
  if (!parsed.success || parsed.data.announcement.some((each) => each.registratedNumber !== `T${number}`)) {
    throw unreadable();
  }
  const records = parsed.data.announcement;
  const record = records.findLast(({ latest }) => latest === '1') ?? records.at(-1);
  // A number that was never registered may come back as a record that holds nothing but the number.
  if (record === undefined || record.registrationDate === '') return null;
  return {
    number,
    name: record.name,
    tradeName: record.tradeName,
    formerName: record.popularName_previousName,
    registeredOn: record.registrationDate,
    endedOn: record.disposalDate === '' ? record.expireDate : record.disposalDate,
  };
}

const unreadable = () => new RemoteError('malformed', 'the invoice registry sent an unreadable answer');

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw unreadable();
  }
}
