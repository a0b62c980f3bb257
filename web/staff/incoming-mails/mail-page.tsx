import type { SentMail } from '../../../db/queries/incoming-mail/read.ts';
import type { IncomingMailRow } from '../../../db/queries/incoming-mail/record.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import type { MailFile } from '../../../storage/mail/read.ts';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { ChoiceField, TextAreaField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText, sizeText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { KIND_LABELS } from './list-page.tsx';

export interface IncomingMailPage {
  frame: ReturnType<typeof frame>;
  mail: IncomingMailRow;
  /** The mail read; null where it is not kept or cannot be read. */
  contents: MailFile | null;
  /** What was sent to the address that a report names: one of these may have come back. */
  sentMails: readonly SentMail[];
  draft: { values: Readonly<Record<string, string>>; errors: readonly FieldError[] } | null;
  names: ReadonlyMap<string, string>;
  newId: () => string;
}

/** A mail as a person reads it, and what is done about it. */
export function incomingMailPage(page: IncomingMailPage) {
  const { mail, contents, draft } = page;
  const title = mail.subjectLine === '' ? '（件名なし）' : mail.subjectLine;
  return staffPage({
    ...page.frame,
    title: `届いたメール：${title}`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/incoming-mails">届いたメール</a>
        </p>
        <h1>{title}</h1>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        {mail.reason === '' ? null : <p class="notice notice-warning">{mail.reason}</p>}
        <section class="panel">
          <h2>メール</h2>
          <Facts
            facts={[
              { label: '差出人', value: contents?.from ?? mail.sender },
              { label: '宛先', value: contents?.to ?? '' },
              { label: '種類', value: KIND_LABELS[mail.kind] },
              { label: '到着', value: arrivalOf(mail) },
              { label: '関係する手続き', value: <Subject mail={mail} /> },
              { label: '添付ファイル', value: attachmentsOf(contents) },
            ]}
          />
          {contents === null ? null : (
            <div class="mail-words lines">{contents.text === '' ? '（本文なし）' : contents.text}</div>
          )}
          {mail.storageKey === null ? null : (
            <p class="file-actions">
              <a href={`/staff/incoming-mails/${mail.id}/original`}>メールをダウンロード（.eml）</a>
              <small>{sizeText(mail.bytes)}</small>
            </p>
          )}
        </section>
        {mail.status === 'done' ? <Done page={page} /> : null}
        {mail.status !== 'done' && hasRole(page.frame.signedIn.staff, MAY.mendMail) ? (
          <Forms page={page} />
        ) : null}
      </>
    ),
  });
}

function arrivalOf({ arrivedAt, createdAt }: IncomingMailRow): string {
  return arrivedAt === null
    ? `メールから読み取れません（取り込み：${instantText(createdAt)}）`
    : instantText(arrivedAt);
}

function attachmentsOf(contents: MailFile | null): string {
  return (contents?.attachments ?? [])
    .map(({ fileName, bytes }) => `${fileName}（${sizeText(bytes.byteLength)}）`)
    .join('、');
}

function Subject({ mail: { subjectType, subjectId } }: { mail: IncomingMailRow }) {
  if (subjectType === null || subjectId === null) return <>不明</>;
  return <a href={subjectPath({ subjectType, subjectId })}>手続きの内容を見る</a>;
}

function Done({ page: { mail, names } }: { page: IncomingMailPage }) {
  return (
    <section class="panel" role="status">
      <h2>確認済み</h2>
      <Facts
        facts={[
          { label: '確認した人', value: mail.handledBy === null ? '' : actorName(mail.handledBy, names) },
          { label: '日時', value: mail.handledAt === null ? '' : instantText(mail.handledAt) },
          { label: '対応', value: mail.note },
        ]}
      />
    </section>
  );
}

function Forms({ page }: { page: IncomingMailPage }) {
  const { mail, sentMails, draft, newId } = page;
  const field = typedFields(draft);
  const hidden = (
    <>
      <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
    </>
  );
  return (
    <>
      {sentMails.length === 0 ? null : (
        <section class="panel">
          <h2>このメールが返ってきた</h2>
          <form method="post" action={`/staff/incoming-mails/${mail.id}/bounce`} novalidate>
            {hidden}
            <ChoiceField
              name="mailId"
              label="返ってきたメール"
              required
              value={draft?.values.mailId ?? ''}
              error={errorFor(draft?.errors ?? [], 'mailId')}
              choices={sentMails.map(({ id, subjectLine, businessAt }) => ({
                value: id,
                label: `${subjectLine}（${instantText(businessAt)}）`,
              }))}
            />
            <button class="button button-primary" type="submit">
              不達として記録する
            </button>
          </form>
        </section>
      )}
      <section class="panel">
        <h2>確認を終える</h2>
        <p class="hint">解約の申請などの手続きは、契約の画面で入力してから、ここで確認を終えてください。</p>
        <form method="post" action={`/staff/incoming-mails/${mail.id}/done`} novalidate>
          {hidden}
          <TextAreaField {...field('reason')} label="対応した内容" required rows={3} />
          <button class="button button-secondary" type="submit">
            確認済みにする
          </button>
        </form>
      </section>
    </>
  );
}
