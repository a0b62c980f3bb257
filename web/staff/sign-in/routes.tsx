import { findStaffByEmail } from '../../../db/queries/staff/find-by-email.ts';
import { verifyPassword } from '../../../db/queries/staff/password.ts';
import { takeCode } from '../../../db/queries/staff/second-factor.ts';
import { normaliseEmail } from '../../../domain/application/numbers.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { issueFormToken, readFormToken } from '../../http/signing.ts';
import { type Routes, SIGN_IN_PATH } from '../../routes.ts';
import { askForCode, enter, mayEnter, onwardOf, readHalf } from './enter.ts';
import { createSignInGuard } from './guard.ts';
import { keptPageOf } from './kept.tsx';
import { linkRoutes } from './link-routes.tsx';
import { outsideRoutes } from './outside-routes.ts';
import { codePage, signInPage } from './pages.tsx';

const WRONG = 'メールアドレスまたはパスワードが正しくありません。';
const WRONG_CODE = '確認コードが正しくないか、すでに使われています。新しいコードを入力してください。';

const FLASHES: Readonly<Record<string, string>> = {
  password: 'パスワードを設定しました。新しいパスワードでサインインしてください。',
};

const START_AGAIN = { href: SIGN_IN_PATH, label: 'サインイン画面を開き直す' };

/** A form that was sent too late travels with the form that signs in. */
const WITH_KEPT = { bytes: 2 * 1024 * 1024, message: '送信された内容が大きすぎます。' };

/** Signing in. An unknown account, a wrong password and a sample account in production get the same answer. */
export function signInRoutes(app: Routes, deps: WebDependencies): void {
  const { config, db } = deps;
  const guard = createSignInGuard(deps);
  const newToken = () => issueFormToken(config.SESSION_SECRET, deps.now());
  const outside = deps.outside?.label ?? null;
  linkRoutes(app, deps);
  outsideRoutes(app, deps);

  app.get(SIGN_IN_PATH, { right: 'anyone', shows: 'nothing' }, (c) => {
    c.header('Cache-Control', 'no-store');
    const onward = { next: c.req.query('next') ?? '', kept: '' };
    const flash = FLASHES[c.req.query('done') ?? ''];
    return c.html(signInPage({ formToken: newToken(), email: '', onward, errors: [], flash, outside }));
  });

  app.post(SIGN_IN_PATH, { right: 'anyone', shows: 'nothing', takes: WITH_KEPT }, async (c) => {
    const form = await readForm(c);
    requireOurs(deps, form);
    const onward = onwardOf(form);
    const email = normaliseEmail(form.text('email')).toLowerCase();
    const password = form.text('password');
    const account = mayEnter(deps, await findStaffByEmail(db, email));
    const attempt = await guard.password(c, email, account?.id ?? null);
    const isRight = await verifyPassword(account?.passwordHash ?? null, password);
    if (isRight && account !== undefined) {
      const question = await askForCode(c, deps, account, onward);
      if (question !== null) {
        await attempt.asksForCode();
        return question;
      }
      const entered = await enter(c, deps, account, onward);
      if (entered !== null) {
        await attempt.succeeded();
        return entered;
      }
    }
    await attempt.failed();
    const errors = [{ field: 'email', message: WRONG }];
    const typed = { formToken: newToken(), email: form.text('email'), onward, errors, outside };
    return c.html(signInPage(typed), 422);
  });

  // Whoever has signed in elsewhere meanwhile, in another tab, goes on with what this page carries.
  app.post(`${SIGN_IN_PATH}/kept`, { right: 'anyone', shows: 'own', takes: WITH_KEPT }, async (c) => {
    const form = await readForm(c);
    requireOurs(deps, form);
    const onward = onwardOf(form);
    const page = await keptPageOf(c, deps, onward);
    const errors = [{ field: 'email', message: 'まだサインインしていません。' }];
    const typed = { formToken: newToken(), email: '', onward, errors, outside };
    return page ?? c.html(signInPage(typed), 422);
  });

  app.post(`${SIGN_IN_PATH}/code`, { right: 'anyone', shows: 'nothing', takes: WITH_KEPT }, async (c) => {
    const form = await readForm(c);
    requireOurs(deps, form);
    const onward = onwardOf(form);
    const account = await readHalf(deps, form.text('half'));
    if (account === null) throw new Problem(403, { link: START_AGAIN });
    const attempt = await guard.code(c, account.id);
    if (await takeCode(db, { staffId: account.id, code: form.text('code'), now: deps.now() })) {
      const entered = await enter(c, deps, account, onward);
      if (entered === null) throw new Problem(403, { link: START_AGAIN });
      await attempt.succeeded();
      return entered;
    }
    await attempt.failed();
    const errors = [{ field: 'code', message: WRONG_CODE }];
    return c.html(codePage({ formToken: newToken(), half: form.text('half'), onward, errors }), 422);
  });
}

function requireOurs(deps: WebDependencies, form: Form): void {
  const token = readFormToken(deps.config.SESSION_SECRET, form.text('formToken'), deps.now());
  if (token.state !== 'valid') throw new Problem(403, { link: START_AGAIN });
}
