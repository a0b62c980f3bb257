import type { Child } from 'hono/jsx';
import { ChoiceField, SelectField, TextAreaField, typedFields } from '../../components/field.tsx';
import { REASON_LABELS, type ReasonCode } from '../../reasons.ts';
import type { frame } from '../console.ts';
import type { Access } from './access.ts';
import type { Draft } from './draft.ts';

export interface DecisionFormProps {
  page: { frame: ReturnType<typeof frame>; draft: Draft | null; newId: () => string };
  /** Which draft is this form's; prefix of its fields. */
  form: string;
  action: string;
  taskId: string;
  /** Without reason codes the words alone are asked for. */
  verdicts: readonly { value: string; label: string; reasons?: readonly ReasonCode[] }[];
  reasonHint?: string;
  submit?: string;
  /** What the form hands back unseen: the figures it was made for. */
  hidden?: Readonly<Record<string, string>>;
}

/** Verdict, reason code and words: the one form in which staff decide. */
export function DecisionForm(props: DecisionFormProps) {
  const { page, form, action, taskId, verdicts, submit = '判断を確定する', hidden = {} } = props;
  const { reasonHint = '何を確かめてそう判断したかを書いてください。社内だけに残ります。' } = props;
  const draft = page.draft?.form === form ? page.draft : null;
  const field = typedFields(draft, form);
  const groups = verdicts.flatMap(({ label, reasons = [] }) =>
    reasons.length === 0
      ? []
      : [{ label, choices: reasons.map((code) => ({ value: code, label: REASON_LABELS[code] })) }],
  );
  const carried = {
    csrf: page.frame.signedIn.csrfToken,
    commandId: draft?.values.commandId ?? page.newId(),
    taskId,
    ...hidden,
  };
  return (
    <form method="post" action={action} novalidate>
      {Object.entries(carried).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <ChoiceField
        {...field('verdict')}
        label="判断"
        required
        choices={verdicts.map(({ value, label }) => ({ value, label }))}
      />
      {groups.length === 0 ? null : (
        <SelectField {...field('reasonCode')} label="理由の区分" required groups={groups} />
      )}
      <TextAreaField {...field('reason')} label="理由" required rows={3} hint={reasonHint} />
      <button class="button button-primary" type="submit">
        {submit}
      </button>
    </form>
  );
}

/** The open decision: its form for whoever may take it, in words why not for everybody else. */
export function DecisionPanel(props: {
  access: Access;
  heading: Child;
  /** Heading where there is no form. */
  quiet?: Child;
  level?: 2 | 3;
  id?: string;
  children: Child;
}) {
  const { access, heading, quiet = heading, level = 2, id = 'decide', children } = props;
  const Heading = level === 2 ? 'h2' : 'h3';
  return access.may ? (
    <section class="panel panel-strong" id={id}>
      <Heading>{heading}</Heading>
      {children}
    </section>
  ) : (
    <section class="panel panel-quiet" id={id}>
      <Heading>{quiet}</Heading>
      <p>{access.why}</p>
    </section>
  );
}
