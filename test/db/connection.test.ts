import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect as connectPlain, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { requireDatabase } from '../../db/connection.ts';
import { authority, type Certificate, issued } from '../support/certificates.ts';
import { stackEnv } from '../support/stacks.ts';

/** The real Postgres of the tests behind TLS: what the protocol does before TLS (SSLRequest, S) is done here, the rest is its own. */
const { DATABASE_URL = '' } = stackEnv();
const folder = mkdtempSync(join(tmpdir(), 'hasso-postgres-tls-'));
const own = authority('Own authority');
const other = authority('Other authority');
const servers: Server[] = [];
const sockets = new Set<Socket>();

async function behindTls(certificate: Certificate): Promise<number> {
  const { hostname, port } = new URL(DATABASE_URL);
  const secureContext = createSecureContext({ cert: certificate.pem, key: certificate.keyPem });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      const behind = connectPlain({ host: hostname, port: Number(port) });
      sockets.add(behind);
      for (const each of [secure, behind]) each.on('error', () => socket.destroy());
      secure.pipe(behind).pipe(secure);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function address(port: number, query: string, host = 'localhost'): string {
  const url = new URL(DATABASE_URL);
  url.hostname = host;
  url.port = String(port);
  return `${url.href}?${query}`;
}

async function ask(url: string): Promise<number | string> {
  try {
    const { db, close } = openDatabase({ DATABASE_URL: url }, 1);
    try {
      await requireDatabase(db, url);
      const [row] = await db.execute<{ two: number }>(sql`select 1 + 1 as two`);
      return row?.two ?? 0;
    } finally {
      await close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const caFile = join(folder, 'own.pem');
let good = 0;
let expired = 0;
let elsewhere = 0;

beforeAll(async () => {
  writeFileSync(caFile, own.pem);
  writeFileSync(join(folder, 'other.pem'), other.pem);
  good = await behindTls(issued(own, ['localhost', '127.0.0.1']));
  expired = await behindTls(issued(own, ['localhost'], true));
  elsewhere = await behindTls(issued(own, ['db.operator.jp']));
});

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

describe('a connection to Postgres with sslmode=verify-full', () => {
  const verified = `sslmode=verify-full&sslrootcert=${caFile}`;

  test('stands where the certificate is of that host, by name and by address', async () => {
    expect(await ask(address(good, verified))).toBe(2);
    expect(await ask(address(good, verified, '127.0.0.1'))).toBe(2);
  });

  test.each([
    [
      'an authority that nobody named',
      () => address(good, 'sslmode=verify-full'),
      /authority of the server’s certificate is not known here/,
    ],
    [
      'another authority',
      () => address(good, `sslmode=verify-full&sslrootcert=${folder}/other.pem`),
      /authority|certificate/,
    ],
    ['an expired certificate', () => address(expired, verified), /has expired \(CERT_HAS_EXPIRED\)/],
    ['a certificate for another name', () => address(elsewhere, verified), /is for another name/],
    [
      'a certificate for a name, asked by address',
      () => address(elsewhere, verified, '127.0.0.1'),
      /is for another name/,
    ],
    ['a server without TLS', () => `${DATABASE_URL}?${verified}`, /ended the connection|TLS/],
    [
      'an authority’s file that is not there',
      () => address(good, 'sslmode=verify-full&sslrootcert=/none.pem'),
      /sslrootcert: \/none.pem cannot be read: there is no such file/,
    ],
  ])('is refused with a sentence for %s', async (_, url, sentence) => {
    const answer = await ask(url());
    expect(answer).toMatch(sentence);
    expect(answer).not.toContain(new URL(DATABASE_URL).password);
  });
});

test('a wrong password and a missing database are told by name', async () => {
  const wrong = new URL(DATABASE_URL);
  wrong.password = 'wrong-word';
  expect(await ask(wrong.href)).toMatch(/refuses the password \(28P01\)/);
  const missing = new URL(DATABASE_URL);
  missing.pathname = '/nothing';
  expect(await ask(missing.href)).toMatch(/no such database \(3D000\)|\(42501\)|user/);
});

test('a process opens as many connections as its setting says', async () => {
  const { db, close } = openDatabase({ DATABASE_URL, DATABASE_POOL: 3 });
  const pids = await Promise.all(
    Array.from({ length: 12 }, () =>
      db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid, pg_sleep(0.05)`),
    ),
  );
  await close();
  expect(new Set(pids.map(([row]) => row?.pid)).size).toBe(3);
});
