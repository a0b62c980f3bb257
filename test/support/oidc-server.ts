import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A person at the service outside. */
export interface OutsidePerson {
  email: string;
  verified: boolean;
}

export const OIDC_CLIENT = { OIDC_CLIENT_ID: 'hasso-console', OIDC_CLIENT_SECRET: 'secret-of-the-console' };

/** A real provider of OpenID Connect on this machine, at which `person` is signed in and agrees to everything. */
export async function startOidcServer(redirectUri: string) {
  const served = { person: { email: '', verified: true } as OutsidePerson };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const { OIDC_CLIENT_ID: client_id, OIDC_CLIENT_SECRET: client_secret } = OIDC_CLIENT;
  const provider = new Provider(issuer, {
    clients: [{ client_id, client_secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['one of the tests'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => {
      const { email, verified } = served.person;
      return { accountId, claims: () => ({ sub: accountId, email, email_verified: verified }) };
    },
  });
  const handle = provider.callback();

  async function answer(...[request, response]: Parameters<typeof handle>): Promise<void> {
    if (!(request.url ?? '').startsWith('/interaction/')) {
      await handle(request, response);
      return;
    }
    const accountId = served.person.email;
    const grant = new provider.Grant({ accountId, clientId: client_id });
    grant.addOIDCScope('openid email');
    const consent = { grantId: await grant.save() };
    await provider.interactionFinished(request, response, { login: { accountId }, consent });
  }

  return {
    issuer,
    served,
    /** Follows what a browser would, from the address that somebody is sent to up to that back to us. */
    async visit(url: string): Promise<string> {
      const cookies = new Map<string, string>();
      let at = url;
      for (let hop = 0; hop < 10 && !at.startsWith(redirectUri); hop += 1) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
        for (const line of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        const location = response.headers.get('location');
        if (location === null) throw new Error(`${at}: ${response.status} ${await response.text()}`);
        at = new URL(location, at).href;
      }
      return at;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
