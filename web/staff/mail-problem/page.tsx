import type { MailProblem } from '../../../db/queries/read/mail-problem.ts';
import { causeText } from '../../../domain/desk/causes.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';

export interface MailProblemPage {
  frame: ReturnType<typeof frame>;
  problem: MailProblem;
  /** What was typed about the letter, when it had errors. */
  draft: { values: Readonly<Record<string, string>>; errors: readonly FieldError[] } | null;
  newId: () => string;
}

/** A mail that did not arrive: what it was, why, who is registered now, and the two ways to mend it. */
export function mailProblemPage(page: MailProblemPage) {
  const { task, mail, registered, billingContactOf, remedy } = page.problem;
  const { draft } = page;
  const path = subjectPath(task);
  const may = hasRole(page.frame.signedIn.staff, MAY.mendMail);
  return staffPage({
    ...page.frame,
    title: 'メール不達の対応',
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={path}>{registered.companyName}</a>
        </p>
        <h1>メール不達の対応</h1>
        <p class="lead">登録された連絡先へ送り直すか、郵送で対応して記録します（第12条2項・第17条3項）。</p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <section class="panel">
          <h2>届かなかったメール</h2>
          {mail === null ? (
            <p>{causeText(task)}</p>
          ) : (
            <Facts
              facts={[
                { label: '件名', value: mail.subjectLine },
                { label: '宛先', value: mail.recipient },
                { label: '状態', value: <StatusBadge kind="mail" value={mail.status} /> },
                { label: '相手のサーバーの回答', value: mail.bounceAnswer || mail.serverAnswer },
                { label: '送信日時', value: instantText(mail.businessAt) },
              ]}
            />
          )}
        </section>
        {task.status === 'open' ? (
          <>
            <section class="panel">
              <h2>{billingContactOf === null ? '登録された連絡先' : '請求書の送付先'}</h2>
              <Facts
                facts={[
                  { label: '担当者', value: registered.contact.name },
                  { label: 'メールアドレス', value: registered.contact.email },
                ]}
              />
              <p>
                {billingContactOf === null ? (
                  <a href={`${path}/contact`}>連絡先を変更する</a>
                ) : (
                  <a href={`${subjectPath(billingContactOf)}/billing-contacts`}>請求書の送付先を変更する</a>
                )}
              </p>
            </section>
            {remedy === 'postOnly' || !may ? null : <ResendForm page={page} />}
            {!may || (remedy === 'awaited' && task.subjectType === 'application') ? null : (
              <PostForm page={page} />
            )}
          </>
        ) : (
          <section class="panel" role="status">
            <p>この不達への対応は完了しています。</p>
            <p>
              <a href={path}>手続きの内容を見る</a>
            </p>
          </section>
        )}
      </>
    ),
  });
}

function ResendForm({ page: { frame, problem, newId } }: { page: MailProblemPage }) {
  const { task, mail, registered } = problem;
  const same = mail?.recipient === registered.contact.email;
  return (
    <section class="panel panel-strong">
      <h2>メールで送り直す</h2>
      {same ? (
        <p class="notice notice-warning">
          登録された連絡先は、届かなかったときと同じアドレスです。先に連絡先を変更するか、アドレスが使えるようになったことを確かめてください。
        </p>
      ) : (
        <p>同じ内容のメールを、登録された連絡先に送ります。何度押しても、送るのは1通です。</p>
      )}
      <form method="post" action={`/staff/mail-problems/${task.id}/resend`}>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={newId()} />
        <button class="button button-primary" type="submit">
          登録した連絡先へ再送
        </button>
      </form>
    </section>
  );
}

function PostForm({ page: { frame, problem, draft, newId } }: { page: MailProblemPage }) {
  const { task, mail } = problem;
  const field = typedFields(draft);
  return (
    <section class="panel">
      <h2>郵送で対応済みにする</h2>
      {mail?.kind === 'terminationNotice' ? (
        <p class="notice notice-warning">
          即時解約は、通知が到達した時に効力が生じます（第10条2項）。郵便の到達を確認してから記録してください。
        </p>
      ) : null}
      <form method="post" action={`/staff/mail-problems/${task.id}/post`} novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
        <TextField {...field('postedOn')} label="発送日" required type="date" width="short" />
        <TextAreaField
          {...field('reason')}
          label="送り方と控えの保管場所"
          required
          rows={3}
          hint="例：簡易書留で発送。受領証は契約ファイルに保管。証拠として残ります。"
        />
        <button class="button button-secondary" type="submit">
          郵送で対応済み
        </button>
      </form>
    </section>
  );
}
