import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { rootDir } from '../../dev/paths.ts';
import { answerTimes, processFigures } from '../../observe/process.ts';
import { observe } from '../../observe/server.ts';

const read = (path: string) => readFileSync(join(rootDir, path), 'utf8');

async function observed(state: { alive: boolean; ready: boolean; sdkUrl?: string }) {
  const registry = processFigures('web');
  answerTimes(registry)({ method: 'GET', route: '/staff/contracts/:id', status: 200, seconds: 0.2 });
  const { port, stop } = await observe({
    port: 0,
    registry,
    sdkUrl: state.sdkUrl,
    alive: () => state.alive,
    ready: async () => ({ ready: state.ready, parts: { postgres: 'ok' } }),
  });
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  return { get, stop };
}

test('a process says whether it works and whether it is ready by its status', async () => {
  const state = { alive: true, ready: true };
  const { get, stop } = await observed(state);
  expect(await get('/healthz')).toEqual({ status: 200, text: 'ok' });
  expect(await get('/readyz')).toEqual({ status: 200, text: '{"ready":true,"parts":{"postgres":"ok"}}' });
  Object.assign(state, { alive: false, ready: false });
  expect((await get('/healthz')).status).toBe(503);
  expect((await get('/readyz')).status).toBe(503);
  expect((await get('/staff')).status).toBe(404);
  await stop();
});

test('figures carry the name of the process and the pattern of a route, and those of the SDK stand beside them', async () => {
  const sdk = createServer((_, response) => response.end('temporal_request 1\n'));
  await new Promise<void>((resolve) => sdk.listen(0, '127.0.0.1', resolve));
  const sdkUrl = `http://127.0.0.1:${(sdk.address() as AddressInfo).port}/metrics`;
  const { get, stop } = await observed({ alive: true, ready: true, sdkUrl });
  const { text } = await get('/metrics');
  expect(text).toMatch(/^hasso_http_answer_seconds_count\{.*route="\/staff\/contracts\/:id".*\} 1$/m);
  expect(text).toMatch(/^hasso_http_answer_seconds_count\{.*process="web".*\} 1$/m);
  expect(text).toContain('temporal_request 1');
  await new Promise((resolve) => sdk.close(resolve));
  expect((await get('/metrics')).status).toBe(200);
  await stop();
});

/** Names of figures of ours that the code registers. */
const registered = readdirSync(join(rootDir, 'observe')).flatMap((file) =>
  [...read(`observe/${file}`).matchAll(/'(hasso_\w+)'/g)].map(([, name = '']) => name),
);
const used = (text: string) => [
  ...new Set([...text.matchAll(/\bhasso_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''))),
];

test.each(['deploy/observe/alerts.yml', 'deploy/observe/dashboard.json', 'deploy/observe/alerts.test.yml'])(
  '%s asks only for figures that there are',
  (path) => {
    expect(used(read(path)).filter((name) => !registered.includes(name))).toEqual([]);
  },
);

test('every figure of the business is on the dashboard, and every alert says how urgent it is', () => {
  const shown = used(read('deploy/observe/dashboard.json'));
  const watched = used(read('deploy/observe/alerts.yml'));
  expect(registered.filter((name) => !shown.includes(name) && !watched.includes(name))).toEqual([]);
  const { groups } = z
    .object({
      groups: z.array(
        z.object({
          rules: z.array(
            z.object({
              alert: z.string(),
              labels: z.object({ severity: z.enum(['page', 'ticket']) }),
              annotations: z.object({ summary: z.string() }),
            }),
          ),
        }),
      ),
    })
    .parse(parse(read('deploy/observe/alerts.yml')));
  const described = read('docs/observability.md');
  for (const { alert } of groups.flatMap(({ rules }) => rules)) expect(described).toContain(alert);
});
