import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { findCommand } from '../../../db/queries/command/record.ts';
import { dropDrafts } from '../../../db/queries/decision/draft.ts';
import {
  findDecision,
  lastDecision,
  type NewDecision,
  recordDecision,
} from '../../../db/queries/decision/record.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import type { Answer, Refusal } from '../../../domain/base/answers.ts';
import type { Subject } from '../../../domain/desk/subjects.ts';
import type { Write } from '../../../gateway/outbox.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, refusalStatus, requireAccepted, withClause } from '../../http/answer.ts';
import type { Form } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { sayNext } from '../../http/said.ts';
import type { ReasonCode } from '../../reasons.ts';
import { frame } from '../console.ts';
import { type OpenTask, refusalFor } from './access.ts';
import { type ComingMail, showComingMail } from './coming-mail.tsx';
import { conflictPage } from './conflict.tsx';
import type { Draft } from './draft.ts';
import { STEP } from './step.ts';
import { commandIdOf, readVerdict, type Verdict } from './verdict.ts';

/** What a decision's command carries. */
export interface DecisionCommand<V extends string> {
  commandId: string;
  actor: { kind: 'staff'; id: string };
  decisionId: string;
  taskId: string;
  verdict: V;
}

export interface DecisionSpec<V extends string> {
  subject: Subject;
  /** Where the newest state of the subject is seen. */
  link: { href: string; label: string };
  /** The word for the state that the subject is in. */
  state?: string;
  /** Where a decision that was taken leads; to `link` unless given. */
  after?: string;
  /** The open task that is decided, null where there is none; absent where the decision answers no task. */
  task?: OpenTask | null;
  /** Prefix of the form's fields on its page. */
  form: string;
  /** The verdicts that are open, with the reason codes that suit each; none where the words alone are asked for. */
  verdicts: Readonly<Partial<Record<V, readonly ReasonCode[]>>>;
  /** Verdicts that need no words. */
  wordless?: readonly V[];
  /** The verdict of a form that offers no choice. */
  implied?: V;
  /** What is noted for verdicts without codes to choose from. */
  code?: string;
  stage: NewDecision['stage'];
  clause: string;
  /** The mail that a verdict sends, where it sends one; only for whoever may read it. */
  mail?: (verdict: V) => ComingMail;
  /** Called before such a mail is shown, to note the look at it. */
  looked?: () => Promise<unknown>;
  /** What is wrong with the form's other fields. */
  errors?: (verdict: V) => FieldError[];
  /** The field beside which a rule's refusal is told; the verdict's unless given. */
  fieldOf?: (verdict: V) => string;
  /** Why the form is out of date in another way. */
  check?: (verdict: V) => string | null;
  /** Hands the decision to its workflow, which writes it with `write` in the same transaction. */
  send: (command: DecisionCommand<V>, write: Write) => Promise<Answer>;
  /** The page with the form again. */
  again: (draft: Draft, status: 200 | 409 | 422) => Response | Promise<Response>;
}

/**
 * The one way in which a member of staff decides (docs/decisions/012): the same form sent again by the same person answers
 * as the first time; the desk's rule says who may; verdict, reason and words are read; decision and command are stored
 * together, sent, and noted as answered. Whoever comes too late sees who decided what, and keeps what they typed.
 */
export async function takeDecision<V extends string>(
  c: Context<WebEnv>,
  deps: WebDependencies,
  form: Form,
  spec: DecisionSpec<V>,
): Promise<Response> {
  const { staff } = c.get('signedIn');
  const { link, after: done = link.href } = spec;
  const commandId = commandIdOf(form);
  const earlier = await findCommand(deps.db, commandId);
  if (earlier !== null) {
    if (!(await isRepeat(deps, commandId, form, spec, staff.id))) return tooLate(c, deps, form, spec, null);
    requireAccepted(await answerWithin(deps.outbox.resume(earlier), deps.limits.answerMs), link);
    return c.redirect(done, 303);
  }
  if (spec.task !== undefined) {
    const refusal = refusalFor(spec.task, staff, form.text('taskId'));
    if (refusal?.code === 'stale') return tooLate(c, deps, form, spec, null);
    if (refusal !== null) throw new Problem(403, { message: refusal.message, link });
  }
  if (form.text(STEP) === 'edit')
    return spec.again({ form: spec.form, values: form.texts(), errors: [] }, 200);
  const read = readVerdict(form, spec.form, spec.verdicts, spec);
  const again = (errors: Draft['errors'], status: 409 | 422, values = form.texts()) =>
    spec.again({ form: spec.form, values, errors }, status);
  if ('errors' in read) return again(read.errors, 422);
  const others = spec.errors?.(read.verdict) ?? [];
  if (others.length > 0) return again(others, 422);
  const outdated = spec.check?.(read.verdict) ?? null;
  if (outdated !== null) return again([{ field: `${spec.form}-verdict`, message: outdated }], 409);
  if (spec.mail !== undefined && form.text(STEP) === 'mail') {
    const mail = spec.mail(read.verdict);
    if (mail !== null) await spec.looked?.();
    return showComingMail(c, deps, {
      form,
      mail,
      submit: '判断を確定する',
      recipient: spec.looked === undefined,
    });
  }
  const answer = await store(deps, staff.id, commandId, spec, read);
  if (answer.ok) {
    sayNext(c, 'decided');
    return c.redirect(done, 303);
  }
  const status = refusalStatus(answer);
  if (status === 409) return tooLate(c, deps, form, spec, answer);
  if (status !== 422) requireAccepted(answer, link);
  const field = spec.fieldOf?.(read.verdict) ?? `${spec.form}-verdict`;
  const error = { field, message: withClause(answer) };
  return again([error], 422, { ...form.texts(), commandId: randomUUID() });
}

/** The same person sent the same form again: not another verdict, subject or task under the id that it used. */
async function isRepeat<V extends string>(
  { db }: WebDependencies,
  commandId: string,
  form: Form,
  { subject, task, implied }: DecisionSpec<V>,
  staffId: string,
): Promise<boolean> {
  const earlier = await findDecision(db, commandId);
  return (
    earlier?.staffId === staffId &&
    earlier.subjectId === subject.subjectId &&
    earlier.verdict === (implied ?? form.text('verdict')) &&
    (task === undefined || earlier.taskId === form.text('taskId'))
  );
}

/** Decision and command in one transaction, then the workflow's answer. */
async function store<V extends string>(
  deps: WebDependencies,
  staffId: string,
  commandId: string,
  spec: DecisionSpec<V>,
  read: Verdict<V>,
): Promise<Answer> {
  const { subject, stage, clause } = spec;
  const decisionId = randomUUID();
  const actor = { kind: 'staff' as const, id: staffId };
  const taskId = spec.task?.id ?? null;
  const decision = { id: decisionId, commandId, ...subject, taskId, stage, clause, staffId, ...read };
  const command = { commandId, actor, decisionId, taskId: taskId ?? '', verdict: read.verdict };
  const sent = spec.send(command, async (tx) => {
    await recordDecision(tx, decision);
    if (taskId !== null) await dropDrafts(tx, taskId);
  });
  return answerWithin(sent, deps.limits.answerMs);
}

/** Somebody else was faster: who, what and when, and what this person had typed. */
async function tooLate<V extends string>(
  c: Context<WebEnv>,
  deps: WebDependencies,
  form: Form,
  { subject, link, stage, state, form: prefix }: DecisionSpec<V>,
  refusal: Refusal | null,
): Promise<Response> {
  const [last, names] = await Promise.all([lastDecision(deps.db, subject), staffNames(deps.db)]);
  const page = {
    frame: frame(c, deps, null),
    last,
    names,
    link,
    refusal,
    state: state ?? null,
    stage,
    typed: form.texts(),
    prefix,
  };
  return c.html(conflictPage(page), 409);
}
