import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { SECRETS } from '../../config/secret-files.ts';
import { CONFIG_KEYS, loadConfig } from '../../config.ts';
import { rootDir } from '../../dev/paths.ts';

/** No cluster and no kustomize are needed: what is tested here is parsed, not run. */
const read = (path: string) => readFileSync(join(rootDir, 'deploy/kubernetes', path), 'utf8');

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.number() }) });
const podSchema = z.object({
  securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.literal(1000) }),
  automountServiceAccountToken: z.literal(false),
  containers: z.tuple([
    z.object({
      image: z.string(),
      command: z.array(z.string()),
      env: z.array(z.object({ name: z.string(), value: z.string().optional() })),
      startupProbe: probe.optional(),
      livenessProbe: probe.optional(),
      readinessProbe: probe.optional(),
      resources: z.object({
        requests: z.object({ memory: z.string() }),
        limits: z.object({ memory: z.string() }),
      }),
      securityContext: z.object({
        readOnlyRootFilesystem: z.literal(true),
        allowPrivilegeEscalation: z.literal(false),
        capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
      }),
      volumeMounts: z.array(z.object({ name: z.string() })),
    }),
  ]),
  volumes: z.array(
    z.object({
      name: z.string(),
      secret: z
        .object({ secretName: z.string(), items: z.array(z.object({ key: z.string() })).optional() })
        .optional(),
    }),
  ),
});
const workloadSchema = z.object({
  kind: z.enum(['Deployment', 'Job']),
  metadata: z.object({ name: z.string() }),
  spec: z.object({ replicas: z.number().optional(), template: z.object({ spec: podSchema }) }),
});
const kustomizationSchema = z.object({
  resources: z.array(z.string()),
  images: z.array(z.object({ name: z.string(), newTag: z.string() })),
});

const kustomization = kustomizationSchema.parse(parse(read('kustomization.yaml')));
const workloads = kustomization.resources.map((file) => {
  const { kind, metadata, spec } = workloadSchema.parse(parseAllDocuments(read(file))[0]?.toJS());
  const pod = spec.template.spec;
  return { kind, name: metadata.name, replicas: spec.replicas, pod, container: pod.containers[0] };
});
const settings = Object.fromEntries(
  read('settings.env')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);
const processes = workloads.filter(({ kind }) => kind === 'Deployment');

test('every setting reaches the processes, by its name or as a file, and no other does', () => {
  const files = processes.flatMap(({ container }) => container.env.map(({ name }) => name));
  const reached = [...Object.keys(settings), ...files];
  expect(CONFIG_KEYS.filter((key) => !reached.includes(key) && !reached.includes(`${key}_FILE`))).toEqual([]);
  const known = [...CONFIG_KEYS, ...SECRETS.map((secret) => `${secret}_FILE`), 'NODE_ENV', 'TZ'];
  expect(reached.filter((name) => !known.includes(name))).toEqual([]);
});

test('no secret stands in a setting: each is a file that the pod has, and that deploy/secrets.sh makes', () => {
  const made = readFileSync(join(rootDir, 'deploy/secrets.sh'), 'utf8');
  for (const { name, pod, container } of workloads) {
    const items = pod.volumes.flatMap(({ secret }) => (secret?.items ?? []).map(({ key }) => key));
    const files = container.env.flatMap(({ value }) => value?.replace('/run/secrets/', '') ?? []);
    expect(files.toSorted(), name).toEqual(items.toSorted());
    for (const item of items) expect(made, item).toContain(item);
    const mounted = container.volumeMounts.map((each) => each.name);
    expect(pod.volumes.map((each) => each.name).toSorted(), name).toEqual(mounted.toSorted());
  }
  for (const secret of SECRETS.filter((each) => !each.endsWith('_URL')))
    expect(settings).not.toHaveProperty(secret);
});

test('the owner of the tables is the migrate job alone, the signer the background worker alone', () => {
  const having = (text: string) =>
    workloads
      .filter(({ pod, container }) => JSON.stringify([pod, container]).includes(text))
      .map(({ name }) => name);
  expect(having('DATABASE_OWNER')).toEqual(['migrate']);
  expect(having('SIGNING_P12_PASSPHRASE')).toEqual(['worker-background']);
  expect(having('hasso-signing')).toEqual(['worker-background']);
});

test('the programs exist, in the image of this release, two of each, watched where they say how they are', () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')));
  expect(kustomization.images).toEqual([{ name: 'hasso-back-office', newTag: version }]);
  for (const { container } of workloads) {
    expect(container.image).toBe('hasso-back-office');
    expect(existsSync(join(rootDir, container.command.at(-1) ?? ''))).toBe(true);
  }
  expect(processes.map(({ name }) => name)).toEqual(['web', 'worker-interactive', 'worker-background']);
  for (const { name, replicas, container } of processes) {
    expect(replicas).toBe(2);
    const port = name === 'web' ? Number(settings.WEB_PORT) : Number(settings.METRICS_PORT);
    expect(container.livenessProbe?.httpGet).toEqual({ path: '/healthz', port });
    expect(container.startupProbe?.httpGet).toEqual({ path: '/healthz', port });
    expect(container.readinessProbe?.httpGet).toEqual({ path: '/readyz', port });
  }
});

test('the settings, with what only the operator can say, are accepted in production', () => {
  const said = {
    WEB_URL: 'https://hasso.operator.jp',
    SMTP_URL: 'smtps://user@mail.operator.jp',
    MAIL_FROM: 'hasso@operator.jp',
    STAFF_MAIL: 'ops@operator.jp',
    OPERATOR_ADDRESS: '東京都千代田区1-1',
    SUPPORT_CHANNEL: 'メール',
    S3_BUCKET: 'hasso',
  };
  const own = { SESSION_SECRET: 'x'.repeat(64), PERSONAL_DATA_KEY: '0'.repeat(64), DATABASE_PASSWORD: 'y' };
  expect(loadConfig({ ...settings, ...said, ...own })).toMatchObject({
    HASSO_MODE: 'production',
    WEB_PORT: 8080,
  });
});
