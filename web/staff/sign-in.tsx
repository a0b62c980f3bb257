import { findStaffByEmail } from '../../db/queries/staff/find-by-email.ts';
import { verifyPassword } from '../../db/queries/staff/password.ts';
import { normaliseEmail } from '../../domain/application/numbers.ts';
import { ErrorSummary, type FieldError } from '../components/errors.tsx';
import { TextField } from '../components/field.tsx';
import { publicPage } from '../components/layout.tsx';
import type { WebDependencies } from '../dependencies.ts';
import { readForm } from '../http/form.ts';
import { Problem } from '../http/problem.ts';
import { signIn } from '../http/session.ts';
import { issueFormToken, readFormToken } from '../http/signing.ts';
import type { Routes } from '../routes.ts';
import { createSignInGuard } from './sign-in-guard.ts';

const WRONG = 'メールアドレスまたはパスワードが正しくありません。';

function signInPage(page: { token: string; email: string; next: string; errors: readonly FieldError[] }) {
  const { token, email, next, errors } = page;
  return publicPage({
    title: '運用管理にサインイン',
    hasErrors: errors.length > 0,
    sandbox: false,
    forStaff: true,
    children: (
      <div class="sign-in">
        <h1>運用管理にサインイン</h1>
        <ErrorSummary errors={errors} first="サインインできませんでした" />
        <form method="post" action="/staff/sign-in" novalidate>
          <input type="hidden" name="formToken" value={token} />
          <input type="hidden" name="next" value={next} />
          <TextField
            name="email"
            label="メールアドレス"
            required
            value={email}
            inputmode="email"
            autocomplete="username"
            autofocus={errors.length === 0}
          />
          <TextField
            name="password"
            label="パスワード"
            required
            type="password"
            value=""
            autocomplete="current-password"
          />
          <div class="actions">
            <button class="button button-primary" type="submit">
              サインイン
            </button>
          </div>
        </form>
        <p class="hint">30分間操作がない場合、またはサインインから12時間で、自動的にサインアウトします。</p>
      </div>
    ),
  });
}

/** Signing in. An unknown account, a wrong password and a sample account in production get the same answer. */
export function signInRoutes(app: Routes, deps: WebDependencies): void {
  const { config, db } = deps;
  const beginAttempt = createSignInGuard(deps);
  const newToken = () => issueFormToken(config.SESSION_SECRET, deps.now());

  app.get('/staff/sign-in', { right: 'anyone', shows: 'nothing' }, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.html(signInPage({ token: newToken(), email: '', next: c.req.query('next') ?? '', errors: [] }));
  });

  app.post('/staff/sign-in', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    if (readFormToken(config.SESSION_SECRET, form.text('formToken'), deps.now()).state !== 'valid') {
      throw new Problem(403, { link: { href: '/staff/sign-in', label: 'サインイン画面を開き直す' } });
    }
    const email = normaliseEmail(form.text('email')).toLowerCase();
    const password = form.text('password');
    const found = await findStaffByEmail(db, email);
    const account = found?.sample && config.HASSO_MODE === 'production' ? undefined : found;
    const attempt = await beginAttempt(c, email, account?.id ?? null);
    const isRight = await verifyPassword(account?.passwordHash ?? null, password);
    if (!isRight || account === undefined || !(await signIn(c, deps, account))) {
      await attempt.failed();
      const errors = [{ field: 'email', message: WRONG }];
      return c.html(
        signInPage({ token: newToken(), email: form.text('email'), next: form.text('next'), errors }),
        422,
      );
    }
    await attempt.succeeded();
    return c.redirect(localTarget(form.text('next')), 303);
  });
}

/** Only pages of the console: an address from outside must not be a way to lead people away. */
function localTarget(next: string): string {
  return /^\/staff(?:\/(?!\/)[\w\-./]*)?(?:\?[^\s\\]*)?$/.test(next) ? next : '/staff';
}
