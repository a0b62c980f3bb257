import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { clientAddress, readRanges } from '../../web/http/client-address.ts';

/** Whom limits would count for a connection with this header. */
async function clientOf(remoteAddress: string, forwarded: string | null, proxies: string): Promise<string> {
  const app = new Hono();
  app.get('/', (c) => c.text(clientAddress(c, readRanges(proxies))));
  const headers = forwarded === null ? {} : { 'X-Forwarded-For': forwarded };
  const from = { incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' } } };
  return (await app.request('/', { headers }, from)).text();
}

describe('whom limits count', () => {
  test.each<[string, string, string | null, string, string]>([
    [
      'without trusted proxies the connection, whatever is written',
      '198.51.100.7',
      '1.1.1.1',
      '',
      '198.51.100.7',
    ],
    ['behind a trusted proxy the hop that it names', '10.0.0.2', '198.51.100.7', '10.0.0.2', '198.51.100.7'],
    [
      'the last untrusted hop, not what a client wrote before it',
      '10.0.0.2',
      '1.1.1.1, 198.51.100.7',
      '10.0.0.0/8',
      '198.51.100.7',
    ],
    [
      'through several trusted proxies',
      '10.0.0.2',
      '1.1.1.1, 198.51.100.7, 10.9.9.9',
      '10.0.0.0/8',
      '198.51.100.7',
    ],
    [
      'not through a stranger that names a trusted one',
      '10.0.0.2',
      '198.51.100.7, 192.0.2.1',
      '10.0.0.0/8',
      '192.0.2.1',
    ],
    ['the proxy itself where it names nobody', '10.0.0.2', null, '10.0.0.0/8', '10.0.0.2'],
    [
      'the proxy itself where it writes nonsense',
      '10.0.0.2',
      '198.51.100.7, unknown',
      '10.0.0.0/8',
      '10.0.0.2',
    ],
    ['the first hop where all are trusted', '10.0.0.2', '10.1.1.1, 10.2.2.2', '10.0.0.0/8', '10.1.1.1'],
    ['an address with its port', '10.0.0.2', '198.51.100.7:4711', '10.0.0.2', '198.51.100.7'],
    ['IPv4 within IPv6 as IPv4', '::ffff:10.0.0.2', '::ffff:198.51.100.7', '10.0.0.2', '198.51.100.7'],
    ['IPv6 by its network', '2001:db8:1:2:3:4:5:6', null, '', '2001:db8:1:2::'],
    ['IPv6 in brackets behind a proxy', '::1', '[2001:db8:1:2::9]:443', '::1', '2001:db8:1:2::'],
    ['nobody where there is no connection', '', null, '', 'unknown'],
  ])('%s', async (_, remote, forwarded, proxies, expected) => {
    expect(await clientOf(remote, forwarded, proxies)).toBe(expected);
  });
});

describe('the settings of addresses', () => {
  const enough = {
    DATABASE_URL: 'postgres://app:x@127.0.0.1:5432/hasso',
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    SMTP_URL: 'smtp://127.0.0.1:25',
    DOCUMENTS_DIR: '/tmp/documents',
    WEB_URL: 'http://localhost:8080',
    SESSION_SECRET: 'x'.repeat(32),
    PERSONAL_DATA_KEY: '0'.repeat(64),
  };

  test('are checked at the start', () => {
    expect(loadConfig({ ...enough, TRUSTED_PROXIES: '10.0.0.1, fd00::/8' }).TRUSTED_PROXIES).toBe(
      '10.0.0.1, fd00::/8',
    );
    for (const wrong of ['proxy.example', '10.0.0.0/40', '10.0.0.1 10.0.0.2']) {
      expect(() => loadConfig({ ...enough, TRUSTED_PROXIES: wrong }), wrong).toThrow(/TRUSTED_PROXIES/);
    }
  });

  test('of a console on a port of its own name its address too', () => {
    expect(() => loadConfig({ ...enough, CONSOLE_PORT: '8081' })).toThrow(/CONSOLE_URL/);
    const whole = loadConfig({ ...enough, CONSOLE_PORT: '8081', CONSOLE_URL: 'https://console.example' });
    expect(whole).toMatchObject({ CONSOLE_PORT: 8081, CONSOLE_URL: 'https://console.example' });
  });
});
