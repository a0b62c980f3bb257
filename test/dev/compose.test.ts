import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CONFIG_KEYS, loadConfig } from '../../config.ts';
import { rootDir } from '../../dev/paths.ts';
import { BACKGROUND_QUEUE, INTERACTIVE_QUEUE } from '../../domain/desk/queues.ts';

/** No Docker engine is needed: what is tested here is parsed, not run. */
const read = (path: string) => readFileSync(join(rootDir, path), 'utf8');

const serviceSchema = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  restart: z.string(),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
});
const { services, volumes } = composeSchema.parse(parse(read('docker-compose.yml'), { merge: true }));
const jobs = ['temporal-schema', 'temporal-namespace', 'migrate'];
const own = ['migrate', 'web', 'worker-interactive', 'worker-background'];

test('every part of the back office is there', () => {
  const bought = ['postgres', 'temporal-schema', 'temporal', 'temporal-namespace', 'temporal-ui', 'mailpit'];
  expect(Object.keys(services).toSorted()).toEqual([...bought, ...own].toSorted());
});

test.each(Object.entries(services))(
  '%s: image with a version, health check, known dependencies and volumes',
  (name, service) => {
    expect(service.image).toMatch(/^([a-z0-9-]+\/)?[a-z0-9-]+:v?\d[\d.]*$/);
    if (jobs.includes(name)) expect(service.restart).toMatch(/^on-failure/);
    else
      expect(service).toMatchObject({
        restart: 'unless-stopped',
        healthcheck: { test: expect.arrayContaining(['CMD']) },
      });
    for (const [needed, { condition }] of Object.entries(service.depends_on)) {
      expect(Object.keys(services)).toContain(needed);
      expect(condition).toBe(jobs.includes(needed) ? 'service_completed_successfully' : 'service_healthy');
    }
    for (const volume of service.volumes) {
      const source = volume.replace(/^\$\{\w+:\?[^}]*\}/, '.env').split(':')[0] ?? '';
      if (source === '.env') continue;
      if (source.startsWith('./')) expect(existsSync(join(rootDir, source))).toBe(true);
      else expect(Object.keys(volumes)).toContain(source);
    }
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  },
);

test.each(own)('%s: the program exists, and its settings are known ones', (name) => {
  const { command = [], environment, healthcheck } = services[name] ?? {};
  for (const path of [...command, ...(healthcheck?.test ?? [])].filter((word) => word.endsWith('.ts'))) {
    expect(existsSync(join(rootDir, path)), path).toBe(true);
  }
  const known = [...CONFIG_KEYS, 'NODE_ENV', ...(name === 'migrate' ? ['DATABASE_OWNER_URL'] : [])];
  for (const variable of Object.keys(environment ?? {})) expect(known).toContain(variable);
});

test('the settings in the compose file, filled in, are accepted', () => {
  const filled = Object.fromEntries(
    Object.entries(services.web?.environment ?? {}).map(([key, value]) => [
      key,
      value.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replace(/\$\{\w+:\?[^}]*\}/g, 'a'.repeat(64)),
    ]),
  );
  expect(loadConfig(filled)).toMatchObject({
    HASSO_MODE: 'production',
    WEB_PORT: 8080,
    TEMPORAL_NAMESPACE: 'hasso',
  });
});

test('only the migrate job is told how to change tables', () => {
  const withOwner = Object.entries(services).filter(([, { environment }]) => environment.DATABASE_OWNER_URL);
  expect(withOwner.map(([name]) => name)).toEqual(['migrate']);
});

test('each worker is watched on the queue that it serves', () => {
  expect(services['worker-interactive']?.healthcheck?.test.at(-1)).toBe(INTERACTIVE_QUEUE);
  expect(services['worker-background']?.healthcheck?.test.at(-1)).toBe(BACKGROUND_QUEUE);
});

test('the image is built from a Node of a named version and starts no program as root', () => {
  const dockerfile = read('Dockerfile');
  expect(dockerfile).toMatch(/^FROM node:24-[a-z-]+$/m);
  expect(dockerfile).toMatch(/^USER node$/m);
  for (const path of ['node_modules', 'var', '.env', '.git'])
    expect(read('.dockerignore').split('\n')).toContain(path);
});
