import * as oidc from 'openid-client';

/** How long the outside service may take for one answer. */
const TIMEOUT_SECONDS = 10;
const SCOPE = 'openid email';

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the service sends people back to. */
  redirectUri: string;
  /** Over http, as on one's own machine. */
  insecure: boolean;
}

/** What has to be remembered until the person comes back. */
export interface OidcAttempt {
  state: string;
  nonce: string;
  verifier: string;
}

/** OpenID Connect by authorization code, with PKCE, state and nonce. Asks the service for its addresses when first needed. */
export function createOidc(settings: OidcSettings) {
  const { issuer, clientId, clientSecret, redirectUri, insecure } = settings;
  let found: Promise<oidc.Configuration> | null = null;
  const service = (): Promise<oidc.Configuration> => {
    found ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: TIMEOUT_SECONDS,
        ...(insecure ? { execute: [oidc.allowInsecureRequests] } : {}),
      })
      .catch((error: unknown) => {
        // The next person asks anew.
        found = null;
        throw error;
      });
    return found;
  };

  return {
    /** Where to send somebody, and what to remember. */
    async begin(): Promise<{ url: string; attempt: OidcAttempt }> {
      const attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(await service(), {
        ...{ redirect_uri: redirectUri, scope: SCOPE, state: attempt.state, nonce: attempt.nonce },
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, attempt };
    },

    /** The mail address that the service has verified, in lower case; null where it has none. Throws when the answer proves nothing. */
    async end(query: string, { state, nonce, verifier }: OidcAttempt): Promise<string | null> {
      const config = await service();
      const answer = new URL(redirectUri);
      answer.search = query;
      const tokens = await oidc.authorizationCodeGrant(config, answer, {
        ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
      });
      const claims = tokens.claims();
      if (claims === undefined) return null;
      const known =
        claims.email === undefined
          ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
          : claims;
      return known.email_verified === true && typeof known.email === 'string'
        ? known.email.toLowerCase()
        : null;
    },
  };
}
