import { findOpenLink, takeLink } from '../../../db/queries/staff/links.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { publicPage } from '../../components/layout.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { issueFormToken, readFormToken } from '../../http/signing.ts';
import { type Routes, SIGN_IN_PATH } from '../../routes.ts';
import { NewPasswordFields, readNewPassword } from './new-password.tsx';

const OVER = {
  heading: 'このリンクは使えません',
  message: 'リンクは使用済みか、期限が切れています。管理者に新しい招待を依頼してください。',
  link: { href: SIGN_IN_PATH, label: 'サインイン画面を開く' },
};

/** The link of an invitation: whoever has it chooses the password of its account, once. */
export function linkRoutes(app: Routes, deps: WebDependencies): void {
  const { config, db } = deps;

  const load = async (token: string) => {
    const found = await findOpenLink(db, token, deps.now());
    if (found === null) throw new Problem(410, OVER);
    return found;
  };

  const page = (account: { name: string; email: string }, action: string, errors: readonly FieldError[]) =>
    publicPage({
      title: 'パスワードの設定',
      hasErrors: errors.length > 0,
      sandbox: false,
      forStaff: true,
      children: (
        <div class="sign-in">
          <h1>パスワードの設定</h1>
          <p class="lead">
            {account.name}さん（{account.email}）が運用管理にサインインするためのパスワードです。
          </p>
          <ErrorSummary errors={errors} />
          <form method="post" action={action} novalidate>
            <input type="hidden" name="formToken" value={issueFormToken(config.SESSION_SECRET, deps.now())} />
            <NewPasswordFields errors={errors} />
            <div class="actions">
              <button class="button button-primary" type="submit">
                パスワードを設定する
              </button>
            </div>
          </form>
        </div>
      ),
    });

  app.get(`${SIGN_IN_PATH}/link/:token`, { right: 'anyone', shows: 'own' }, async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.html(page(await load(c.req.param('token')), c.req.path, []));
  });

  app.post(`${SIGN_IN_PATH}/link/:token`, { right: 'anyone', shows: 'own' }, async (c) => {
    const form = await readForm(c);
    const account = await load(c.req.param('token'));
    if (readFormToken(config.SESSION_SECRET, form.text('formToken'), deps.now()).state !== 'valid') {
      throw new Problem(403, { link: { href: c.req.path, label: '画面を開き直す' } });
    }
    const password = readNewPassword(form, account.email);
    c.header('Cache-Control', 'no-store');
    if (typeof password !== 'string') return c.html(page(account, c.req.path, password.errors), 422);
    const taken = await takeLink(db, c.req.param('token'), password, deps.now());
    if (!taken.ok) throw new Problem(410, { ...OVER, message: taken.message });
    return c.redirect(`${SIGN_IN_PATH}?done=password`, 303);
  });
}
