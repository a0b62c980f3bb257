import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { recordRefusedSignIn } from '../../../db/queries/session/refused.ts';
import { findStaffByEmail } from '../../../db/queries/staff/find-by-email.ts';
import { OUTSIDE_CALLBACK } from '../../../gateway/sign-in.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { hideText, shownText } from '../../http/hidden-text.ts';
import { Problem } from '../../http/problem.ts';
import { countedAs, createAddressOf } from '../../http/rate-limit.ts';
import { isSecure } from '../../http/session.ts';
import { type Routes, SIGN_IN_PATH } from '../../routes.ts';
import { askForCode, enter, mayEnter } from './enter.ts';

const COOKIE = 'hasso-outside';
const SECONDS = 600;
const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
});

const AGAIN = { link: { href: SIGN_IN_PATH, label: 'サインイン画面に戻る' } };
const UNKNOWN = {
  heading: 'サインインできませんでした',
  message:
    'このメールアドレスの担当者は登録されていないか、アカウントが停止されています。管理者に確認してください。',
  ...AGAIN,
};
const FAILED = {
  heading: 'サインインできませんでした',
  message: '外部のサインインの結果を確かめられませんでした。もう一度お試しください。',
  ...AGAIN,
};
const AWAY = {
  heading: '外部のサインインに接続できません',
  message: 'しばらくしてからもう一度試すか、パスワードでサインインしてください。',
  ...AGAIN,
};

/**
 * Signing in through a service outside: it proves the mail address, the account is one that is there. Who has set up an authenticator
 * here is asked for its code here too.
 */
export function outsideRoutes(app: Routes, deps: WebDependencies): void {
  const { config, db, outside } = deps;
  if (outside === null) return;
  const addressOf = createAddressOf(deps);

  app.get(`${SIGN_IN_PATH}/outside`, { right: 'anyone', shows: 'nothing' }, async (c) => {
    const begun = await outside.begin().catch((cause: unknown) => {
      throw new Problem(503, { ...AWAY, cause });
    });
    const text = JSON.stringify({ ...begun.attempt, next: c.req.query('next') ?? '' });
    setCookie(c, COOKIE, hideText(config.SESSION_SECRET, text, 'outside'), {
      ...{ path: SIGN_IN_PATH, httpOnly: true, secure: isSecure(deps) },
      // The way back comes from the service's own page.
      ...{ sameSite: 'Lax', maxAge: SECONDS },
    });
    return c.redirect(begun.url, 302);
  });

  app.get(OUTSIDE_CALLBACK, { right: 'anyone', shows: 'nothing' }, async (c) => {
    const attempt = readAttempt(c);
    deleteCookie(c, COOKIE, { path: SIGN_IN_PATH, secure: isSecure(deps) });
    if (attempt === null) throw new Problem(403, FAILED);
    const email = await outside.end(new URL(c.req.url).search, attempt).catch((cause: unknown) => {
      throw new Problem(403, { ...FAILED, cause });
    });
    const account = email === null ? undefined : mayEnter(deps, await findStaffByEmail(db, email));
    if (account === undefined) {
      const from = countedAs(deps, addressOf(c));
      await recordRefusedSignIn(db, { action: 'staff.signInFailed', staffId: null, from, attempt: 1 });
      throw new Problem(403, UNKNOWN);
    }
    const onward = { next: attempt.next, kept: '' };
    const entered = (await askForCode(c, deps, account, onward)) ?? (await enter(c, deps, account, onward));
    if (entered === null) throw new Problem(403, FAILED);
    return entered;
  });

  const readAttempt = (c: Context) => {
    const text = shownText(config.SESSION_SECRET, getCookie(c, COOKIE) ?? '', 'outside');
    return text === null ? null : attemptSchema.parse(JSON.parse(text));
  };
}
