import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { decideHold, listHolds, proposeHold, proposeLift } from '../../../../db/queries/deletion/hold.ts';
import { findDeletion } from '../../../../db/queries/deletion/open.ts';
import { planDeletion } from '../../../../db/queries/deletion/plan.ts';
import { deletionSubject } from '../../../../db/queries/deletion/subject.ts';
import { readContractDetail } from '../../../../db/queries/read/contract-detail.ts';
import { staffNames } from '../../../../db/queries/staff/names.ts';
import { openTasksOf } from '../../../../db/queries/task/find.ts';
import type { WebDependencies, WebEnv } from '../../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../../http/answer.ts';
import { readForm } from '../../../http/form.ts';
import { Problem } from '../../../http/problem.ts';
import { requireCsrf } from '../../../http/session.ts';
import type { Routes } from '../../../routes.ts';
import { frame, idParam } from '../../console.ts';
import { takeDecision } from '../../desk/decision.ts';
import { commandIdOf, readReason } from '../../desk/verdict.ts';
import { type DeletionPage, deletionPage } from './page.tsx';

const PATH = '/staff/contracts/:id/deletion';

/** The deletion of a contract's data: dry run, holds by two people, and trying again after people have looked (第22条6項). */
export function deletionRoutes(app: Routes, deps: WebDependencies): void {
  const { db, deletions } = deps;

  const render = async (c: Context<WebEnv>, draft: DeletionPage['draft'], status: 200 | 409 | 422) => {
    const contractId = idParam(c, 'id');
    const [detail, subject, row, holds, names] = await Promise.all([
      readContractDetail(db, contractId),
      deletionSubject(db, contractId),
      findDeletion(db, contractId),
      listHolds(db, contractId),
      staffNames(db),
    ]);
    if (detail === null || subject === null) throw new Problem(404);
    const plan = await planDeletion(db, subject);
    const page = { frame: frame(c, deps, 'contracts'), detail, deletion: { row, holds }, plan, names };
    return c.html(deletionPage({ ...page, draft, newId: randomUUID }), status);
  };

  const linkTo = (c: Context<WebEnv>) => ({
    href: `/staff/contracts/${idParam(c, 'id')}/deletion`,
    label: '削除の最新の内容を見る',
  });

  app.get(PATH, { right: 'seeDeletion', shows: 'nothing' }, (c) => {
    return render(c, null, 200);
  });

  app.post(`${PATH}/holds`, { right: 'holdDeletion', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const reason = readReason(form, 'new-reason');
    if (typeof reason !== 'string') {
      return render(c, { form: 'new', reason: form.text('reason'), errors: [reason] }, 422);
    }
    const { staff } = c.get('signedIn');
    const hold = { contractId, commandId: commandIdOf(form), reason, staffId: staff.id, at: deps.now() };
    requireAccepted(await proposeHold(db, hold), linkTo(c));
    return c.redirect(`${linkTo(c).href}#holds`, 303);
  });

  app.post(`${PATH}/holds/:holdId/decision`, { right: 'holdDeletion', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const holdId = await ownHold(c);
    const contractId = idParam(c, 'id');
    const tasks = await openTasksOf(db, { subjectType: 'contract', subjectId: contractId });
    return takeDecision<'confirm' | 'reject'>(c, deps, form, {
      subject: { subjectType: 'contract', subjectId: contractId },
      ...{ link: linkTo(c), after: `${linkTo(c).href}#holds`, form: holdId, stage: 'hold' },
      task: tasks.find(({ kind, about }) => kind === 'holdDecision' && about === holdId) ?? null,
      ...{ clause: '第22条6項', verdicts: { confirm: [], reject: [] }, wordless: ['confirm', 'reject'] },
      send: async ({ commandId, actor, verdict }, write) => {
        const decided = { holdId, verdict, commandId, staffId: actor.id, at: deps.now() };
        const command = { commandId, actor };
        const answer = await deps.outbox.here(command, write, (tx) => decideHold(tx, decided));
        // Nobody waits for it: a deletion that is not told looks by itself every day.
        if (answer.ok) await deletions.holdChanged(contractId);
        return answer;
      },
      again: (draft, status) => render(c, { ...draft, reason: draft.values.reason ?? '' }, status),
    });
  });

  app.post(`${PATH}/holds/:holdId/lift`, { right: 'holdDeletion', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const holdId = await ownHold(c);
    const reason = readReason(form, `${holdId}-reason`);
    if (typeof reason !== 'string') {
      return render(c, { form: holdId, reason: form.text('reason'), errors: [reason] }, 422);
    }
    const command = { holdId, reason, commandId: commandIdOf(form), at: deps.now() };
    const answer = await proposeLift(db, { ...command, staffId: c.get('signedIn').staff.id });
    requireAccepted(answer, linkTo(c));
    return c.redirect(`${linkTo(c).href}#holds`, 303);
  });

  app.post(`${PATH}/retry`, { right: 'retryDeletion', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const command = {
      commandId: commandIdOf(form),
      taskId: form.text('taskId'),
      actor: { kind: 'staff' as const, id: c.get('signedIn').staff.id },
    };
    const answer = await answerWithin(deletions.retry(idParam(c, 'id'), command), deps.limits.answerMs);
    requireAccepted(answer, linkTo(c));
    return c.redirect(linkTo(c).href, 303);
  });

  /** The hold of the address, if it is one of the contract's. */
  async function ownHold(c: Context<WebEnv>): Promise<string> {
    const holdId = idParam(c, 'holdId');
    const holds = await listHolds(db, idParam(c, 'id'));
    if (!holds.some(({ id }) => id === holdId)) throw new Problem(404);
    return holdId;
  }
}
