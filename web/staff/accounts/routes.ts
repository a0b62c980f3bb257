import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { waitingProposal } from '../../../db/queries/proposal/find.ts';
import { findStaff, listStaff } from '../../../db/queries/staff/accounts.ts';
import { changeStaff, staffChangeRefusal } from '../../../db/queries/staff/change.ts';
import { inviteAgain, lastLink } from '../../../db/queries/staff/links.ts';
import { type AccountChange, accountChangeNeedsTwo } from '../../../domain/desk/accounts.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { requireAccepted } from '../../http/answer.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { rolesIn } from './fields.tsx';
import { inviteRoutes } from './invite-routes.ts';
import { accountsPage } from './list-page.tsx';
import { accountPage } from './page.tsx';
import { ACCOUNTS_PATH } from './words.ts';

const KINDS = ['roles', 'disable', 'enable', 'endSessions', 'resetSecondFactor'] as const;

/** Administration of accounts: the same changes as by `hasso staff`, some of them by two (docs/proposals.md). */
export function accountsRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const account = await findStaff(db, idParam(c, 'id'));
    if (account === null) throw new Problem(404);
    return account;
  };

  const show = async (c: Context<WebEnv>, draft: Draft | null) => {
    const account = await load(c);
    const about = { kind: 'staffAccount', staffId: account.id, change: { kind: 'enable' } } as const;
    const [link, waiting] = await Promise.all([lastLink(db, account.id), waitingProposal(db, about)]);
    const page = { frame: frame(c, deps, 'accounts'), account, link, waiting, draft, newId: randomUUID };
    return c.html(accountPage({ ...page, done: c.req.query('done') ?? '' }), draft === null ? 200 : 422);
  };

  app.get(ACCOUNTS_PATH, { right: 'seeAccounts', shows: 'nothing' }, async (c) =>
    c.html(accountsPage({ frame: frame(c, deps, 'accounts'), accounts: await listStaff(db) })),
  );
  // Before the account: "new" is no id.
  inviteRoutes(app, deps);
  app.get(`${ACCOUNTS_PATH}/:id`, { right: 'seeAccounts', shows: 'nothing' }, (c) => show(c, null));

  app.post(`${ACCOUNTS_PATH}/:id/invite`, { right: 'manageAccounts', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { id } = await load(c);
    const sentBy = c.get('signedIn').staff.id;
    const link = { linkId: commandIdOf(form), secret: deps.config.SESSION_SECRET, sentBy, now: deps.now() };
    const answer = await deps.delivery.invite((tx) => inviteAgain(tx, id, link));
    requireAccepted(answer, accountLink(id));
    return c.redirect(`${ACCOUNTS_PATH}/${id}?done=invited`, 303);
  });

  app.post(`${ACCOUNTS_PATH}/:id/:change`, { right: 'manageAccounts', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const account = await load(c);
    const change = readChange(form, c.req.param('change'));
    const { staff } = c.get('signedIn');
    const state = { roles: account.roles, active: account.status !== 'disabled' };
    const again = (errors: Draft['errors']) => show(c, { form: change.kind, values: form.texts(), errors });
    const refusal = await staffChangeRefusal(db, account.id, change);
    if (refusal?.code === 'invalid') return again([{ field: 'roles', message: refusal.message }]);
    if (refusal !== null) requireAccepted(refusal, accountLink(account.id));
    if (accountChangeNeedsTwo(state, change, account.id === staff.id)) {
      const reason = readReason(form, `${change.kind}-reason`);
      if (typeof reason !== 'string') return again([reason]);
      const proposed = { kind: 'staffAccount' as const, staffId: account.id, change };
      const asked = { commandId: commandIdOf(form), proposed, contractId: null, reason, sandbox: false };
      return askForTwo(c, deps, asked, accountLink(account.id));
    }
    const by = { actor: staff.id, now: deps.now() };
    requireAccepted(await changeStaff(db, { id: account.id }, change, by), accountLink(account.id));
    return c.redirect(`${ACCOUNTS_PATH}/${account.id}?done=${change.kind}`, 303);
  });
}

const accountLink = (id: string) => ({ href: `${ACCOUNTS_PATH}/${id}`, label: '担当者の画面に戻る' });

/** Throws a 404 page for a change that there is not. */
function readChange(form: Form, asked: string): AccountChange {
  const kind = choiceOf(asked, KINDS);
  if (kind === null) throw new Problem(404);
  return kind === 'roles' ? { kind, roles: rolesIn(form.texts()) } : { kind };
}
