import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTemporalConfig } from '../../config.ts';
import { connectTemporal, temporalConnection } from '../../gateway/connect.ts';
import { probeTemporal } from '../../gateway/readiness.ts';
import { authority, issued } from '../support/certificates.ts';
import { stackEnv } from '../support/stacks.ts';
import { temporalBehindTls } from '../support/temporal-tls.ts';

const { TEMPORAL_ADDRESS = '', TEMPORAL_NAMESPACE = '' } = stackEnv();
const folder = mkdtempSync(join(tmpdir(), 'hasso-temporal-tls-'));
const own = authority('Own authority');
const other = authority('Other authority');
const client = issued(own, []);
const stranger = issued(other, []);
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const ca = file('own.pem', own.pem);
const shows = (name: string, shown: { pem: string; keyPem: string }) => ({
  TEMPORAL_TLS_CLIENT_CERT_PATH: file(`${name}.pem`, shown.pem),
  TEMPORAL_TLS_CLIENT_KEY_PATH: file(`${name}.key`, shown.keyPem),
});
const servers: { port: number; stop: () => Promise<void> }[] = [];
const ports = { plain: 0, mutual: 0, keyed: 0, elsewhere: 0 };

beforeAll(async () => {
  const certificate = issued(own, ['localhost']);
  const started = await Promise.all([
    temporalBehindTls(TEMPORAL_ADDRESS, { certificate }),
    temporalBehindTls(TEMPORAL_ADDRESS, { certificate, clients: own }),
    temporalBehindTls(TEMPORAL_ADDRESS, { certificate, apiKey: 'right-key' }),
    temporalBehindTls(TEMPORAL_ADDRESS, { certificate: issued(own, ['frontend.operator.jp']) }),
  ]);
  servers.push(...started);
  const [plain, mutual, keyed, elsewhere] = started;
  Object.assign(ports, {
    plain: plain?.port,
    mutual: mutual?.port,
    keyed: keyed?.port,
    elsewhere: elsewhere?.port,
  });
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

const configOf = (port: number, settings: Record<string, string>) =>
  loadTemporalConfig({ TEMPORAL_ADDRESS: `localhost:${port}`, TEMPORAL_NAMESPACE, ...settings });

async function reason(port: number, settings: Record<string, string>): Promise<string | null> {
  try {
    const connected = await connectTemporal(configOf(port, settings));
    await probeTemporal(connected, TEMPORAL_NAMESPACE);
    await connected.connection.close();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const withCa = { TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca };

test.each([
  ['TLS with an authority of our own', 'plain', withCa],
  ['mutual TLS', 'mutual', { ...withCa, ...shows('client', client) }],
  ['an API key', 'keyed', { ...withCa, TEMPORAL_API_KEY: 'right-key' }],
  [
    'a name of the server that is not its address',
    'elsewhere',
    { ...withCa, TEMPORAL_TLS_SERVER_NAME: 'frontend.operator.jp' },
  ],
] as const)('web and workers reach Temporal by %s', async (_, server, settings) => {
  expect(await reason(ports[server], settings)).toBeNull();
  const connection = await NativeConnection.connect(temporalConnection(configOf(ports[server], settings)));
  expect((await connection.workflowService.getSystemInfo({})).serverVersion).toBeTruthy();
  await connection.close();
});

test.each([
  [
    'an authority that nobody named',
    'plain',
    { TEMPORAL_TLS: 'true' },
    /authority of the server’s certificate is not known here/,
  ],
  ['no TLS at all', 'plain', {}, /does not answer; does it want TLS, or none\?|ended the connection/],
  ['no certificate of ours', 'mutual', withCa, /wants a certificate|ended the connection/],
  [
    'a certificate of a stranger',
    'mutual',
    { ...withCa, ...shows('stranger', stranger) },
    /does not trust|ended the connection|accept the certificate/,
  ],
  ['a wrong API key', 'keyed', { ...withCa, TEMPORAL_API_KEY: 'wrong-key' }, /refuses TEMPORAL_API_KEY/],
  ['a certificate for another name', 'elsewhere', withCa, /is for another name/],
  [
    'a file that is not there',
    'plain',
    { TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/none.pem' },
    /TEMPORAL_TLS_SERVER_CA_CERT_PATH: \/none.pem cannot be read/,
  ],
] as const)('%s is told in a sentence', async (_, server, settings, sentence) => {
  const answer = await reason(ports[server], settings);
  expect(answer).toMatch(sentence);
  expect(answer).not.toContain('wrong-key');
});

test('a server that speaks no TLS is told', async () => {
  const [, port = '0'] = TEMPORAL_ADDRESS.split(':');
  expect(await reason(Number(port), withCa)).toMatch(/^Temporal at localhost:\d+: /);
});
