import type { Child } from 'hono/jsx';
import { ChoiceField, SelectField, TextAreaField, typedFields } from '../../components/field.tsx';
import { instantText } from '../../format.ts';
import { REASON_LABELS, type ReasonCode } from '../../reasons.ts';
import type { frame } from '../console.ts';
import type { Access } from './access.ts';
import type { Draft } from './draft.ts';
import { DRAFT_FORM, DRAFTS_PATH } from './draft-path.ts';
import { STEP } from './step.ts';

export interface DecisionFormProps {
  page: { frame: ReturnType<typeof frame>; draft: Draft | null; newId: () => string };
  /** The decision that the page is about: the keys of the console serve it. */
  main?: boolean;
  /** Which draft is this form's; prefix of its fields. */
  form: string;
  action: string;
  taskId: string;
  /** Without reason codes the words alone are asked for. */
  verdicts: readonly { value: string; label: string; reasons?: readonly ReasonCode[] }[];
  reasonHint?: string;
  submit?: string;
  /** Some of the verdicts send a mail: it can be read before. */
  mails?: boolean;
  /** What the form hands back unseen: the figures it was made for. */
  hidden?: Readonly<Record<string, string>>;
}

/** Verdict, reason code and words: the one form in which staff decide. What was typed before and not sent is there again. */
export async function DecisionForm(props: DecisionFormProps) {
  const { page, main, form, action, taskId, verdicts, submit = '判断を確定する', hidden = {} } = props;
  const { mails = false } = props;
  const { reasonHint = '何を確かめてそう判断したかを書いてください。社内だけに残ります。' } = props;
  const returned = page.draft?.form === form ? page.draft : null;
  // Without a task nothing is asked of anybody yet, and nothing is kept.
  const keeps = taskId !== '';
  const found = returned === null && keeps ? await page.frame.savedDraft(taskId) : null;
  const saved = found?.values[DRAFT_FORM] === form ? found : null;
  const typed = returned ?? (saved === null ? null : { values: saved.values, errors: [] });
  const field = typedFields(typed, form);
  const groups = verdicts.flatMap(({ label, reasons = [] }) =>
    reasons.length === 0
      ? []
      : [{ label, choices: reasons.map((code) => ({ value: code, label: REASON_LABELS[code] })) }],
  );
  const carried = {
    csrf: page.frame.signedIn.csrfToken,
    commandId: returned?.values.commandId ?? page.newId(),
    taskId,
    [DRAFT_FORM]: form,
    ...hidden,
  };
  return (
    <form
      class="decision"
      method="post"
      action={action}
      data-draft={keeps ? DRAFTS_PATH : undefined}
      data-decision={main ? '' : undefined}
      novalidate
    >
      {Object.entries(carried).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {saved === null ? null : (
        <p class="notice">{instantText(saved.savedAt)}に保存した下書きを表示しています。</p>
      )}
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
      <div class="file-actions">
        <button class="button button-primary" type="submit">
          {submit}
        </button>{' '}
        {mails ? <SeeMail /> : null}
        {keeps ? <SaveDraft /> : null}
      </div>
    </form>
  );
}

/** The mail as it will leave, before it leaves. */
export function SeeMail() {
  return (
    <>
      <button class="button button-secondary" type="submit" name={STEP} value="mail">
        送るメールを確認する
      </button>{' '}
    </>
  );
}

function SaveDraft() {
  return (
    <>
      <button class="button button-quiet" type="submit" formaction={DRAFTS_PATH}>
        下書きを保存する
      </button>{' '}
      <span
        class="hint"
        role="status"
        data-draft-said
        data-saved="下書きを保存しました。"
        data-failed="下書きを保存できませんでした。"
      />
    </>
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
