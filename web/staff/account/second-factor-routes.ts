import type { Context } from 'hono';
import { findActiveStaff } from '../../../db/queries/staff/find-by-email.ts';
import { newSecret, secretUri } from '../../../db/queries/staff/one-time-code.ts';
import { findSecondFactor, setSecondFactor } from '../../../db/queries/staff/second-factor.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { hideText, shownText } from '../../http/hidden-text.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf, SECOND_FACTOR_PATH } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { createSignInGuard } from '../sign-in/guard.ts';
import { ACCOUNT_PATH } from './page.tsx';
import { enrolmentPage, recoveryPage } from './second-factor-page.tsx';

const THERE = {
  heading: '確認コードは設定済みです',
  message: '設定し直すときは、管理者に、いまの設定を消すよう依頼してください。',
  link: { href: ACCOUNT_PATH, label: '自分のアカウントに戻る' },
};

/** Setting up an authenticator: the secret travels hidden in the form until the first right code, and is stored then. */
export function secondFactorRoutes(app: Routes, deps: WebDependencies): void {
  const { config, db } = deps;
  const guard = createSignInGuard(deps);

  const show = async (c: Context<WebEnv>, secret: string, errors: readonly FieldError[]) => {
    const { staff } = c.get('signedIn');
    const account = await findActiveStaff(db, staff.id);
    const sealed = hideText(config.SESSION_SECRET, `${staff.id} ${secret}`, 'secondFactor');
    const uri = secretUri(secret, account?.email ?? '');
    const page = { frame: frame(c, deps, null), secret, sealed, uri, errors };
    return c.html(enrolmentPage(page), errors.length > 0 ? 422 : 200);
  };

  app.get(SECOND_FACTOR_PATH, { right: 'self', shows: 'nothing' }, async (c) => {
    if ((await findSecondFactor(db, c.get('signedIn').staff.id)) !== null) throw new Problem(409, THERE);
    return show(c, newSecret(), []);
  });

  app.post(SECOND_FACTOR_PATH, { right: 'self', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const staffId = c.get('signedIn').staff.id;
    const hidden = shownText(config.SESSION_SECRET, form.text('sealed'), 'secondFactor') ?? '';
    const [whose, secret = ''] = hidden.split(' ');
    if (whose !== staffId) throw new Problem(400);
    if ((await findSecondFactor(db, staffId)) !== null) throw new Problem(409, THERE);
    const attempt = await guard.code(c, staffId);
    const codes = await setSecondFactor(db, { staffId, secret, code: form.text('code'), now: deps.now() });
    if (codes === null) {
      await attempt.failed();
      const message =
        '確認コードが正しくありません。認証アプリに表示されている、いまの数字を入力してください。端末の時計が合っているかも確かめてください。';
      return show(c, secret, [{ field: 'code', message }]);
    }
    await attempt.succeeded();
    return c.html(recoveryPage({ frame: frame(c, deps, null), codes }));
  });
}
