import type { Context } from 'hono';
import { endOtherSessions, ownSessions } from '../../../db/queries/session/own.ts';
import { changeStaff } from '../../../db/queries/staff/change.ts';
import { findActiveStaff } from '../../../db/queries/staff/find-by-email.ts';
import { verifyPassword } from '../../../db/queries/staff/password.ts';
import { findSecondFactor } from '../../../db/queries/staff/second-factor.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { IDLE_MS, requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { createSignInGuard } from '../sign-in/guard.ts';
import { readNewPassword } from '../sign-in/new-password.tsx';
import { ACCOUNT_PATH, ownPage } from './page.tsx';
import { secondFactorRoutes } from './second-factor-routes.ts';

/** What belongs to whoever is signed in: password, sessions, second factor. */
export function ownAccountRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const guard = createSignInGuard(deps);

  const show = async (c: Context<WebEnv>, errors: readonly FieldError[]) => {
    const { staff } = c.get('signedIn');
    const [sessions, factor] = await Promise.all([
      ownSessions(db, staff.id, { now: deps.now(), idleMs: IDLE_MS }),
      findSecondFactor(db, staff.id),
    ]);
    const page = { frame: frame(c, deps, null), sessions, factor, errors, done: c.req.query('done') ?? '' };
    return c.html(ownPage(page), errors.length > 0 ? 422 : 200);
  };

  app.get(ACCOUNT_PATH, { right: 'self', shows: 'nothing' }, (c) => show(c, []));

  // Asked by a page that is about to end: the visit alone is what counts.
  app.get(`${ACCOUNT_PATH}/stay`, { right: 'self', shows: 'nothing' }, (c) =>
    c.json({ seconds: c.get('signedIn').idleSeconds }),
  );

  app.post(`${ACCOUNT_PATH}/sign-out-others`, { right: 'self', shows: 'nothing' }, async (c) => {
    requireCsrf(c, await readForm(c));
    const { staff, tokenHash } = c.get('signedIn');
    await endOtherSessions(db, { staffId: staff.id, tokenHash, now: deps.now() });
    return c.redirect(`${ACCOUNT_PATH}?done=others`, 303);
  });

  app.post(`${ACCOUNT_PATH}/password`, { right: 'self', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { staff, tokenHash } = c.get('signedIn');
    const account = await findActiveStaff(db, staff.id);
    if (account === undefined) throw new Problem(403);
    const chosen = readNewPassword(form, account.email);
    if (typeof chosen !== 'string') return show(c, chosen.errors);
    const attempt = await guard.password(c, account.email, staff.id);
    if (!(await verifyPassword(account.passwordHash, form.text('presentPassword')))) {
      await attempt.failed();
      return show(c, [{ field: 'presentPassword', message: '現在のパスワードが正しくありません。' }]);
    }
    await attempt.succeeded();
    const change = { kind: 'password' as const, password: chosen };
    const by = { actor: staff.id, now: deps.now(), keepSession: tokenHash };
    requireAccepted(await changeStaff(db, { id: staff.id }, change, by), {
      href: ACCOUNT_PATH,
      label: '自分のアカウントに戻る',
    });
    return c.redirect(`${ACCOUNT_PATH}?done=password`, 303);
  });

  secondFactorRoutes(app, deps, show);
}
