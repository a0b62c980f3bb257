import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { findCommand } from '../../../db/queries/command/record.ts';
import { readDunning } from '../../../db/queries/dunning/facts.ts';
import { holdDunning, releaseDunning } from '../../../db/queries/dunning/hold.ts';
import { listDunnings, remindersOf } from '../../../db/queries/dunning/read.ts';
import { creditOf } from '../../../db/queries/payment/post.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { acknowledgeTask } from '../../../db/queries/task/acknowledge.ts';
import { findTask, openTasksOf } from '../../../db/queries/task/find.ts';
import type { Answer } from '../../../domain/base/answers.ts';
import { dunningOn } from '../../../domain/billing/dunning.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readDay } from '../../http/dates.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam, isId, PAGE_SIZE, pageNumber } from '../console.ts';
import { refusalFor } from '../desk/access.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { hasRole, MAY } from '../rights.ts';
import { DUNNING_STATUSES, DUNNINGS_PATH, dunningsPage } from './list-page.tsx';
import { dunningPage } from './page.tsx';

type Transaction = Parameters<Parameters<WebDependencies['db']['transaction']>[0]>[0];
type By = { paperId: string; staffId: string; commandId: string; today: ReturnType<typeof jstDate> };

/** Overdue papers (第10条2項④): where each stands, what stops it, and the ends that two people decide. */
export function dunningRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const nowMs = deps.now().getTime();
    const facts = await readDunning(db, { paperId: idParam(c, 'id'), nowMs });
    if (facts === null) throw new Problem(404, { message: 'この督促は見つかりません。' });
    return { facts, today: jstDate(nowMs + facts.clockOffsetMs) };
  };

  const show = async (c: Context<WebEnv>, draft: Draft | null) => {
    const { facts, today } = await load(c);
    const { paper, customerId, dunning } = facts;
    const { staff } = c.get('signedIn');
    const subject = { subjectType: 'dunning', subjectId: paper.id } as const;
    const [policies, reminders, tasks, history, names, creditYen] = await Promise.all([
      loadPolicies(db),
      remindersOf(db, { paperId: paper.id, contractId: paper.contractId }),
      openTasksOf(db, subject),
      readTimeline(db, subject),
      staffNames(db),
      creditOf(db, {
        payer: paper.payer === 'customer' ? customerId : paper.payer,
        sandbox: dunning.sandbox,
      }),
    ]);
    const found = dunningOn(facts.invoice, today, policies['dunning.days']).value;
    const page = dunningPage({
      ...{ frame: frame(c, deps, 'dunnings'), facts, found, reminders, tasks, history, names, creditYen },
      mayHold: hasRole(staff, MAY.holdDunning),
      mayEnter: hasRole(staff, MAY.enterRequest),
      ...{ draft, newId: randomUUID },
    });
    return c.html(page, draft === null ? 200 : 422);
  };

  app.get(DUNNINGS_PATH, { right: 'seeDunnings', shows: 'nothing' }, async (c) => {
    const status = choiceOf(c.req.query('status'), DUNNING_STATUSES) ?? 'running';
    const page = pageNumber(c);
    const list = await listDunnings(db, { status, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
    return c.html(
      dunningsPage({ frame: frame(c, deps, 'dunnings'), list, status, page, pageSize: PAGE_SIZE }),
    );
  });

  app.get(`${DUNNINGS_PATH}/:id`, { right: 'seeDunnings', shows: 'nothing' }, (c) => show(c, null));

  /** A form of a person: read, done once for its id, and back to the page. */
  const posted = async (
    c: Context<WebEnv>,
    act: (tx: Transaction, by: By, form: Form) => Promise<Answer>,
    read: (form: Form) => { form: string; errors: FieldError[] } | null = () => null,
  ) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { facts, today } = await load(c);
    const wrong = read(form);
    if (wrong !== null && wrong.errors.length > 0) return show(c, { ...wrong, values: form.texts() });
    const staffId = c.get('signedIn').staff.id;
    const command = { commandId: commandIdOf(form), actor: { kind: 'staff' as const, id: staffId } };
    const by = { paperId: facts.paper.id, staffId, commandId: command.commandId, today };
    const link = { href: `${DUNNINGS_PATH}/${facts.paper.id}`, label: '督促の最新の内容を見る' };
    // Sent again it is done once.
    if ((await findCommand(db, command.commandId)) !== null) return c.redirect(link.href, 303);
    requireAccepted(
      await deps.outbox.here(
        command,
        async () => undefined,
        (tx) => act(tx, by, form),
      ),
      link,
    );
    return c.redirect(link.href, 303);
  };

  app.post(`${DUNNINGS_PATH}/:id/hold`, { right: 'holdDunning', shows: 'nothing' }, (c) => {
    return posted(
      c,
      (tx, by, form) => {
        const kind = choiceOf(form.text('kind'), ['dispute', 'pause'] as const) ?? 'pause';
        return holdDunning(tx, {
          ...{
            ...by,
            kind,
            from: readDay(form.text('from')) ?? by.today,
            reason: form.text('reason').trim(),
          },
        });
      },
      (form) => ({ form: 'hold', errors: holdErrors(form) }),
    );
  });

  app.post(`${DUNNINGS_PATH}/:id/release`, { right: 'holdDunning', shows: 'nothing' }, (c) =>
    posted(c, (tx, by, form) => releaseDunning(tx, { ...by, holdId: idOf(form, 'holdId') })),
  );

  app.post(`${DUNNINGS_PATH}/:id/look`, { right: 'holdDunning', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { facts } = await load(c);
    const link = { href: `${DUNNINGS_PATH}/${facts.paper.id}`, label: '督促の最新の内容を見る' };
    const command = {
      commandId: commandIdOf(form),
      actor: { kind: 'staff' as const, id: c.get('signedIn').staff.id },
    };
    const looked = deps.dunnings.look(facts.paper.id, command);
    requireAccepted(await answerWithin(looked, deps.limits.answerMs), link);
    return c.redirect(link.href, 303);
  });

  app.post(`${DUNNINGS_PATH}/:id/acknowledge`, { right: 'seeDunnings', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { facts } = await load(c);
    const { staff } = c.get('signedIn');
    const link = { href: `${DUNNINGS_PATH}/${facts.paper.id}`, label: '督促の最新の内容を見る' };
    const task = await findTask(db, idOf(form, 'taskId'));
    const open = task?.status === 'open' && task.subjectId === facts.paper.id ? task : null;
    const refusal = refusalFor(open, staff, null);
    if (refusal !== null) requireAccepted(refusal, link);
    if (open !== null) {
      const done = { taskId: open.id, subjectId: open.subjectId, staffId: staff.id };
      await acknowledgeTask(db, { ...done, commandId: commandIdOf(form), at: deps.now() });
    }
    return c.redirect(link.href, 303);
  });

  app.post(`${DUNNINGS_PATH}/:id/write-off`, { right: 'holdDunning', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { facts } = await load(c);
    const reason = readReason(form, 'writeOff-reason');
    if (typeof reason !== 'string')
      return show(c, { form: 'writeOff', values: form.texts(), errors: [reason] });
    const { id: paperId, contractId } = facts.paper;
    const link = { href: `${DUNNINGS_PATH}/${paperId}`, label: '督促の最新の内容を見る' };
    const proposed = { kind: 'writeOff', paperId, contractId } as const;
    const { sandbox } = facts.dunning;
    return askForTwo(c, deps, { commandId: commandIdOf(form), proposed, contractId, reason, sandbox }, link);
  });
}

function holdErrors(form: Form): FieldError[] {
  const reason = readReason(form, 'hold-reason');
  return [
    ...(choiceOf(form.text('kind'), ['dispute', 'pause']) === null
      ? [{ field: 'hold-kind', message: '止める理由の種類を選択してください。' }]
      : []),
    ...(readDay(form.text('from')) === null
      ? [
          {
            field: 'hold-from',
            message: '止める最初の日を「2026-12-10」の形の正しい日付で入力してください。',
          },
        ]
      : []),
    ...(typeof reason === 'string' ? [] : [reason]),
  ];
}

/** An id of a hidden field; whatever else stands there names nothing. */
function idOf(form: Form, name: string): string {
  const id = form.text(name);
  if (!isId(id)) throw new Problem(400);
  return id;
}
