import type { Context } from 'hono';
import { findActiveStaff } from '../../../db/queries/staff/find-by-email.ts';
import { newSecret, secretUri } from '../../../db/queries/staff/one-time-code.ts';
import {
  findSecondFactor,
  renewRecoveryCodes,
  setSecondFactor,
  takeCode,
} from '../../../db/queries/staff/second-factor.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { hideText, shownText } from '../../http/hidden-text.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf, SECOND_FACTOR_PATH } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { createSignInGuard } from '../sign-in/guard.ts';
import { ACCOUNT_PATH, RECOVERY_PATH, RENEWAL_PATH } from './page.tsx';
import { enrolmentPage, recoveryPage } from './second-factor-page.tsx';

const SET = '確認コードを設定しました。次のサインインから、パスワードのあとに確認コードを入力します。';
const RENEWED = '予備のコードを作り直しました。以前の予備のコードは、もう使えません。';
const WRONG =
  '確認コードが正しくありません。認証アプリに表示されている、いまの数字を入力してください。端末の時計が合っているかも確かめてください。';
const THERE = {
  heading: '確認コードは設定済みです',
  message: '設定し直すときは、自分のアカウントの画面から、現在の確認コードを入力して進んでください。',
  link: { href: ACCOUNT_PATH, label: '自分のアカウントに戻る' },
};

/**
 * Setting up an authenticator: the secret travels hidden in the form until the first right code, and is stored then. With it goes
 * which authenticator it replaces: only whoever had a right code of that one gets such a form.
 */
export function secondFactorRoutes(
  app: Routes,
  deps: WebDependencies,
  showOwn: (c: Context<WebEnv>, errors: readonly FieldError[]) => Promise<Response>,
): void {
  const { config, db } = deps;
  const guard = createSignInGuard(deps);

  const show = async (c: Context<WebEnv>, offered: Offered, errors: readonly FieldError[]) => {
    const { staff } = c.get('signedIn');
    const account = await findActiveStaff(db, staff.id);
    const { secret, replaces } = offered;
    const text = [staff.id, secret, replaces?.toISOString() ?? ''].join(' ');
    const sealed = hideText(config.SESSION_SECRET, text, 'secondFactor');
    const uri = secretUri(secret, account?.email ?? '');
    const page = { frame: frame(c, deps, null), secret, sealed, uri, errors };
    return c.html(enrolmentPage(page), errors.length > 0 ? 422 : 200);
  };

  const isStanding = (factor: { since: Date } | null, replaces: Date | null) =>
    factor?.since.getTime() === replaces?.getTime();

  app.get(SECOND_FACTOR_PATH, { right: 'self', shows: 'nothing' }, async (c) => {
    if ((await findSecondFactor(db, c.get('signedIn').staff.id)) !== null) throw new Problem(409, THERE);
    return show(c, { secret: newSecret(), replaces: null }, []);
  });

  app.post(SECOND_FACTOR_PATH, { right: 'self', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const staffId = c.get('signedIn').staff.id;
    const hidden = shownText(config.SESSION_SECRET, form.text('sealed'), 'secondFactor') ?? '';
    const [whose, secret = '', since = ''] = hidden.split(' ');
    if (whose !== staffId) throw new Problem(400);
    const replaces = since === '' ? null : new Date(since);
    if (!isStanding(await findSecondFactor(db, staffId), replaces)) throw new Problem(409, THERE);
    const attempt = await guard.code(c, staffId);
    const code = form.text('code');
    const codes = await setSecondFactor(db, { staffId, secret, code, replaces, now: deps.now() });
    if (codes === null) {
      await attempt.failed();
      return show(c, { secret, replaces }, [{ field: 'code', message: WRONG }]);
    }
    await attempt.succeeded();
    return c.html(recoveryPage({ frame: frame(c, deps, null), done: SET, codes }));
  });

  /** Goes on only with a right code of the authenticator that is set, or a recovery code; each counts once. */
  const withCode = async (c: Context<WebEnv>, then: (staffId: string) => Promise<Response>) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const staffId = c.get('signedIn').staff.id;
    const attempt = await guard.code(c, staffId);
    if (!(await takeCode(db, { staffId, code: form.text('code'), now: deps.now() }))) {
      await attempt.failed();
      return showOwn(c, [{ field: 'code', message: WRONG }]);
    }
    await attempt.succeeded();
    return then(staffId);
  };

  app.post(RECOVERY_PATH, { right: 'self', shows: 'nothing' }, (c) =>
    withCode(c, async (staffId) => {
      const codes = await renewRecoveryCodes(db, staffId);
      return c.html(recoveryPage({ frame: frame(c, deps, null), done: RENEWED, codes }));
    }),
  );

  app.post(RENEWAL_PATH, { right: 'self', shows: 'nothing' }, (c) =>
    withCode(c, async (staffId) => {
      const replaces = (await findSecondFactor(db, staffId))?.since ?? null;
      return show(c, { secret: newSecret(), replaces }, []);
    }),
  );
}

/** The secret of an authenticator to be set up, and since when the one stands that it replaces. */
interface Offered {
  secret: string;
  replaces: Date | null;
}
