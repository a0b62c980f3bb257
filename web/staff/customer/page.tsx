import type { CustomerChangeRow } from '../../../db/queries/customer/changes.ts';
import type { RegisteredCustomer } from '../../../db/queries/customer/registered.ts';
import { FIELD_LABELS } from '../../../domain/application/application-input.ts';
import { type CustomerField, fieldNames, isCustomerField } from '../../../domain/corporation/customer.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { FileField, TextAreaField, TextField, type TypedForm, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { Attached } from '../contract/requests/form-page.tsx';
import { accessOfSecond, type OpenTask } from '../desk/access.ts';
import { SecondPersonForm } from '../desk/second-person-form.tsx';
import type { Uploads } from '../desk/upload.ts';
import { hasRole, MAY } from '../rights.ts';

export interface CustomerPage {
  frame: ReturnType<typeof frame>;
  contractId: string;
  registered: RegisteredCustomer;
  /** Newest first. */
  changes: readonly CustomerChangeRow[];
  names: ReadonlyMap<string, string>;
  /** The second person's task on the change that waits. */
  task: OpenTask | null;
  /** What was typed, when it had errors, and the evidence that came with it. */
  draft: TypedForm | null;
  uploads: Uploads;
  sealedUploads: string;
  newId: () => string;
}

/** Name, address and representative as registered, a change that waits, the form for one, and what was before. */
export function customerPage(page: CustomerPage) {
  const { contractId, registered, changes, names, draft } = page;
  const { values } = registered;
  const waiting = changes.find(({ status }) => status === 'waiting');
  const decided = changes.filter(({ status }) => status !== 'waiting');
  return staffPage({
    ...page.frame,
    title: `${values.companyName}の会社名・所在地・代表者`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{values.companyName}</a>
        </p>
        <h1>会社名・所在地・代表者</h1>
        <p class="lead">
          契約証書に記載する内容です。変更が確定すると、このお客様のすべての契約について、反社・競合チェックをもう一度行い、新しい版の契約証書を発行し、登録された連絡先にお知らせします（第5条1項・第10条2項③）。印刷できない文字のために発行が止まっている契約証書は、変更が確定した後で担当タスクから再試行してください。
        </p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <section class="panel">
          <h2>現在の登録</h2>
          <Facts
            facts={[
              { label: FIELD_LABELS.companyName, value: values.companyName },
              { label: FIELD_LABELS.companyKana, value: values.companyKana },
              { label: FIELD_LABELS.address, value: `〒${values.postalCode} ${values.address}` },
              { label: FIELD_LABELS.phone, value: values.phone },
              {
                label: FIELD_LABELS.representativeName,
                value: `${values.representativeName}（${values.representativeKana}）`,
              },
            ]}
          />
        </section>
        {waiting === undefined ? <ChangeForm page={page} /> : <Waiting page={page} change={waiting} />}
        <section>
          <h2>これまでの変更</h2>
          <Table
            caption="会社名・所在地・代表者の変更の記録"
            rows={decided}
            empty="変更はありません。"
            columns={[
              { head: '変更した項目', cell: ({ fields }) => fieldNames(fields) },
              { head: '変更前', cell: (change) => <Values change={change} side="before" /> },
              { head: '変更後', cell: (change) => <Values change={change} side="after" /> },
              { head: '結果', cell: ({ status }) => <StatusBadge kind="customerChange" value={status} /> },
              { head: '理由', cell: ({ reason }) => <span class="lines">{reason}</span> },
              {
                head: '入力・確定',
                cell: ({ enteredBy, decidedBy, decidedAt }) => (
                  <>
                    {actorName(enteredBy, names)}
                    {decidedBy === null ? null : <small class="under">{actorName(decidedBy, names)}</small>}
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

function Values({ change, side }: { change: CustomerChangeRow; side: 'before' | 'after' }) {
  return (
    <span class="lines">
      {change.fields
        .filter(isCustomerField)
        .map((field) => change[side][field])
        .join('\n')}
    </span>
  );
}

/** What a second person is asked, with the values before and after side by side and the evidence. */
function Waiting({ page, change }: { page: CustomerPage; change: CustomerChangeRow }) {
  const { frame, names, newId, contractId } = page;
  const { staff, csrfToken } = frame.signedIn;
  const base = `/staff/contracts/${change.contractId}/customer/${change.id}`;
  const access = accessOfSecond(page.task, { kind: 'customerChange', enteredBy: change.enteredBy }, staff);
  return (
    <section class="panel panel-strong">
      <h2>確認を待っている変更</h2>
      <Table<CustomerField>
        caption="変更の内容"
        rows={change.fields.filter(isCustomerField)}
        empty=""
        columns={[
          { head: '項目', cell: (field) => FIELD_LABELS[field] },
          { head: '変更前', cell: (field) => change.before[field] },
          { head: '変更後', cell: (field) => change.after[field] },
        ]}
      />
      <p class="lines">
        {actorName(change.enteredBy, names)}・{instantText(change.createdAt)}
        {'\n'}
        {change.reason}
      </p>
      {change.storageKey === null || !hasRole(staff, MAY.downloadOriginal) ? null : (
        <p>
          <a href={`${base}/evidence`}>届出の証拠を開く</a>
        </p>
      )}
      {change.contractId !== contractId ? (
        <p class="hint">
          <a href={`/staff/contracts/${change.contractId}/customer`}>この変更を入力した契約</a>
          で確認します。
        </p>
      ) : !access.may ? (
        <p class="hint">{access.why}それまでは現在の登録のままです。</p>
      ) : (
        <SecondPersonForm
          action={`${base}/decision`}
          csrfToken={csrfToken}
          commandId={newId()}
          taskId={access.task.id}
        >
          登記事項証明書などの証拠と、変更後の内容が一致することを確かめてから確認してください。
        </SecondPersonForm>
      )}
    </section>
  );
}

function ChangeForm({ page }: { page: CustomerPage }) {
  const { frame, contractId, registered, draft, uploads, sealedUploads, newId } = page;
  const { staff, csrfToken } = frame.signedIn;
  if (!hasRole(staff, MAY.changeContact) || !registered.live) return null;
  const typed = typedFields({
    values: { ...registered.values, ...draft?.values },
    errors: draft?.errors ?? [],
  });
  const field = (name: CustomerField) => ({ ...typed(name), label: FIELD_LABELS[name], required: true });
  return (
    <section class="panel">
      <h2>変更を登録する</h2>
      <form
        method="post"
        action={`/staff/contracts/${contractId}/customer`}
        enctype="multipart/form-data"
        novalidate
      >
        <input type="hidden" name="csrf" value={csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
        <input type="hidden" name="uploads" value={sealedUploads} />
        <TextField {...field('companyName')} />
        <TextField {...field('companyKana')} />
        <TextField {...field('postalCode')} width="short" inputmode="numeric" />
        <TextField {...field('address')} />
        <TextField {...field('phone')} width="medium" inputmode="tel" />
        <TextField {...field('representativeName')} width="medium" />
        <TextField {...field('representativeKana')} width="medium" />
        <FileField
          {...typed('evidence')}
          label="届出の証拠"
          required
          hint={
            <>
              登記事項証明書など。PDF、PNG、JPEG、TIFF、またはEメールのファイル（.eml）。10MBまで。
              <Attached uploads={uploads} />
            </>
          }
          accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.eml"
        />
        <TextAreaField
          {...typed('reason')}
          label="誰から、いつ、どのように届出があったか"
          required
          rows={3}
          hint="社内だけに残ります。別の担当者（承認者）が確認するまで、登録は変わりません。"
        />
        <button class="button button-primary" type="submit">
          変更を登録する
        </button>
      </form>
    </section>
  );
}
