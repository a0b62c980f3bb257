import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';

/** What a page may do besides: `frames` shows stored files in frames, `framed` is such a file. */
export type PagePolicy = 'page' | 'frames' | 'framed';

/**
 * Everything comes from this server, nothing is inline, nobody may frame it except our own page a stored file.
 * @param address where these pages are
 */
export function securityHeaders(address: string, policy: PagePolicy = 'page') {
  const none = ["'none'"];
  const self = ["'self'"];
  return secureHeaders({
    contentSecurityPolicy:
      policy === 'framed'
        ? { sandbox: [], defaultSrc: none, imgSrc: self, styleSrc: ["'unsafe-inline'"], frameAncestors: self }
        : {
            defaultSrc: none,
            scriptSrc: self,
            styleSrc: self,
            imgSrc: self,
            connectSrc: self,
            fontSrc: none,
            objectSrc: none,
            frameSrc: policy === 'frames' ? self : none,
            baseUri: none,
            formAction: self,
            frameAncestors: none,
          },
    xFrameOptions: policy === 'framed' ? 'SAMEORIGIN' : 'DENY',
    referrerPolicy: 'same-origin',
    // Told over https only; a development server on http must stay reachable.
    strictTransportSecurity: address.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  });
}

/** Forms may come from our own pages only: judged by Sec-Fetch-Site or Origin, before any token is looked at. */
export function sameOriginForms(address: string) {
  const own = new URL(address).origin;
  return csrf({ origin: (origin, c) => origin === own || origin === new URL(c.req.url).origin });
}
