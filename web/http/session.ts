import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { findSession } from '../../db/queries/session/find.ts';
import { openSession } from '../../db/queries/session/open.ts';
import { revokeSession } from '../../db/queries/session/revoke.ts';
import { ROLE_LABELS, type StaffRole } from '../../domain/desk/roles.ts';
import { consoleUrl, type SignedIn, type WebDependencies, type WebEnv } from '../dependencies.ts';
import { deviceWords } from './device.ts';
import type { Form } from './form.ts';
import { Problem } from './problem.ts';
import { createAddressOf } from './rate-limit.ts';
import { randomToken, sameText, seal, sha256, unseal } from './signing.ts';

/** How long a session lives without a visit. */
export const IDLE_MS = 30 * 60_000;
const LIFE_MS = 12 * 3_600_000;

export const isSecure = (deps: WebDependencies) => consoleUrl(deps.config).startsWith('https:');
/** Browsers take `__Host-` cookies over https only. */
export const sessionCookie = (deps: WebDependencies) => (isSecure(deps) ? '__Host-hasso' : 'hasso');
const browserCookieName = (deps: WebDependencies) => `${sessionCookie(deps)}-browser`;
/** How long a browser stays known after its last sign-in. */
const KNOWN_MS = 180 * 24 * 3_600_000;

/** Whoever the browser's cookie belongs to; null when nobody is signed in. */
export async function findSignedIn(c: Context<WebEnv>, deps: WebDependencies): Promise<SignedIn | null> {
  const token = getCookie(c, sessionCookie(deps));
  const tokenHash = token === undefined ? '' : sha256(token);
  const visit = !isRefresh(c);
  const session = await findSession(deps.db, { tokenHash, now: deps.now(), idleMs: IDLE_MS, visit });
  if (session === null || (session.staff.sample && deps.config.HASSO_MODE === 'production')) return null;
  const nowMs = deps.now().getTime();
  const idleMs = Math.min(IDLE_MS, session.expiresAt.getTime() - nowMs);
  const idle = { idleUntil: new Date(nowMs + idleMs), idleSeconds: Math.floor(idleMs / 1000) };
  return { ...session, tokenHash, ...idle };
}

/** An open page asks for its own newest state (web/assets/console.js): nobody need be sitting before it. */
const isRefresh = (c: Context): boolean =>
  c.req.header('x-refresh') !== undefined || c.req.header('accept') === 'text/event-stream';
/** Answers a form that came without a session, where it can be kept; null otherwise. */
type Again = (c: Context<WebEnv>, deps: WebDependencies) => Promise<Response | null>;

/** Where whoever has to set up a second factor does so; nothing else is open to them before. */
export const SECOND_FACTOR_PATH = '/staff/account/second-factor';

/** Lets a signed-in member of staff through; others go to the sign-in page, which brings them back. */
export function requireStaff(deps: WebDependencies, again: Again): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const signedIn = await findSignedIn(c, deps);
    if (signedIn === null) {
      if (isRefresh(c)) return c.text('', 401);
      if (c.req.method !== 'GET') {
        const kept = await again(c, deps);
        if (kept !== null) return kept;
        throw new Problem(403, {
          heading: 'サインインが必要です',
          message:
            'サインインしていないか、一定時間操作がなかったためサインアウトしました。この操作は行われていません。',
          link: { href: '/staff/sign-in', label: 'サインインする' },
        });
      }
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(`/staff/sign-in?next=${encodeURIComponent(pathname + search)}`, 303);
    }
    c.set('signedIn', signedIn);
    c.header('Cache-Control', 'no-store');
    if (signedIn.mustEnrol && !OPEN_BEFORE_ENROLMENT.includes(c.req.path)) {
      return c.redirect(SECOND_FACTOR_PATH, 303);
    }
    await next();
  };
}

const OPEN_BEFORE_ENROLMENT = [SECOND_FACTOR_PATH, '/staff/sign-out'];

/** Throws a 403 page that says whose this is, unless the person has one of the roles. */
export function requireRole(c: Context<WebEnv>, roles: readonly StaffRole[]): void {
  const { staff } = c.get('signedIn');
  if (staff.roles.some((role) => roles.includes(role))) return;
  throw new Problem(403, {
    heading: '権限がありません',
    message: `この画面・操作は${words(roles)}のものです。あなたの役割（${words(staff.roles)}）では使えません。必要なときは管理者に役割の追加を依頼してください。`,
  });
}

const words = (roles: readonly StaffRole[]): string =>
  roles.length === 0 ? 'なし' : roles.map((role) => ROLE_LABELS[role]).join('・');

/** Throws a 403 page unless the form carries the session's token. */
export function requireCsrf(c: Context<WebEnv>, form: Form): void {
  if (!sameText(form.text('csrf'), c.get('signedIn').csrfToken)) throw new Problem(403);
}

/**
 * Signs a browser in: a new token each time, the one it had before is revoked. Null where the account is no longer as it was when
 * the first proof was looked at.
 */
export async function signIn(
  c: Context,
  deps: WebDependencies,
  account: { id: string; passwordHash: string | null; mustEnrol: boolean },
): Promise<{ csrfToken: string } | null> {
  const { id: staffId, passwordHash, mustEnrol } = account;
  const before = getCookie(c, sessionCookie(deps));
  const now = deps.now();
  if (before !== undefined) await revokeSession(deps.db, sha256(before), now);
  const token = randomToken();
  const csrfToken = randomToken();
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  const cameFrom = `${deviceWords(c)}（${createAddressOf(deps)(c)}）`;
  const session = { tokenHash: sha256(token), staffId, csrfToken, now, expiresAt, cameFrom, mustEnrol };
  if (!(await openSession(deps.db, { ...session, passwordHash }))) return null;
  setCookie(c, sessionCookie(deps), token, {
    path: '/',
    httpOnly: true,
    secure: isSecure(deps),
    sameSite: 'Lax',
    maxAge: LIFE_MS / 1000,
  });
  if (readKnownBrowser(c, deps, staffId) === null) knowBrowser(c, deps, staffId);
  return { csrfToken };
}

/** Which browser this is, where this person has signed in with it before; null otherwise. It lets nobody in. */
export function readKnownBrowser(c: Context, deps: WebDependencies, staffId: string): string | null {
  const sealed = getCookie(c, browserCookieName(deps)) ?? '';
  const [browser = '', person] = (unseal(deps.config.SESSION_SECRET, 'browser', sealed) ?? '').split(' ');
  return person === staffId ? browser : null;
}

/** Makes a browser known as one of this person's. */
function knowBrowser(c: Context, deps: WebDependencies, staffId: string): void {
  const sealed = seal(deps.config.SESSION_SECRET, 'browser', `${randomToken()} ${staffId}`);
  setCookie(c, browserCookieName(deps), sealed, {
    path: '/',
    httpOnly: true,
    secure: isSecure(deps),
    sameSite: 'Lax',
    maxAge: KNOWN_MS / 1000,
  });
}

/** Ends the session on the server and in the browser. */
export async function signOut(c: Context<WebEnv>, deps: WebDependencies): Promise<void> {
  await revokeSession(deps.db, c.get('signedIn').tokenHash, deps.now());
  deleteCookie(c, sessionCookie(deps), { path: '/', secure: isSecure(deps) });
}
