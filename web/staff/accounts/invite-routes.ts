import { randomUUID } from 'node:crypto';
import { inviteStaff } from '../../../db/queries/staff/links.ts';
import { isEmail, normaliseEmail } from '../../../domain/application/numbers.ts';
import { characterCount, hasForbiddenCharacter, trimText } from '../../../domain/application/text.ts';
import { rolesProblem } from '../../../domain/desk/accounts.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { rolesIn } from './fields.tsx';
import { invitePage } from './invite-page.tsx';
import { ACCOUNTS_PATH } from './words.ts';

const MAX_NAME = 60;

/** Somebody new: an account without a password, and the mail by which its person chooses one. */
export function inviteRoutes(app: Routes, deps: WebDependencies): void {
  app.get(`${ACCOUNTS_PATH}/new`, { right: 'manageAccounts', shows: 'nothing' }, (c) => {
    const typed = { values: {}, errors: [] };
    return c.html(
      invitePage({ frame: frame(c, deps, 'accounts'), typed, roles: [], commandId: randomUUID() }),
    );
  });

  app.post(ACCOUNTS_PATH, { right: 'manageAccounts', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const commandId = commandIdOf(form);
    const account = {
      name: trimText(form.text('name')),
      email: normaliseEmail(form.text('email')).toLowerCase(),
      roles: rolesIn(form.texts()),
    };
    const again = (errors: readonly FieldError[]) => {
      const typed = { values: form.texts(), errors };
      return c.html(
        invitePage({ frame: frame(c, deps, 'accounts'), typed, roles: account.roles, commandId }),
        422,
      );
    };
    const errors = errorsOf(account);
    if (errors.length > 0) return again(errors);
    const sentBy = c.get('signedIn').staff.id;
    const link = { linkId: commandId, secret: deps.config.SESSION_SECRET, sentBy, now: deps.now() };
    const answer = await deps.delivery.invite((tx) => inviteStaff(tx, account, link));
    if (!answer.ok) return again([{ field: 'email', message: answer.message }]);
    return c.redirect(`${ACCOUNTS_PATH}/${answer.staffId}?done=invited`, 303);
  });
}

/** Administration is given by two, when the account is there. */
function errorsOf(account: { name: string; email: string; roles: ReturnType<typeof rolesIn> }): FieldError[] {
  const { name, email, roles } = account;
  const rolesWrong =
    rolesProblem(roles) ?? (roles.includes('admin') ? '管理者の役割は、招待のあとに二人で付けます。' : null);
  const nameWrong =
    name === ''
      ? '氏名を入力してください。'
      : characterCount(name) > MAX_NAME || hasForbiddenCharacter(name)
        ? `氏名は${MAX_NAME}文字以内で、使えない文字を含めずに入力してください。`
        : null;
  const emailWrong = isEmail(email) ? null : 'メールアドレスの形が正しくありません。';
  return [
    ...(nameWrong === null ? [] : [{ field: 'name', message: nameWrong }]),
    ...(emailWrong === null ? [] : [{ field: 'email', message: emailWrong }]),
    ...(rolesWrong === null ? [] : [{ field: 'roles', message: rolesWrong }]),
  ];
}
