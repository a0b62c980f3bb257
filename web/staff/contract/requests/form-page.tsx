import type { Refusal } from '../../../../domain/base/answers.ts';
import { formatInstantJa } from '../../../../domain/calendar/civil-date.ts';
import type { RequestKind } from '../../../../domain/period/contract.ts';
import { Section } from '../../../application-form/fields.tsx';
import type { FormValues } from '../../../application-form/values.ts';
import { ErrorSummary, type FieldError } from '../../../components/errors.tsx';
import { ChoiceField, FileField, TextAreaField, TextField, typedFields } from '../../../components/field.tsx';
import { staffPage } from '../../../components/layout.tsx';
import { Steps } from '../../../components/steps.tsx';
import { sizeText } from '../../../format.ts';
import { CHANNEL_LABELS } from '../../../glossary.ts';
import type { frame } from '../../console.ts';
import type { Uploads } from '../../desk/upload.ts';
import type { ContractView } from '../view.ts';
import { ChangeFields, ConsentField, TerminationFields, WishField } from './subject-fields.tsx';
import { ARRIVAL_LABELS, CHANNELS_OF, REQUEST_FORMS } from './words.ts';

export interface RequestForm {
  frame: ReturnType<typeof frame>;
  view: ContractView;
  kind: RequestKind;
  commandId: string;
  values: FormValues;
  errors: readonly FieldError[];
  /** The original that an earlier attempt of the form brought; an e-mail comes first, its attachments are inside. */
  uploads: Uploads;
  /** The same as the hidden field carries it. */
  sealedUploads: string;
  /** The contract refused the request, which is on record: why, and where. */
  refused: { refusal: Refusal; requestId: string } | null;
}

const NOTE_LABELS: Record<RequestKind, { label: string; required: boolean; hint: string }> = {
  change: { label: '備考', required: false, hint: '社内だけに残ります。' },
  cancellation: { label: '備考', required: false, hint: '社内だけに残ります。' },
  cancellationWithdrawal: { label: '同意する理由', required: true, hint: '社内だけに残ります。' },
  termination: {
    label: '証拠',
    required: true,
    hint: 'いつ、何によって事由を確認したかを書いてください。社内だけに残り、確認する担当者が読みます。',
  },
};

/** Typing in a request; the next page shows what it would bring about before anything is written. */
export function requestFormPage(form: RequestForm) {
  const { view, kind, commandId, values, errors, uploads, sealedUploads, refused } = form;
  const { contract, customer } = view.detail;
  const { title, lead } = REQUEST_FORMS[kind];
  const note = NOTE_LABELS[kind];
  const fields = { view, values, errors };
  const field = typedFields(form);
  return staffPage({
    ...form.frame,
    title: `${title}（${customer.name}）`,
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${contract.id}`}>{customer.name}の契約に戻る</a>
        </p>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        <ErrorSummary errors={errors} {...(refused === null ? {} : { first: '受け付けられませんでした' })} />
        {refused === null ? null : <Refused contractId={contract.id} {...refused} />}
        <form
          method="post"
          action={`/staff/contracts/${contract.id}/requests/new/${kind}`}
          enctype="multipart/form-data"
          novalidate
        >
          <input type="hidden" name="csrf" value={form.frame.signedIn.csrfToken} />
          <input type="hidden" name="commandId" value={commandId} />
          <input type="hidden" name="uploads" value={sealedUploads} />
          <input type="hidden" name="step" value="preview" />
          {values.filled === undefined ? null : <input type="hidden" name="filled" value={values.filled} />}
          <ArrivalSection {...form} />
          <Section title="内容">
            {kind === 'change' ? <ChangeFields {...fields} /> : null}
            {kind === 'cancellation' ? <WishField {...fields} /> : null}
            {kind === 'cancellationWithdrawal' ? <ConsentField {...fields} /> : null}
            {kind === 'termination' ? <TerminationFields {...fields} /> : null}
            <TextAreaField
              {...field('note')}
              label={note.label}
              required={note.required}
              rows={3}
              hint={note.hint}
            />
            <FileField
              {...field('scanFile')}
              label={kind === 'termination' ? '証拠の書類' : '届いた書面の原本'}
              required={false}
              hint={
                <>
                  PDF、PNG、JPEG、TIFF、またはEメールのファイル（.eml）。10MBまで。
                  <Attached uploads={uploads} />
                </>
              }
              accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.eml"
            />
          </Section>
          <div class="actions">
            <button class="button button-primary" type="submit">
              結果を確認する
            </button>
            <span class="actions-note">まだ受け付けません。次の画面で結果を確認できます。</span>
          </div>
        </form>
      </div>
    ),
  });
}

function ArrivalSection(form: RequestForm) {
  const { view, kind } = form;
  const field = typedFields(form);
  const words = ARRIVAL_LABELS[kind];
  const moment = (prefix: 'arrived' | 'partnerArrived', day: string, time: string, required: boolean) => (
    <div class="field-row">
      <TextField {...field(`${prefix}On`)} label={day} required={required} type="date" width="medium" />
      <TextField {...field(`${prefix}Time`)} label={time} required={required} type="time" width="short" />
    </div>
  );
  return (
    <Section title="受付">
      <p class="hint">
        契約の現在の日時は{formatInstantJa(view.nowMs)}です。
        {kind === 'change' || kind === 'cancellation'
          ? 'きょうより前の到達は、別の担当者の確認を受けてから効力が生じます。'
          : null}
      </p>
      <ChoiceField
        {...field('channel')}
        label={words.channel}
        required
        choices={CHANNELS_OF[kind].map((value) => ({ value, label: CHANNEL_LABELS[value] }))}
      />
      {moment('arrived', words.day, words.time, true)}
      {kind === 'termination'
        ? null
        : moment('partnerArrived', 'パートナーへの到達日', 'パートナーへの到達時刻', false)}
    </Section>
  );
}

/** What is kept of the original, and in words what was not taken. */
export function Attached({ uploads }: { uploads: Uploads }) {
  const [original] = uploads.kept;
  return (
    <>
      {original === undefined ? null : (
        <b class="under">
          添付済み：{original.fileName}（{sizeText(original.bytes)}）
        </b>
      )}
      {uploads.refused.map((words) => (
        <span class="mark-problem">{words}</span>
      ))}
    </>
  );
}

function Refused(props: { contractId: string; refusal: Refusal; requestId: string }) {
  const { contractId, refusal, requestId } = props;
  return (
    <div class="notice notice-warning">
      <p>
        この申込は「受付不可」として
        <a href={`/staff/contracts/${contractId}/requests/${requestId}`}>記録しました</a>
        。内容を改めるときは、下を直してもう一度入力してください。
      </p>
      {refusal.reasons === undefined ? null : <Steps steps={refusal.reasons} />}
    </div>
  );
}
