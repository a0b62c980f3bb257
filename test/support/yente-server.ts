import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface YenteQuery {
  schema: string;
  properties: Record<string, string[]>;
}

export interface YenteEntity {
  id: string;
  caption: string;
  /** Which name in a query finds it, and with which score. */
  name: string;
  score: number;
}

export interface YenteServer {
  url: string;
  /** Bodies and headers of the requests, in the order in which they came. */
  requests: {
    path: string;
    authorization: string | undefined;
    queries: Record<string, YenteQuery>;
  }[];
  /** Takes over the answers, as a server in trouble gives them. */
  failWith(status: number | null): void;
  close(): Promise<void>;
}

/** A server with the request and response shapes of the yente `/match` API; its threshold is 0.70. */
export async function startYenteServer(
  dataset: string,
  entities: readonly YenteEntity[],
): Promise<YenteServer> {
  const requests: YenteServer['requests'] = [];
  let failure: number | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reply = (status: number, body: object) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      const { queries } = JSON.parse(Buffer.concat(chunks).toString()) as {
        queries: Record<string, YenteQuery>;
      };
      const path = request.url ?? '';
      requests.push({ path, authorization: request.headers.authorization, queries });
      if (failure !== null) return reply(failure, { detail: 'Internal error' });
      if (request.method !== 'POST' || path !== `/match/${dataset}`)
        return reply(404, { detail: 'Not Found' });
      const responses = Object.entries(queries).map(([id, query]) => [id, respond(query, entities)]);
      reply(200, { responses: Object.fromEntries(responses), matcher: {}, limit: 5 });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    failWith: (status) => {
      failure = status;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function respond(query: YenteQuery, entities: readonly YenteEntity[]): object {
  const results = entities
    .filter(({ name }) => query.properties.name?.includes(name))
    .map(({ id, caption, score }) => ({
      id,
      caption,
      schema: query.schema,
      properties: {},
      datasets: ['default'],
      referents: [],
      target: true,
      score,
      match: score >= 0.7,
      features: { name_match: score },
      explanations: { name_match: { score, detail: 'names', query: null, candidate: null } },
    }));
  return { status: 200, results, total: { value: results.length, relation: 'eq' }, query };
}
