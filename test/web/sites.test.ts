import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, sitesOf } from '../../web/sites.ts';
import { startWeb, type WebTest } from './support.ts';

const PUBLIC_PAGES = ['/apply', '/verify', '/terms', '/notices'];
const CONSOLE_PAGES = ['/staff/sign-in', '/staff', '/api/contracts'];
const WEB_URL = 'https://hasso.example';
const CONSOLE_URL = 'https://console.hasso.example';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

const sites = (config: object, CONSOLE_PORT?: number): Site[] =>
  sitesOf(
    { ...web.served, config: { ...web.served.config, WEB_URL, ...config } },
    { WEB_PORT: 8080, CONSOLE_PORT },
  );

/** Which of these paths a site has: it answers with a page, or asks who is there. */
async function has(site: Site | undefined, host: string, paths: readonly string[]): Promise<boolean[]> {
  return Promise.all(
    paths.map(async (path) => (await site?.fetch(new Request(`http://${host}${path}`)))?.status !== 404),
  );
}

const all = (value: boolean, paths: readonly string[]) => paths.map(() => value);

describe('the console', () => {
  test('stands beside the public pages unless it is told otherwise', async () => {
    const [site, ...more] = sites({});
    expect(more).toEqual([]);
    expect(await has(site, 'hasso.example', ['/apply', '/staff/sign-in'])).toEqual([true, true]);
  });

  test('on a port of its own is nowhere else, whatever host is asked for', async () => {
    const [open, closed] = sites({ CONSOLE_URL }, 8081);
    expect([open?.port, closed?.port]).toEqual([8080, 8081]);
    for (const host of ['hasso.example', 'console.hasso.example']) {
      expect(await has(open, host, PUBLIC_PAGES)).toEqual(all(true, PUBLIC_PAGES));
      expect(await has(open, host, CONSOLE_PAGES)).toEqual(all(false, CONSOLE_PAGES));
      expect(await has(closed, host, PUBLIC_PAGES)).toEqual(all(false, PUBLIC_PAGES));
      expect(await has(closed, host, ['/staff/sign-in', '/staff'])).toEqual([true, true]);
    }
    expect((await closed?.fetch(new Request('http://x/')))?.headers.get('location')).toBe('/staff');
  });

  test('under a host of its own answers to no other', async () => {
    const [site, ...more] = sites({ CONSOLE_URL });
    expect(more).toEqual([]);
    expect(await has(site, 'hasso.example', PUBLIC_PAGES)).toEqual(all(true, PUBLIC_PAGES));
    expect(await has(site, 'hasso.example', CONSOLE_PAGES)).toEqual(all(false, CONSOLE_PAGES));
    expect(await has(site, 'evil.example', CONSOLE_PAGES)).toEqual(all(false, CONSOLE_PAGES));
    expect(await has(site, 'console.hasso.example', PUBLIC_PAGES)).toEqual(all(false, PUBLIC_PAGES));
    expect(await has(site, 'console.hasso.example', ['/staff/sign-in', '/staff'])).toEqual([true, true]);
  });

  test('takes forms from its own pages only, not from the public ones', async () => {
    const [, closed] = sites({ CONSOLE_URL }, 8081);
    const post = async (origin: string) => {
      const body = new URLSearchParams({ email: 'a@b.example' });
      const request = new Request('http://10.0.0.1:8081/staff/sign-in', {
        method: 'POST',
        body,
        headers: { origin },
      });
      return (await closed?.fetch(request))?.text();
    };
    // Its own page gets as far as the form's token.
    expect(await post(CONSOLE_URL)).toContain('サインイン画面を開き直す');
    expect(await post(WEB_URL)).not.toContain('サインイン画面を開き直す');
  });

  test('every page answers with the same policies on either side', async () => {
    const [open, closed] = sites({ CONSOLE_URL }, 8081);
    for (const [site, path] of [
      [open, '/apply'],
      [closed, '/staff/sign-in'],
    ] as const) {
      const headers = (await site?.fetch(new Request(`http://x${path}`)))?.headers;
      expect(headers?.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers?.get('strict-transport-security')).toContain('max-age');
    }
  });
});
