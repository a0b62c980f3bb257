import { INVITATION_DAYS } from '../../../domain/desk/accounts.ts';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import { errorFor } from '../../components/errors.tsx';
import { TextField, type TypedForm, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';
import { EntryForm } from '../entry-form.tsx';
import { RolesField } from './fields.tsx';
import { ACCOUNTS_PATH } from './words.ts';

/** Somebody new. */
export function invitePage(props: {
  frame: ReturnType<typeof frame>;
  typed: TypedForm;
  roles: readonly StaffRole[];
  commandId: string;
}) {
  const { frame, typed, roles, commandId } = props;
  const field = typedFields(typed);
  return staffPage({
    ...frame,
    title: '担当者の招待',
    hasErrors: typed.errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={ACCOUNTS_PATH}>担当者</a> / 招待
        </p>
        <h1>担当者の招待</h1>
        <p class="lead">
          パスワードを設定するリンクを、本人にメールで送ります。リンクは{INVITATION_DAYS}
          日間、一度だけ使えます。
        </p>
        <EntryForm
          page={{ frame, errors: typed.errors, commandId }}
          action={ACCOUNTS_PATH}
          submit="招待のメールを送る"
        >
          <TextField {...field('name')} label="氏名" required hint="記録と画面に表示されます。" />
          <TextField {...field('email')} label="メールアドレス" required inputmode="email" />
          <RolesField
            roles={roles}
            except="admin"
            hint="管理者の役割は、招待のあとに、管理者二人で付けます。監査担当は、ほかの役割と兼ねられません。"
            error={errorFor(typed.errors, 'roles')}
          />
        </EntryForm>
      </div>
    ),
  });
}
