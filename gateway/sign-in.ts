import { createOidc } from '../clients/sign-in/oidc.ts';
import type { Config } from '../config.ts';

/** Where the outside service sends people back to, on the console. */
export const OUTSIDE_CALLBACK = '/staff/sign-in/outside/callback';

/** Signing in through a service outside, by OpenID Connect; null where none is set. */
export function outsideSignIn(
  config: Pick<
    Config,
    | 'OIDC_ISSUER'
    | 'OIDC_CLIENT_ID'
    | 'OIDC_CLIENT_SECRET'
    | 'OIDC_LABEL'
    | 'CONSOLE_URL'
    | 'WEB_URL'
    | 'HASSO_MODE'
  >,
) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = config;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  const redirectUri = new URL(OUTSIDE_CALLBACK, config.CONSOLE_URL ?? config.WEB_URL).href;
  const insecure = config.HASSO_MODE === 'development';
  return {
    /** What its button says. */
    label: config.OIDC_LABEL,
    ...createOidc({ issuer, clientId, clientSecret, redirectUri, insecure }),
  };
}
