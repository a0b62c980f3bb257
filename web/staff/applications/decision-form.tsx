import { errorFor } from '../../components/errors.tsx';
import { ChoiceField, SelectField, TextAreaField } from '../../components/field.tsx';
import { REASON_LABELS, type ReasonCode } from '../../reasons.ts';
import type { Draft, RecordPage } from './record-page.tsx';

/** Verdict, reason code and words: the same for review, approval and findings. */
export function DecisionForm(props: {
  page: Pick<RecordPage, 'frame' | 'draft' | 'newId'>;
  /** Which draft is this form's. */
  form: string;
  action: string;
  taskId: string;
  verdicts: readonly { value: string; label: string; reasons: readonly ReasonCode[] }[];
  reasonHint: string;
  submit: string;
}) {
  const { page, form, action, taskId, verdicts, reasonHint, submit } = props;
  const draft: Draft = page.draft?.form === form ? page.draft : { form, values: {}, errors: [] };
  const { values, errors } = draft;
  const id = (field: string) => `${form}-${field}`;
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={values.commandId ?? page.newId()} />
      <input type="hidden" name="taskId" value={taskId} />
      <ChoiceField
        id={id('verdict')}
        name="verdict"
        label="判断"
        required
        value={values.verdict ?? ''}
        error={errorFor(errors, id('verdict'))}
        choices={verdicts.map(({ value, label }) => ({ value, label }))}
      />
      <SelectField
        id={id('reasonCode')}
        name="reasonCode"
        label="理由の区分"
        required
        value={values.reasonCode ?? ''}
        error={errorFor(errors, id('reasonCode'))}
        groups={verdicts.map(({ label, reasons }) => ({
          label,
          choices: reasons.map((code) => ({ value: code, label: REASON_LABELS[code] })),
        }))}
      />
      <TextAreaField
        id={id('reason')}
        name="reason"
        label="理由"
        required
        rows={3}
        hint={reasonHint}
        value={values.reason ?? ''}
        error={errorFor(errors, id('reason'))}
      />
      <button class="button button-primary" type="submit">
        {submit}
      </button>
    </form>
  );
}
