import type { BillingContactRow } from '../../../db/queries/contact/billing.ts';
import type { ContactChangeRow } from '../../../db/queries/contact/changes.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import { CONTACT_LABELS, type Contact, type ContactField } from '../../../domain/contact/contact.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextAreaField, TextField, type TypedForm, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { accessOfSecond } from '../desk/access.ts';
import { SecondPersonForm } from '../desk/second-person-form.tsx';
import { hasRole, MAY } from '../rights.ts';

export interface BillingContactsPage {
  frame: ReturnType<typeof frame>;
  /** Of the page and its forms. */
  path: string;
  party: { name: string; href: string; isPartner: boolean };
  contacts: readonly BillingContactRow[];
  waiting: ContactChangeRow | null;
  task: TaskRow | null;
  names: ReadonlyMap<string, string>;
  /** The form that came back, by the contact that it is about. */
  draft: { contactId: string; typed: TypedForm } | null;
  newId: () => string;
}

/** Whom invoices of a customer or partner are mailed to, and changing that (第6条2項・第12条2項). */
export function billingContactsPage(page: BillingContactsPage) {
  const { party, contacts, waiting, draft } = page;
  const may = hasRole(page.frame.signedIn.staff, MAY.changeBillingContacts) && waiting === null;
  return staffPage({
    ...page.frame,
    title: '請求書の送付先',
    hasErrors: (draft?.typed.errors.length ?? 0) > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={party.href}>{party.name}</a>
        </p>
        <h1>請求書の送付先</h1>
        <p class="lead">
          {party.isPartner
            ? 'このパートナーに送る請求書・精算書のメールの宛先です。登録がないと、書類は送られません。'
            : '請求書のメールの宛先です。何件でも登録でき、全員に送ります。登録がないときは、契約の連絡先に送ります。'}
        </p>
        <ErrorSummary errors={draft?.typed.errors ?? []} />
        {waiting === null ? null : <Waiting page={page} change={waiting} />}
        {contacts.length === 0 ? <p class="empty">送付先の登録はありません。</p> : null}
        {contacts.map((contact) => (
          <section class="panel">
            <h2>{contact.name}</h2>
            <Facts
              facts={[
                { label: CONTACT_LABELS.email, value: contact.email },
                { label: CONTACT_LABELS.phone, value: contact.phone },
              ]}
            />
            {may ? <ContactForm page={page} contactId={contact.id} before={contact} /> : null}
          </section>
        ))}
        {may ? <ContactForm page={page} contactId="new" before={null} /> : null}
      </div>
    ),
  });
}

/** What waits for the second person, with what is there now. */
function Waiting({ page, change }: { page: BillingContactsPage; change: ContactChangeRow }) {
  const { frame, contacts, names, path, newId } = page;
  const { staff, csrfToken } = frame.signedIn;
  const before = contacts.find(({ id }) => id === change.billingContactId) ?? null;
  const access = accessOfSecond(page.task, { kind: 'contactChange', enteredBy: change.enteredBy }, staff);
  const after = (field: ContactField) =>
    before !== null && before[field] !== change[field]
      ? `${before[field]} → ${change[field]}`
      : change[field];
  return (
    <section class="panel panel-strong">
      <h2>
        {change.removes ? '確認を待っている取りやめ' : `確認を待っている${before === null ? '追加' : '変更'}`}
      </h2>
      <Facts
        facts={(['name', 'email', 'phone'] as const).map((field) => ({
          label: CONTACT_LABELS[field],
          value: after(field),
        }))}
      />
      <p class="lines">
        {actorName(change.enteredBy, names)}・{instantText(change.createdAt)}
        {'\n'}
        {change.reason}
      </p>
      {!change.needsSecond ? (
        <p class="hint">登録しています。少し待ってから画面を読み込み直してください。</p>
      ) : !access.may ? (
        <p class="hint">{access.why}それまでは、いまの送付先に送ります。</p>
      ) : (
        <SecondPersonForm
          action={`${path}/${change.id}/decision`}
          csrfToken={csrfToken}
          commandId={newId()}
          taskId={access.task.id}
        >
          請求書は秘密情報を含みます。申し出が本人からであることを、登録済みの連絡先で確かめてから確認してください。
        </SecondPersonForm>
      )}
    </section>
  );
}

function ContactForm(props: { page: BillingContactsPage; contactId: string; before: Contact | null }) {
  const { page, contactId, before } = props;
  const draft = page.draft?.contactId === contactId ? page.draft.typed : null;
  const typed = draft ?? { values: { ...before }, errors: [] };
  const fields = typedFields(typed, contactId);
  const field = (name: ContactField) => ({ ...fields(name), label: CONTACT_LABELS[name], required: true });
  return (
    <details class={before === null ? 'panel' : ''} open={draft !== null}>
      <summary>{before === null ? '送付先を追加する' : '変更する・取りやめる'}</summary>
      <form method="post" action={page.path} novalidate>
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? page.newId()} />
        <input type="hidden" name="contactId" value={contactId} />
        <TextField {...field('name')} width="medium" />
        <TextField {...field('kana')} width="medium" />
        <TextField {...field('email')} inputmode="email" />
        <TextField {...field('phone')} inputmode="tel" width="medium" />
        <TextAreaField
          {...fields('reason')}
          label="誰から、いつ、どのように申し出があったか"
          required
          rows={3}
          hint="社内だけに残ります。別の担当者（承認者）が確認すると登録され、登録された連絡先にお知らせします。"
        />
        <p class="actions">
          <button class="button button-primary" type="submit" name="act" value="set">
            {before === null ? '追加を登録する' : '変更を登録する'}
          </button>
          {before === null ? null : (
            <button class="button button-danger" type="submit" name="act" value="remove">
              この送付先を取りやめる
            </button>
          )}
        </p>
      </form>
    </details>
  );
}
