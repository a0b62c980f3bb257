import type { Context } from 'hono';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { findActiveStaff, type SignInAccount } from '../../../db/queries/staff/find-by-email.ts';
import { findSecondFactor } from '../../../db/queries/staff/second-factor.ts';
import type { WebDependencies } from '../../dependencies.ts';
import type { Form } from '../../http/form.ts';
import { hideText, shownText } from '../../http/hidden-text.ts';
import { signIn } from '../../http/session.ts';
import { issueFormToken, sha256 } from '../../http/signing.ts';
import { keptPage, readKept } from './kept.tsx';
import { localTarget } from './local-target.ts';
import { codePage, type Onward } from './pages.tsx';

/** How long the second question may take. */
const HALF_MS = 10 * 60_000;

export const onwardOf = (form: Form): Onward => ({ next: form.text('next'), kept: form.text('kept') });

/** A sample account does not get in in production. */
export const mayEnter = (deps: WebDependencies, account: SignInAccount | undefined) =>
  account?.sample && deps.config.HASSO_MODE === 'production' ? undefined : account;

/** Signed in: the page that was wanted, or the form that was sent too late. Null where the account has changed meanwhile. */
export async function enter(
  c: Context,
  deps: WebDependencies,
  account: SignInAccount,
  onward: Onward,
): Promise<Response | null> {
  const has = await findSecondFactor(deps.db, account.id);
  const { 'signIn.codeRoles': asked } = await loadPolicies(deps.db);
  const mustEnrol = has === null && account.roles.some((role) => asked.includes(role));
  const session = await signIn(c, deps, { ...account, mustEnrol });
  if (session === null) return null;
  const kept = readKept(deps, onward.kept, account.id);
  if (kept === null || mustEnrol) return c.redirect(localTarget(onward.next), 303);
  c.header('Cache-Control', 'no-store');
  return c.html(keptPage(kept, session.csrfToken, localTarget(onward.next)));
}

/** The page that asks whoever has given the first proof for the second; null where they have set none up. */
export async function askForCode(
  c: Context,
  deps: WebDependencies,
  account: SignInAccount,
  onward: Onward,
): Promise<Response | null> {
  if ((await findSecondFactor(deps.db, account.id)) === null) return null;
  const { SESSION_SECRET } = deps.config;
  const formToken = issueFormToken(SESSION_SECRET, deps.now());
  c.header('Cache-Control', 'no-store');
  return c.html(codePage({ formToken, half: issueHalf(deps, account), onward, errors: [] }));
}

/** Proves for a while that somebody has given the first proof, for as long as the password stays. */
function issueHalf(deps: WebDependencies, { id, passwordHash }: SignInAccount): string {
  const text = [id, deps.now().getTime(), sha256(passwordHash ?? '')].join(' ');
  return hideText(deps.config.SESSION_SECRET, text, 'halfSignedIn');
}

/** Whose first proof it was, or null. */
export async function readHalf(deps: WebDependencies, half: string): Promise<SignInAccount | null> {
  const text = shownText(deps.config.SESSION_SECRET, half, 'halfSignedIn') ?? '';
  const [id = '', at = '', digest] = text.split(' ');
  if (id === '' || deps.now().getTime() - Number(at) > HALF_MS) return null;
  const account = mayEnter(deps, await findActiveStaff(deps.db, id));
  return account !== undefined && sha256(account.passwordHash ?? '') === digest ? account : null;
}
