import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One published state of a corporation; the last one given is the latest. */
export type PublishedCorporation = Partial<Record<(typeof TAGS)[number], string>>;

const TAGS = [
  'sequenceNumber',
  'corporateNumber',
  'process',
  'correct',
  'updateDate',
  'changeDate',
  'name',
  'nameImageId',
  'kind',
  'prefectureName',
  'cityName',
  'streetNumber',
  'addressImageId',
  'prefectureCode',
  'cityCode',
  'postCode',
  'addressOutside',
  'addressOutsideImageId',
  'closeDate',
  'closeCause',
  'successorCorporateNumber',
  'changeCause',
  'assignmentDate',
  'latest',
  'enName',
  'enPrefectureName',
  'enCityName',
  'enAddressOutside',
  'furigana',
  'hihyoji',
] as const;

type Answer = (request: { url: URL; attempt: number }, response: ServerResponse) => void;

export interface NtaServer {
  url: string;
  /** Paths with their queries, in the order in which they came. */
  requests: string[];
  /** Publishes the states of a corporation, the oldest first. */
  publish(number: string, ...states: PublishedCorporation[]): void;
  publishIssuer(number: string, fields: Record<string, string>): void;
  /** Takes over the next answers, as a server in trouble gives them; null gives it back. */
  misbehave(answer: Answer | null): void;
  close(): Promise<void>;
}

/** A server that speaks both Web-APIs of the National Tax Agency for the application id given. */
export async function startNtaServer(applicationId: string): Promise<NtaServer> {
  const corporations = new Map<string, PublishedCorporation[]>();
  const issuers = new Map<string, Record<string, string>>();
  const requests: string[] = [];
  let misbehaviour: Answer | null = null;
  let attempt = 0;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${url.pathname}${url.search}`);
    attempt += 1;
    if (misbehaviour === null) answerProperly(url, response);
    else misbehaviour({ url, attempt }, response);
  }

  function answerProperly({ pathname, searchParams: query }: URL, response: ServerResponse): void {
    const number = query.get('number') ?? '';
    if (query.get('id') !== applicationId) {
      send(response, 404, 'text/html', '<html>404 Not Found</html>');
    } else if (pathname === '/4/num' && query.get('type') === '12') {
      const states = corporations.get(number) ?? [];
      const shown = query.get('history') === '1' ? states : states.slice(-1);
      send(response, 200, 'application/xml', corporationsXml(shown));
    } else if (pathname === '/1/num' && query.get('type') === '21') {
      send(response, 200, 'application/json', issuerJson(issuers.get(number.replace(/^T/, ''))));
    } else {
      send(response, 400, 'text/plain', 'wrong parameters');
    }
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    publish: (number, ...states) =>
      void corporations.set(
        number,
        states.map((state, index) => ({
          corporateNumber: number,
          latest: index === states.length - 1 ? '1' : '0',
          ...state,
        })),
      ),
    publishIssuer: (number, fields) =>
      void issuers.set(number, { registratedNumber: `T${number}`, latest: '1', ...fields }),
    misbehave: (given) => {
      misbehaviour = given;
      attempt = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends a whole answer. */
export function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An answer of type 12 in the agency's form: every element is there, empty ones as `<a/>`. */
export function corporationsXml(states: readonly PublishedCorporation[]): string {
  const records = states.map((state) => {
    const elements = TAGS.map((tag) => {
      const value = state[tag] ?? '';
      return value === '' ? `<${tag}/>` : `<${tag}>${escapeXml(value)}</${tag}>`;
    });
    return `<corporation>${elements.join('')}</corporation>`;
  });
  const head = `<lastUpdateDate>2026-09-16</lastUpdateDate><count>${states.length}</count><divideNumber>1</divideNumber><divideSize>1</divideSize>`;
  return `<?xml version="1.0" encoding="UTF-8"?><corporations>${head}${records.join('')}</corporations>`;
}

function issuerJson(issuer: Record<string, string> | undefined): string {
  const count = issuer === undefined ? '0' : '1';
  const head = { lastUpdateDate: '2026-09-16', count, divideNumber: '1', divideSize: '1' };
  return JSON.stringify({ ...head, announcement: issuer === undefined ? [] : [issuer] });
}
