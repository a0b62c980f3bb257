import type { ownSessions } from '../../../db/queries/session/own.ts';
import type { findSecondFactor } from '../../../db/queries/staff/second-factor.ts';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { TextField } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { SECOND_FACTOR_PATH } from '../../http/session.ts';
import type { frame } from '../console.ts';
import { NewPasswordFields } from '../sign-in/new-password.tsx';

export const ACCOUNT_PATH = '/staff/account';
/** New recovery codes, and another authenticator in the place of the one that is set: both for whoever has a right code. */
export const RECOVERY_PATH = `${SECOND_FACTOR_PATH}/recovery-codes`;
export const RENEWAL_PATH = `${SECOND_FACTOR_PATH}/renewal`;

const FLASHES: Readonly<Record<string, string>> = {
  password: 'パスワードを変更し、ほかの端末のサインインを終了しました。',
  others: 'ほかの端末のサインインを終了しました。',
};

export interface OwnPage {
  frame: ReturnType<typeof frame>;
  sessions: Awaited<ReturnType<typeof ownSessions>>;
  factor: Awaited<ReturnType<typeof findSecondFactor>>;
  errors: readonly FieldError[];
  done: string;
}

/** What a person does with their own account. */
export function ownPage(page: OwnPage) {
  const { frame, errors, done } = page;
  const flash = FLASHES[done];
  return staffPage({
    ...frame,
    title: '自分のアカウント',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <h1>自分のアカウント</h1>
        {flash === undefined ? null : (
          <p class="flash" role="status">
            {flash}
          </p>
        )}
        <ErrorSummary errors={errors} />
        <SecondFactor page={page} />
        <Sessions page={page} />
        <Password page={page} />
      </div>
    ),
  });
}

function SecondFactor({ page: { frame, factor, errors } }: { page: OwnPage }) {
  return (
    <section class="panel">
      <h2>確認コード</h2>
      {factor === null ? (
        <>
          <p>
            サインインのときに、パスワードのほかに、認証アプリに表示される6桁の数字を入力するようにできます。パスワードが漏れても、それだけではサインインされなくなります。
          </p>
          <p>
            <a class="button button-secondary" href={SECOND_FACTOR_PATH}>
              確認コードを設定する
            </a>
          </p>
        </>
      ) : (
        <>
          <p>
            {instantText(factor.since)}に設定しました。予備のコードは残り{factor.recoveryCodes}
            個です。端末と予備のコードの両方をなくしたときは、管理者に設定を消すよう依頼してください。
          </p>
          <form method="post" novalidate>
            <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
            <TextField
              name="code"
              label="現在の確認コード"
              hint="認証アプリの6桁の数字、または予備のコード"
              required
              value=""
              width="short"
              autocomplete="one-time-code"
              error={errorFor(errors, 'code')}
            />
            <div class="button-row">
              <button class="button button-secondary" type="submit" formaction={RECOVERY_PATH}>
                予備のコードを作り直す
              </button>
              <button class="button button-secondary" type="submit" formaction={RENEWAL_PATH}>
                別の端末に設定し直す
              </button>
            </div>
          </form>
        </>
      )}
    </section>
  );
}

function Sessions({ page: { frame, sessions } }: { page: OwnPage }) {
  const { csrfToken, tokenHash } = frame.signedIn;
  return (
    <section class="panel">
      <h2>サインイン中の端末</h2>
      <Table
        caption="サインイン中の端末"
        rows={sessions}
        empty=""
        columns={[
          {
            head: '端末',
            cell: (session) => (
              <>
                {session.cameFrom || '記録なし'}
                {session.tokenHash === tokenHash ? <small class="under">この端末</small> : null}
              </>
            ),
          },
          { head: 'サインインした日時', cell: ({ createdAt }) => instantText(createdAt) },
          { head: '最後に使った日時', cell: ({ lastSeenAt }) => instantText(lastSeenAt) },
        ]}
      />
      {sessions.length > 1 ? (
        <form method="post" action={`${ACCOUNT_PATH}/sign-out-others`}>
          <input type="hidden" name="csrf" value={csrfToken} />
          <button class="button button-secondary" type="submit">
            ほかの端末のサインインを終了する
          </button>
        </form>
      ) : (
        <p class="hint">ほかの端末ではサインインしていません。</p>
      )}
    </section>
  );
}

function Password({ page: { frame, errors } }: { page: OwnPage }) {
  return (
    <section class="panel">
      <h2>パスワードの変更</h2>
      <p>変更すると、ほかの端末のサインインを終了します。</p>
      <form method="post" action={`${ACCOUNT_PATH}/password`} novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <TextField
          name="presentPassword"
          label="現在のパスワード"
          required
          type="password"
          value=""
          autocomplete="current-password"
          error={errorFor(errors, 'presentPassword')}
        />
        <NewPasswordFields errors={errors} />
        <button class="button button-primary" type="submit">
          パスワードを変更する
        </button>
      </form>
    </section>
  );
}
