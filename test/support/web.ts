import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { openGateways } from '../../gateway/index.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { createApp } from '../../web/app.tsx';
import type { WebConfig } from '../../web/dependencies.ts';
import type { RunningWorkers } from './workers.ts';

/** What the pages need, in front of the real workflows. */
export function realDependencies({ config, outbox, composed }: RunningWorkers) {
  return {
    db: composed.db,
    outbox,
    ...openGateways(outbox, config),
    documents: createFileStorage(config.DOCUMENTS_DIR),
  };
}

/** The web application on a port of its own, beside running workers. */
export async function startWeb(
  workers: RunningWorkers,
  options: { now?: () => Date; settings?: Partial<WebConfig> } = {},
): Promise<{ url: string; stop(): Promise<void> }> {
  const { config } = workers;
  const { settings, ...rest } = options;
  // The address is part of what the application checks (same-origin forms), so the port is found first.
  const probe = serve({ fetch: () => new Response(''), port: 0, hostname: '127.0.0.1' });
  const { port } = await new Promise<AddressInfo>((resolve) => {
    probe.once('listening', () => resolve(probe.address() as AddressInfo));
  });
  await new Promise((resolve) => probe.close(resolve));
  const url = `http://localhost:${port}`;
  const closing = new AbortController();
  const app = createApp({
    ...realDependencies(workers),
    closing: closing.signal,
    ...rest,
    config: { ...config, ...settings, WEB_URL: url },
  });
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const stop = () => {
    closing.abort();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url, stop };
}
