import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Routes } from './routes.ts';

interface Asset {
  /** Changes with the contents, so that browsers may keep it for ever. */
  href: string;
  contentType: string;
  body: string;
}

const own = (name: string) => readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');
const packaged = (name: string) => readFileSync(fileURLToPath(import.meta.resolve(name)), 'utf8');

function asset(name: string, extension: string, contentType: string, body: string): Asset {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { href: `/assets/${name}.${digest}.${extension}`, contentType, body };
}

const STYLES = [
  'tokens.css',
  'base.css',
  'marks.css',
  'form.css',
  'application.css',
  'console.css',
  'record.css',
  'desk.css',
  'contract.css',
  'data.css',
  'service.css',
  'terms.css',
  'chart.css',
  'account.css',
  // Last, so that it rules what is printed.
  'print.css',
];

/** Everything that pages load besides themselves; read once at start. */
export const ASSETS = {
  css: asset('hasso', 'css', 'text/css; charset=utf-8', STYLES.map(own).join('\n')),
  htmx: asset('htmx', 'js', 'text/javascript; charset=utf-8', packaged('htmx.org/dist/htmx.min.js')),
  console: asset('console', 'js', 'text/javascript; charset=utf-8', own('console.js')),
  presence: asset('presence', 'js', 'text/javascript; charset=utf-8', own('presence.js')),
  session: asset('session', 'js', 'text/javascript; charset=utf-8', own('session.js')),
  icon: asset('icon', 'svg', 'image/svg+xml', own('icon.svg')),
};

export function assetRoutes(app: Routes): void {
  for (const { href, contentType, body } of Object.values(ASSETS)) {
    app.get(href, { right: 'anyone', shows: 'nothing' }, (c) =>
      c.body(body, 200, {
        'Content-Type': contentType,
        'Cache-Control': 'public, max-age=31536000, immutable',
      }),
    );
  }
}
