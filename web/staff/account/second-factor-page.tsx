import { encode } from 'uqr';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { TextField } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { SECOND_FACTOR_PATH } from '../../http/session.ts';
import type { frame } from '../console.ts';

type Frame = ReturnType<typeof frame>;

/** QR code and secret of an authenticator, and its first code. */
export function enrolmentPage(page: {
  frame: Frame;
  secret: string;
  /** The same, as the form hands it back. */
  sealed: string;
  uri: string;
  errors: readonly FieldError[];
}) {
  const { frame, secret, sealed, uri, errors } = page;
  return staffPage({
    ...frame,
    title: '確認コードの設定',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <h1>確認コードの設定</h1>
        {frame.signedIn.mustEnrol ? (
          <p class="notice notice-warning">
            あなたの役割では、確認コードの設定が必要です。設定すると、ほかの画面が使えるようになります。
          </p>
        ) : null}
        <ErrorSummary errors={errors} />
        <ol class="numbered">
          <li>
            <p>
              スマートフォンなどの認証アプリ（Google Authenticator、Microsoft Authenticator、1Password
              など）で、次のQRコードを読み取ってください。
            </p>
            <QrCode text={uri} />
            <p>
              読み取れないときは、次の文字を認証アプリに入力してください（時間ベース、6桁、30秒）：
              <br />
              <code class="secret">{secret.match(/.{1,4}/g)?.join(' ')}</code>
            </p>
          </li>
          <li>
            <p>認証アプリに表示された6桁の数字を入力してください。</p>
            <form method="post" action={SECOND_FACTOR_PATH} novalidate>
              <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
              <input type="hidden" name="sealed" value={sealed} />
              <TextField
                name="code"
                label="確認コード"
                required
                value=""
                width="short"
                inputmode="numeric"
                autocomplete="one-time-code"
                error={errorFor(errors, 'code')}
              />
              <button class="button button-primary" type="submit">
                確認コードを設定する
              </button>
            </form>
          </li>
        </ol>
      </div>
    ),
  });
}

/** The recovery codes, this once. */
export function recoveryPage(page: { frame: Frame; done: string; codes: readonly string[] }) {
  const { frame, done, codes } = page;
  return staffPage({
    ...frame,
    title: '予備のコード',
    children: (
      <div class="narrow">
        <p class="flash" role="status">
          {done}
        </p>
        <h1>予備のコード</h1>
        <p class="lead">
          端末をなくしたときは、確認コードの代わりに次のコードを入力できます。それぞれ一度だけ使えます。
          <b>この画面を閉じると、二度と表示できません。</b>
          印刷するか、パスワード管理ソフトなどに保管してください。
        </p>
        <ul class="recovery-codes">
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <p>
          <a class="button button-primary" href="/staff">
            保管したので、担当タスクに進む
          </a>
        </p>
      </div>
    ),
  });
}

function QrCode({ text }: { text: string }) {
  const { data } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${data.length} ${data.length}`}
      role="img"
      aria-label="認証アプリで読み取るQRコード"
      shape-rendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
