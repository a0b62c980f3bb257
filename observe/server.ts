import { createServer, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

/** What a process tells those inside about itself. */
export interface Observed {
  /** On every interface: in a container others scrape it. Nothing of a customer is told. */
  readonly port: number;
  readonly registry: Registry;
  /** Address of further figures in Prometheus' form, those of Temporal's SDK; their absence is no error. */
  readonly sdkUrl?: string | undefined;
  /** Whether the process does its work; it hangs where nobody answers at all. */
  readonly alive: () => boolean;
  readonly ready: () => Promise<{ ready: boolean; parts: object }>;
}

/** Serves /healthz (alive), /readyz (its parts answer) and /metrics. Throws where the port is taken; gives the port and what stops it. */
export async function observe(observed: Observed): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(observed, new URL(request.url ?? '/', 'http://inside').pathname, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(observed.port, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : observed.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(observed: Observed, path: string, response: ServerResponse): Promise<void> {
  switch (path) {
    case '/healthz': {
      const alive = observed.alive();
      response
        .writeHead(alive ? 200 : 503, { 'content-type': 'text/plain' })
        .end(alive ? 'ok' : 'not working');
      return;
    }
    case '/readyz': {
      const { ready, parts } = await observed.ready();
      response
        .writeHead(ready ? 200 : 503, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ready, parts }));
      return;
    }
    case '/metrics': {
      const text = `${await observed.registry.metrics()}\n${await sdkFigures(observed.sdkUrl)}`;
      response.writeHead(200, { 'content-type': observed.registry.contentType }).end(text);
      return;
    }
    default:
      response.writeHead(404).end();
  }
}

async function sdkFigures(url: string | undefined): Promise<string> {
  if (url === undefined) return '';
  try {
    const given = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return given.ok ? await given.text() : '';
  } catch {
    return '';
  }
}
