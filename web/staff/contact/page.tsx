import type { ContactChangeRow } from '../../../db/queries/contact/changes.ts';
import type { ContactSubject, RegisteredContact } from '../../../db/queries/contact/registered.ts';
import { CONTACT_LABELS, type ContactField } from '../../../domain/contact/contact.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { accessOfSecond, type OpenTask } from '../desk/access.ts';
import { SecondPersonForm } from '../desk/second-person-form.tsx';
import { hasRole, MAY } from '../rights.ts';

export interface ContactPage {
  frame: ReturnType<typeof frame>;
  subject: ContactSubject;
  registered: RegisteredContact;
  /** Newest first. */
  changes: readonly ContactChangeRow[];
  /** The second person's task on the change that waits. */
  task: OpenTask | null;
  names: ReadonlyMap<string, string>;
  /** What was typed, when it had errors. */
  draft: { values: Readonly<Record<string, string>>; errors: readonly FieldError[] } | null;
  newId: () => string;
}

/** The registered contact, a change that waits, the form for one, and what was changed before. */
export function contactPage(page: ContactPage) {
  const { subject, registered, changes, names, draft } = page;
  const waiting = changes.find(({ status }) => status === 'waiting');
  const decided = changes.filter(({ status }) => status !== 'waiting');
  const { contact } = registered;
  return staffPage({
    ...page.frame,
    title: `${registered.companyName}の連絡先`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={subjectPath(subject)}>{registered.companyName}</a>
        </p>
        <h1>登録された連絡先</h1>
        <p class="lead">契約証書などの秘密情報は、ここに登録された連絡先にだけ送ります（第12条2項）。</p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <section class="panel">
          <h2>現在の連絡先</h2>
          <Facts
            facts={[
              { label: CONTACT_LABELS.name, value: contact.name },
              { label: CONTACT_LABELS.kana, value: contact.kana },
              { label: CONTACT_LABELS.email, value: contact.email },
              { label: CONTACT_LABELS.phone, value: contact.phone },
            ]}
          />
        </section>
        {waiting === undefined ? <ChangeForm page={page} /> : <Waiting page={page} change={waiting} />}
        <section>
          <h2>これまでの変更</h2>
          <Table
            caption="連絡先の変更の記録"
            rows={decided}
            empty="変更はありません。"
            columns={[
              { head: '変更した項目', cell: ({ fields }) => fieldNames(fields) },
              { head: '結果', cell: ({ status }) => <StatusBadge kind="contactChange" value={status} /> },
              { head: '理由', cell: ({ reason }) => <span class="lines">{reason}</span> },
              { head: '入力', cell: ({ enteredBy }) => actorName(enteredBy, names) },
              {
                head: '確定',
                cell: ({ decidedBy, decidedAt }) => (
                  <>
                    {decidedBy === null ? '' : actorName(decidedBy, names)}
                    <small class="under">{decidedAt === null ? '' : instantText(decidedAt)}</small>
                  </>
                ),
              },
            ]}
          />
        </section>
      </>
    ),
  });
}

const fieldNames = (fields: readonly string[]): string =>
  fields.map((field) => CONTACT_LABELS[field as ContactField]).join('、');

/** What a second person is asked, with the values before and after side by side. */
function Waiting({ page, change }: { page: ContactPage; change: ContactChangeRow }) {
  const { frame, registered, names, subject, newId } = page;
  const { staff, csrfToken } = frame.signedIn;
  const access = accessOfSecond(page.task, { kind: 'contactChange', enteredBy: change.enteredBy }, staff);
  const rows = change.fields.map((field) => field as ContactField);
  return (
    <section class="panel panel-strong">
      <h2>確認を待っている変更</h2>
      <Table
        caption="変更の内容"
        rows={rows}
        empty=""
        columns={[
          { head: '項目', cell: (field) => CONTACT_LABELS[field] },
          { head: '変更前', cell: (field) => registered.contact[field] },
          { head: '変更後', cell: (field) => change[field] },
        ]}
      />
      <p class="lines">
        {actorName(change.enteredBy, names)}・{instantText(change.createdAt)}
        {'\n'}
        {change.reason}
      </p>
      {!change.needsSecond ? (
        <p class="hint">登録しています。少し待ってから画面を読み込み直してください。</p>
      ) : !access.may ? (
        <p class="hint">{access.why}それまでは現在の連絡先に送ります。</p>
      ) : (
        <SecondPersonForm
          action={`${subjectPath(subject)}/contact/${change.id}/decision`}
          csrfToken={csrfToken}
          commandId={newId()}
          taskId={access.task.id}
        >
          お客様からの申し出であることを、登録済みの電話番号など別の手段で確かめてから確認してください。
        </SecondPersonForm>
      )}
    </section>
  );
}

function ChangeForm({ page }: { page: ContactPage }) {
  const { frame, registered, draft, subject, newId } = page;
  const { staff, csrfToken } = frame.signedIn;
  if (!hasRole(staff, MAY.changeContact)) return null;
  const typed = typedFields({
    values: { ...registered.contact, ...draft?.values },
    errors: draft?.errors ?? [],
  });
  const field = (name: ContactField) => ({ ...typed(name), label: CONTACT_LABELS[name], required: true });
  return (
    <section class="panel">
      <h2>連絡先を変更する</h2>
      <form method="post" action={`${subjectPath(subject)}/contact`} novalidate>
        <input type="hidden" name="csrf" value={csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
        <TextField {...field('name')} width="medium" />
        <TextField {...field('kana')} width="medium" />
        <TextField
          {...field('email')}
          inputmode="email"
          hint="変更すると、別の担当者（承認者）の確認を待ちます。確認されるまでは、現在のアドレスに送ります。"
        />
        <TextField {...field('phone')} inputmode="tel" width="medium" />
        <TextAreaField
          {...typed('reason')}
          label="誰から、いつ、どのように申し出があったか"
          required
          rows={3}
          hint="社内だけに残ります。変更後と変更前の連絡先の両方に、変更したことをお知らせします。"
        />
        <button class="button button-primary" type="submit">
          変更を登録する
        </button>
      </form>
    </section>
  );
}
