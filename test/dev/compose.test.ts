import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SECRETS } from '../../config/secret-files.ts';
import { CONFIG_KEYS, loadConfig } from '../../config.ts';
import { rootDir } from '../../dev/paths.ts';

/** No Docker engine is needed: what is tested here is parsed, not run. */
const read = (path: string) => readFileSync(join(rootDir, path), 'utf8');

const serviceSchema = z.object({
  image: z.string(),
  profiles: z.array(z.string()).default([]),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  tmpfs: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()).default([]),
  logging: z.object({ options: z.object({ 'max-size': z.string(), 'max-file': z.string() }) }),
  restart: z.string(),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});
const { services, volumes, secrets } = composeSchema.parse(
  parse(read('docker-compose.yml'), { merge: true }),
);
const jobs = ['temporal-schema', 'temporal-namespace', 'migrate'];
const processes = ['web', 'worker-interactive', 'worker-background'];
const own = ['migrate', ...processes, 'hasso'];

test('every part of the back office is there', () => {
  const bought = ['postgres', 'temporal-schema', 'temporal', 'temporal-namespace', 'temporal-ui', 'mailpit'];
  expect(Object.keys(services).toSorted()).toEqual([...bought, ...own].toSorted());
});

test.each(Object.entries(services))(
  '%s: image with a version, health check, known dependencies and volumes',
  (name, service) => {
    expect(service.image).toMatch(/^([a-z0-9-]+\/)?[a-z0-9-]+:v?\d[\d.]*$/);
    if (jobs.includes(name)) expect(service.restart).toMatch(/^on-failure/);
    else if (name !== 'hasso')
      expect(service).toMatchObject({
        restart: 'unless-stopped',
        healthcheck: { test: expect.arrayContaining(['CMD']) },
      });
    for (const [needed, { condition }] of Object.entries(service.depends_on)) {
      expect(Object.keys(services)).toContain(needed);
      expect(condition).toBe(jobs.includes(needed) ? 'service_completed_successfully' : 'service_healthy');
    }
    for (const volume of service.volumes) {
      const source =
        volume
          .replace(/^\$\{\w+:\?[^}]*\}/, '.env')
          .replace(/^\$\{\w+:-([^}]*)\}/, '$1')
          .split(':')[0] ?? '';
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
  const asFiles = SECRETS.map((secret) => `${secret}_FILE`);
  const known = [
    ...CONFIG_KEYS,
    ...asFiles,
    'NODE_ENV',
    'TZ',
    ...(name === 'migrate' ? ['DATABASE_OWNER_URL'] : []),
  ];
  for (const variable of Object.keys(environment ?? {})) expect(known).toContain(variable);
});

test('every setting reaches the processes, by its name or as a file', () => {
  const reached = processes.flatMap((name) => Object.keys(services[name]?.environment ?? {}));
  expect(CONFIG_KEYS.filter((key) => !reached.includes(key) && !reached.includes(`${key}_FILE`))).toEqual([]);
});

test('what .env.example leaves empty, or copies, does not beat what the containers need', () => {
  const example = read('.env.example')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  const filled = filledWith(services.web?.environment ?? {}, Object.fromEntries(example));
  expect(filled).toMatchObject({
    HASSO_MODE: 'production',
    DATABASE_URL: 'postgres://hasso_app@postgres:5432/hasso',
    TEMPORAL_ADDRESS: 'temporal:7233',
    SMTP_URL: '',
    WEB_URL: '',
  });
});

/** The environment of a container, as compose fills it in. */
function filledWith(
  environment: Record<string, string>,
  given: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([key, value]) => [
      key,
      value.replace(
        /\$\{(\w+):-([^}]*)\}/g,
        (_, name: string, otherwise: string) => given[name] || otherwise,
      ),
    ]),
  );
}

test('the settings in the compose file, with what only the operator can say, are accepted', () => {
  const said = {
    WEB_URL: 'https://hasso.operator.jp',
    SMTP_URL: 'smtps://user@mail.operator.jp',
    MAIL_FROM: 'hasso@operator.jp',
    STAFF_MAIL: 'ops@operator.jp',
    OPERATOR_ADDRESS: '東京都千代田区1-1',
    SUPPORT_CHANNEL: 'メール',
  };
  const filled = filledWith(services.web?.environment ?? {}, said);
  const withoutFiles = Object.fromEntries(
    Object.entries(filled).filter(([key]) => !SECRETS.some((secret) => key === `${secret}_FILE`)),
  );
  const own = { SESSION_SECRET: 'x'.repeat(64), PERSONAL_DATA_KEY: '0'.repeat(64), DATABASE_PASSWORD: 'y' };
  const config = loadConfig({ ...withoutFiles, ...own });
  expect(config).toMatchObject({ HASSO_MODE: 'production', WEB_PORT: 8080, TEMPORAL_NAMESPACE: 'hasso' });
  expect(config.DATABASE_URL).toBe('postgres://hasso_app:y@postgres:5432/hasso');
});

test('every secret comes as a file, from the folder that deploy/secrets.sh makes, to whom it concerns', () => {
  const made = [...read('deploy/secrets.sh').matchAll(/\b[A-Z][A-Z0-9]+_[A-Z0-9_]+\b/g)].map(
    ([name]) => name,
  );
  for (const [name, { file }] of Object.entries(secrets)) {
    expect(file).toBe(`./secrets/${name}`);
    expect(made).toContain(name);
  }
  for (const [name, service] of Object.entries(services)) {
    for (const [variable, value] of Object.entries(service.environment)) {
      if (SECRETS.some((secret) => secret === variable) && !/_URL$/.test(variable))
        expect(`${name} ${variable}`).toBe('a file');
      if (!value.startsWith('/run/secrets/') || !own.includes(name)) continue;
      // An absent file would stop the process.
      expect([name, ...service.secrets], variable).toContain(value.replace('/run/secrets/', ''));
    }
  }
  const signers = Object.entries(services).filter(([, service]) =>
    service.secrets.includes('SIGNING_P12_PASSPHRASE'),
  );
  expect(signers.map(([name]) => name)).toEqual(['worker-background', 'hasso']);
});

test('no process of ours can write into its image, has rights, or fills the disk with its log', () => {
  for (const name of own) {
    expect(services[name]).toMatchObject({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'] });
  }
});

test('mail is caught only where somebody asks for a trial', () => {
  expect(services.mailpit?.profiles).toEqual(['trial']);
  const needed = Object.values(services).flatMap(({ depends_on }) => Object.keys(depends_on));
  expect(needed).not.toContain('mailpit');
});

test('a second web server has a port of its own', () => {
  expect(services.web?.ports).toEqual(['127.0.0.1:8080-8083:8080']);
});

test('only the migrate job is told how to change tables', () => {
  const withOwner = Object.entries(services).filter(([, { environment }]) => environment.DATABASE_OWNER_URL);
  expect(withOwner.map(([name]) => name)).toEqual(['migrate']);
});

test('each process is watched where it says itself whether it works', () => {
  for (const name of processes) {
    const [, node, file, port, path] = services[name]?.healthcheck?.test ?? [];
    const { WEB_PORT, METRICS_PORT } = services[name]?.environment ?? {};
    expect([node, file, path]).toEqual(['node', 'deploy/health.ts', 'readyz']);
    expect([WEB_PORT, METRICS_PORT]).toContain(port);
  }
});

test('the image is built once, from a Node of a named version, without tests, and starts no program as root', () => {
  expect(Object.values(services).filter(({ build }) => build !== undefined)).toHaveLength(1);
  const dockerfile = read('Dockerfile');
  for (const [from] of dockerfile.matchAll(/^FROM .*$/gm))
    expect(from).toMatch(/^FROM node:24-[a-z-]+( AS \w+)?$/);
  expect(dockerfile).toMatch(/^USER node$/m);
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')));
  expect(services.web?.image).toBe(`hasso-back-office:${version}`);
});

test('what goes into the image is named, so that keys, settings and backups stay out', () => {
  const lines = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines[0]).toBe('*');
  const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  for (const name of allowed) expect(existsSync(join(rootDir, name)), name).toBe(true);
  for (const name of ['test', 'docs', 'dev', 'bench', 'var', 'secrets', 'node_modules', '.env']) {
    expect(allowed).not.toContain(name);
  }
});

test('TLS in front takes the ports of the web servers away and goes to every one of them', () => {
  const overlay = read('docker-compose.tls.yml');
  expect(overlay).toMatch(/web:\n {4}ports: !reset \[\]/);
  expect(read('deploy/caddy/Caddyfile')).toMatch(/dynamic a \{\n\s+name web/);
});
