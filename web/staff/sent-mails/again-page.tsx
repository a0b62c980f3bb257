import type { ComposedMail } from '../../../activities/mail/composed-mail.ts';
import type { MailRow } from '../../../db/queries/mail/records.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { TextAreaField, type TypedForm, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';
import { Composed } from '../desk/coming-mail.tsx';

export interface AgainPage {
  frame: ReturnType<typeof frame>;
  row: MailRow;
  /** Where the mail is read as it was sent. */
  path: string;
  /** The mail as it would leave now. */
  mail: ComposedMail;
  /** Whether its words are other ones than those that were sent. */
  differs: boolean;
  recipient: boolean;
  typed: TypedForm | null;
  newId: () => string;
}

/** A mail that arrived, once more: what will leave, to whom, and why. */
export function againPage({ frame, row, path, mail, differs, recipient, typed, newId }: AgainPage) {
  const errors = typed?.errors ?? [];
  return staffPage({
    ...frame,
    title: 'メールをもう一度送る',
    hasErrors: errors.length > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href={path}>{instantText(row.businessAt)}に送ったメールに戻る</a>
        </p>
        <p class="lead">
          次のメールを、いま登録されている連絡先へ送ります（第12条2項）。前回のメールの効力や日付は変わりません。
        </p>
        <ErrorSummary errors={errors} />
        {differs ? (
          <p class="notice notice-warning">
            前回のあとに内容が変わったため、送られる文面は前回と違います。下の文面を確認してください。
          </p>
        ) : null}
        <Composed mail={mail} recipient={recipient} />
        <form class="panel panel-strong" method="post" action={`${path}/again`} novalidate>
          <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
          <input type="hidden" name="commandId" value={typed?.values.commandId ?? newId()} />
          <TextAreaField
            {...typedFields(typed)('reason')}
            label="もう一度送る理由"
            required
            rows={3}
            hint="いつ、誰から、どのように求められたかを書いてください。社内だけに残ります。"
          />
          <button class="button button-primary" type="submit">
            このメールをもう一度送る
          </button>
        </form>
      </>
    ),
  });
}
