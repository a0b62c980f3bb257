import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import type { Corporation } from '../../domain/corporation/registry.ts';
import { RemoteError, type RemoteFetch } from './http.ts';

/** Looks up one corporate number; null when it is not published. Throws RemoteError. */
export type FindCorporation = (number: string) => Promise<Corporation | null>;

const text = z.string().default('');
const corporationSchema = z.object({
  corporateNumber: z.string(),
  name: text,
  furigana: text,
  kind: text,
  prefectureName: text,
  cityName: text,
  streetNumber: text,
  postCode: text,
  addressOutside: text,
  closeDate: text,
  successorCorporateNumber: text,
  latest: text,
});
type Published = z.infer<typeof corporationSchema>;
const answerSchema = z.object({
  corporations: z.object({ count: z.string(), corporation: z.array(corporationSchema).default([]) }),
});

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'corporation',
});

/**
 * Client of the corporate number Web-API version 4 (XML, type 12) with the number's history, for former names and
 * addresses. The application id is a secret: it is in the request and nowhere else.
 */
export function createCorporationClient(options: {
  baseUrl: string;
  applicationId: string;
  fetch: RemoteFetch;
}): FindCorporation {
  return async (number) => {
    const url = new URL('4/num', options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`);
    url.search = new URLSearchParams({
      id: options.applicationId,
      number,
      type: '12',
      history: '1',
    }).toString();
    return readCorporation(await options.fetch(url), number);
  };
}

/** Reads an answer to `num` for one number. Throws RemoteError 'malformed' for anything that is not such an answer. */
export function readCorporation(xml: string, number: string): Corporation | null {
  // A real answer has no document type; without one there are no entities to expand or to fetch.
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(xml) || XMLValidator.validate(xml) !== true) throw unreadable();
  const parsed = answerSchema.safeParse(parser.parse(xml));
  if (!parsed.success) throw unreadable();
  const { count, corporation: records } = parsed.data.corporations;
  if (!/^\d+$/.test(count) || Number(count) !== records.length) throw unreadable();
  if (records.some(({ corporateNumber }) => corporateNumber !== number)) throw unreadable();
  const latest = records.findLast((record) => record.latest === '1') ?? records.at(-1);
  return latest === undefined
    ? null
    : corporationOf(
        latest,
        records.filter((record) => record !== latest),
      );
}

const unreadable = () =>
  new RemoteError('malformed', 'the corporate number registry sent an unreadable answer');

function corporationOf(latest: Published, earlier: readonly Published[]): Corporation {
  const address = addressOf(latest);
  return {
    number: latest.corporateNumber,
    name: latest.name,
    kana: latest.furigana,
    postalCode: latest.postCode.replace(/^(\d{3})(\d{4})$/, '$1-$2'),
    address,
    addressOutside: latest.addressOutside,
    kind: latest.kind,
    closedOn: latest.closeDate,
    successor: latest.successorCorporateNumber,
    formerNames: others(
      earlier.map(({ name }) => name),
      latest.name,
    ),
    formerAddresses: others(earlier.map(addressOf), address),
  };
}

const addressOf = ({ prefectureName, cityName, streetNumber }: Published) =>
  `${prefectureName}${cityName}${streetNumber}`;

function others(values: readonly string[], present: string): string[] {
  return [...new Set(values)].filter((value) => value !== '' && value !== present);
}
