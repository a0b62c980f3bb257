import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import type { WebConfig } from '../dependencies.ts';

/** Everything comes from this server, nothing is inline, nobody may frame it. */
export function securityHeaders(config: WebConfig) {
  const none = ["'none'"];
  const self = ["'self'"];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: none,
      scriptSrc: self,
      styleSrc: self,
      imgSrc: self,
      connectSrc: self,
      fontSrc: none,
      objectSrc: none,
      baseUri: none,
      formAction: self,
      frameAncestors: none,
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    // Told over https only; a development server on http must stay reachable.
    strictTransportSecurity: config.WEB_URL.startsWith('https:')
      ? 'max-age=31536000; includeSubDomains'
      : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  });
}

/** Forms may come from our own pages only: judged by Sec-Fetch-Site or Origin, before any token is looked at. */
export function sameOriginForms(config: WebConfig) {
  const own = new URL(config.WEB_URL).origin;
  return csrf({ origin: (origin, c) => origin === own || origin === new URL(c.req.url).origin });
}
