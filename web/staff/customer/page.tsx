import type { RegisteredCustomer } from '../../../db/queries/customer/correct.ts';
import { FIELD_LABELS } from '../../../domain/application/application-input.ts';
import { CORRECTION_REASONS, CUSTOMER_FIELDS } from '../../../domain/corporation/customer-entry.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import {
  ChoiceField,
  choicesOf,
  KeptFileField,
  TextField,
  type TypedForm,
  typedFields,
} from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';
import type { Upload } from '../desk/upload.ts';
import { hasRole, MAY } from '../rights.ts';

export interface CustomerPage {
  frame: ReturnType<typeof frame>;
  contractId: string;
  registered: RegisteredCustomer;
  /** What was typed, when it had errors. */
  draft: TypedForm | null;
  /** A file that an earlier attempt has stored. */
  kept: { upload: Upload; sealed: string } | null;
  newId: () => string;
}

/** What is registered of a customer, and the form that changes it with evidence (第5条1項). */
export function customerPage(page: CustomerPage) {
  const { contractId, registered, draft } = page;
  const { entry, contracts } = registered;
  return staffPage({
    ...page.frame,
    title: `${entry.companyName}の登録内容`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{entry.companyName}</a>
        </p>
        <h1>契約者の登録内容</h1>
        <p class="lead">
          契約証書に記載する会社名と所在地です。変更すると、この法人の契約
          {contracts.length > 1 ? `${contracts.length}件すべて` : ''}
          に反映し、反社・競合チェックをもう一度行います。発行が止まっている契約証書は、変更の後で担当タスクから再試行してください。
        </p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <section class="panel">
          <h2>現在の登録内容</h2>
          <Facts
            facts={CUSTOMER_FIELDS.map((field) => ({ label: FIELD_LABELS[field], value: entry[field] }))}
          />
        </section>
        <CorrectionForm page={page} />
      </>
    ),
  });
}

function CorrectionForm({ page }: { page: CustomerPage }) {
  const { frame, contractId, registered, draft, kept, newId } = page;
  const { staff, csrfToken } = frame.signedIn;
  if (!hasRole(staff, MAY.changeContact) || !registered.live) return null;
  const field = typedFields({
    values: { ...registered.entry, ...draft?.values },
    errors: draft?.errors ?? [],
  });
  return (
    <section class="panel">
      <h2>登録内容を変更する</h2>
      <form
        method="post"
        action={`/staff/contracts/${contractId}/customer`}
        enctype="multipart/form-data"
        novalidate
      >
        <input type="hidden" name="csrf" value={csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
        {CUSTOMER_FIELDS.map((name) => (
          <TextField {...field(name)} label={FIELD_LABELS[name]} required />
        ))}
        <ChoiceField
          {...field('reason')}
          label="変更の理由"
          required
          choices={choicesOf(CORRECTION_REASONS)}
        />
        <KeptFileField
          {...field('evidence')}
          label="確認した書類"
          hint="登記事項証明書、お客様からの届出など。PDF、PNG、JPEG、TIFF、またはメールのファイル（.eml）。10MBまで。"
          accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.eml"
          kept={kept === null ? null : { sealed: kept.sealed, fileName: kept.upload.fileName }}
        />
        <button class="button button-primary" type="submit">
          変更を登録する
        </button>
      </form>
    </section>
  );
}
