import { PASSWORD_HINT, passwordProblem } from '../../../domain/desk/password.ts';
import { errorFor, type FieldError } from '../../components/errors.tsx';
import { TextField } from '../../components/field.tsx';
import type { Form } from '../../http/form.ts';

/** A password that somebody chooses, typed twice. */
export function NewPasswordFields({ errors }: { errors: readonly FieldError[] }) {
  return (
    <>
      <TextField
        name="newPassword"
        label="新しいパスワード"
        required
        type="password"
        value=""
        autocomplete="new-password"
        hint={PASSWORD_HINT}
        error={errorFor(errors, 'newPassword')}
      />
      <TextField
        name="newPasswordAgain"
        label="新しいパスワード（確認）"
        required
        type="password"
        value=""
        autocomplete="new-password"
        error={errorFor(errors, 'newPasswordAgain')}
      />
    </>
  );
}

/** The chosen password, or what is wrong with it. */
export function readNewPassword(form: Form, email: string): string | { errors: FieldError[] } {
  const password = form.text('newPassword');
  const problem = passwordProblem(password, email);
  if (problem !== null) return { errors: [{ field: 'newPassword', message: problem }] };
  if (form.text('newPasswordAgain') === password) return password;
  return { errors: [{ field: 'newPasswordAgain', message: '二つのパスワードが一致していません。' }] };
}
