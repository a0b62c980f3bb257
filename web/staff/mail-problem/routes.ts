import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { settleByPost } from '../../../db/queries/mail/settle-by-post.ts';
import { type MailProblem, readMailProblem } from '../../../db/queries/read/mail-problem.ts';
import { earlierOf, jstDate } from '../../../domain/calendar/civil-date.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { letterDayProblem } from '../../../domain/notice/notice.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readDay } from '../../http/dates.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { type MailProblemPage, mailProblemPage } from './page.tsx';

/** A mail that was refused or came back: sent again to the registered contact, or a letter instead (第12条2項, 第17条3項). */
export function mailProblemRoutes(app: Routes, deps: WebDependencies): void {
  const { db, delivery, limits } = deps;

  const load = async (c: Context<WebEnv>): Promise<MailProblem> => {
    const problem = await readMailProblem(db, idParam(c, 'taskId'));
    if (problem === null) throw new Problem(404);
    return problem;
  };
  const show = (c: Context<WebEnv>, problem: MailProblem, draft: MailProblemPage['draft']) => {
    const tab = problem.task.subjectType === 'contract' ? 'contracts' : 'applications';
    const page = { frame: frame(c, deps, tab), problem, draft, newId: randomUUID };
    return c.html(mailProblemPage(page), draft === null ? 200 : 422);
  };
  /** The open problem, for whoever the task asks. A task that is done already has had its effect: null. */
  const open = async (c: Context<WebEnv>, form: Form): Promise<MailProblem | null> => {
    requireCsrf(c, form);
    const problem = await load(c);
    return problem.task.status === 'open' ? problem : null;
  };
  const command = (c: Context<WebEnv>, form: Form, { task }: MailProblem) => ({
    commandId: commandIdOf(form),
    taskId: task.id,
    actor: { kind: 'staff' as const, id: c.get('signedIn').staff.id },
  });

  app.get('/staff/mail-problems/:taskId', { right: 'seeMailWork', shows: 'mailProblem' }, async (c) => {
    return show(c, await load(c), null);
  });

  app.post('/staff/mail-problems/:taskId/resend', { right: 'mendMail', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    const problem = await open(c, form);
    const back = c.redirect(`/staff/mail-problems/${idParam(c, 'taskId')}`, 303);
    if (problem === null) return back;
    const { task, remedy } = problem;
    const sent = command(c, form, problem);
    if (remedy === 'postOnly') throw new Problem(409, linkTo(problem));
    if (remedy === 'resend') {
      await answerWithin(delivery.resend({ taskId: task.id, staffId: sent.actor.id }), limits.answerMs);
    } else {
      await tellWaiting(problem, sent);
    }
    return back;
  });

  app.post('/staff/mail-problems/:taskId/post', { right: 'mendMail', shows: 'mailProblem' }, async (c) => {
    const form = await readForm(c);
    const problem = await open(c, form);
    const back = c.redirect(`/staff/mail-problems/${idParam(c, 'taskId')}`, 303);
    if (problem === null) return back;
    const { task, remedy } = problem;
    // An acceptance takes effect by reaching the applicant's server: a letter is not what that waits for (第5条).
    if (remedy === 'awaited' && task.subjectType === 'application') throw new Problem(409, linkTo(problem));
    const postedOn = readDay(form.text('postedOn'));
    const note = readReason(form, 'reason');
    const today = jstDate(deps.now().getTime());
    const errors: FieldError[] = [];
    const sentOn = jstDate((problem.mail?.createdAt ?? task.createdAt).getTime());
    const wrong =
      postedOn === null
        ? '発送日を年月日で入力してください。'
        : letterDayProblem(postedOn, { toldOn: earlierOf(sentOn, today), today });
    if (wrong !== null) errors.push({ field: 'postedOn', message: wrong });
    if (typeof note !== 'string') errors.push(note);
    if (postedOn === null || typeof note !== 'string' || errors.length > 0) {
      return show(c, problem, { values: form.texts(), errors });
    }
    const sent = command(c, form, problem);
    const settled = await settleByPost(db, {
      taskId: task.id,
      postedOn,
      note,
      staffId: sent.actor.id,
      commandId: sent.commandId,
      at: deps.now(),
    });
    if (settled === 'gone') throw new Problem(409, linkTo(problem));
    if (remedy === 'awaited') await tellWaiting(problem, { ...sent, by: 'post' });
    return back;
  });

  async function tellWaiting(
    problem: MailProblem,
    sent: ReturnType<typeof command> & { by?: 'post' },
  ): Promise<void> {
    const { subjectType, subjectId } = problem.task;
    const gateway = subjectType === 'contract' ? deps.contracts : deps.applications;
    const answer = await answerWithin(gateway.retryDelivery(subjectId, sent), limits.answerMs);
    requireAccepted(answer, linkTo(problem).link);
  }
}

function linkTo({ task }: MailProblem) {
  return { link: { href: subjectPath(task), label: '手続きの最新の内容を見る' } };
}
