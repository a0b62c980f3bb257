import type { Child } from 'hono/jsx';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { TextField } from '../../components/field.tsx';
import { publicPage } from '../../components/layout.tsx';
import { SIGN_IN_PATH } from '../../routes.ts';

/** What goes through every step of signing in: where to go afterwards, and a form that was sent too late, hidden. */
export interface Onward {
  next: string;
  kept: string;
}

interface SignInPage {
  formToken: string;
  email: string;
  onward: Onward;
  errors: readonly FieldError[];
  flash?: string | undefined;
  /** What the button of the outside sign-in says; null where there is none. */
  outside: string | null;
}

/** Address and password, and the way through an outside service where there is one. */
export function signInPage({ formToken, email, onward, errors, flash, outside }: SignInPage) {
  return framed({
    title: '運用管理にサインイン',
    errors,
    children: (
      <>
        {flash === undefined ? null : (
          <p class="flash" role="status">
            {flash}
          </p>
        )}
        {onward.kept === '' ? null : (
          <p class="notice notice-warning">
            <b>送信した操作は行われていません。</b>
            一定時間操作がなかったため、サインアウトしました。入力した内容は、同じ人がサインインすると、そのまま表示されます。
          </p>
        )}
        <ErrorSummary errors={errors} first="サインインできませんでした" />
        <form method="post" action={SIGN_IN_PATH} novalidate>
          <Carried formToken={formToken} onward={onward} />
          <TextField
            name="email"
            label="メールアドレス"
            required
            value={email}
            inputmode="email"
            autocomplete="username"
            autofocus={errors.length === 0}
          />
          <TextField
            name="password"
            label="パスワード"
            required
            type="password"
            value=""
            autocomplete="current-password"
          />
          <div class="actions">
            <button class="button button-primary" type="submit">
              サインイン
            </button>
          </div>
        </form>
        {outside === null ? null : (
          <p class="actions">
            <a
              class="button button-secondary"
              href={`${SIGN_IN_PATH}/outside?next=${encodeURIComponent(onward.next)}`}
              target={onward.kept === '' ? undefined : '_blank'}
            >
              {outside}
              {onward.kept === '' ? '' : '（別のタブで開く）'}
            </a>
          </p>
        )}
        {outside === null || onward.kept === '' ? null : (
          <form method="post" action={`${SIGN_IN_PATH}/kept`}>
            <Carried formToken={formToken} onward={onward} />
            <button class="button button-secondary" type="submit">
              別のタブでサインインしたので、入力した内容を表示する
            </button>
          </form>
        )}
        <p class="hint">30分間操作がない場合、またはサインインから12時間で、自動的にサインアウトします。</p>
      </>
    ),
  });
}

/** The second question, for whoever has set up an authenticator. */
export function codePage(page: {
  formToken: string;
  half: string;
  onward: Onward;
  errors: readonly FieldError[];
}) {
  const { formToken, half, onward, errors } = page;
  return framed({
    title: '確認コードの入力',
    errors,
    children: (
      <>
        <ErrorSummary errors={errors} first="サインインできませんでした" />
        <form method="post" action={`${SIGN_IN_PATH}/code`} novalidate>
          <Carried formToken={formToken} onward={onward} />
          <input type="hidden" name="half" value={half} />
          <TextField
            name="code"
            label="確認コード"
            required
            value=""
            width="medium"
            autocomplete="one-time-code"
            autofocus={errors.length === 0}
            hint="認証アプリに表示されている6桁の数字を入力してください。端末がないときは、予備のコードを入力できます。"
          />
          <div class="actions">
            <button class="button button-primary" type="submit">
              サインイン
            </button>
          </div>
        </form>
        <p>
          <a href={SIGN_IN_PATH}>はじめからやり直す</a>
        </p>
      </>
    ),
  });
}

function Carried({ formToken, onward }: { formToken: string; onward: Onward }) {
  return (
    <>
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="next" value={onward.next} />
      <input type="hidden" name="kept" value={onward.kept} />
    </>
  );
}

function framed({
  title,
  errors,
  children,
}: {
  title: string;
  errors: readonly FieldError[];
  children: Child;
}) {
  return publicPage({
    title,
    hasErrors: errors.length > 0,
    sandbox: false,
    forStaff: true,
    children: (
      <div class="sign-in">
        <h1>{title}</h1>
        {children}
      </div>
    ),
  });
}
