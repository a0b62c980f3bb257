import { ChoiceField, SelectField, TextAreaField, typedFields } from '../../components/field.tsx';
import { REASON_LABELS, type ReasonCode } from '../../reasons.ts';
import type { RecordPage } from '../applications/record-page.tsx';

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
  const draft = page.draft?.form === form ? page.draft : null;
  const field = typedFields(draft, form);
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={draft?.values.commandId ?? page.newId()} />
      <input type="hidden" name="taskId" value={taskId} />
      <ChoiceField
        {...field('verdict')}
        label="判断"
        required
        choices={verdicts.map(({ value, label }) => ({ value, label }))}
      />
      <SelectField
        {...field('reasonCode')}
        label="理由の区分"
        required
        groups={verdicts.map(({ label, reasons }) => ({
          label,
          choices: reasons.map((code) => ({ value: code, label: REASON_LABELS[code] })),
        }))}
      />
      <TextAreaField {...field('reason')} label="理由" required rows={3} hint={reasonHint} />
      <button class="button button-primary" type="submit">
        {submit}
      </button>
    </form>
  );
}
