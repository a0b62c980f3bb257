import type { Context } from 'hono';
import { propose } from '../../../db/queries/proposal/propose.ts';
import { findSuspension, type SuspensionRow } from '../../../db/queries/suspension/find.ts';
import type { Proposed } from '../../../domain/proposal/proposal.ts';
import { decidedByTwo, STEERED_IN, type SuspensionStatus } from '../../../domain/suspension/suspension.ts';
import type { Write } from '../../../gateway/outbox.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { idParam } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { readTimes } from './entry.ts';
import { PATH } from './words.ts';

type Render = (c: Context<WebEnv>, id: string, draft: Draft, status: 422) => Promise<Response>;

/**
 * Other times for a suspension, calling it off, lifting it (第15条). What two people decided takes two again; only to lift in an
 * emergency one person is enough, and a second one confirms it afterwards.
 */
export function steeringRoutes(app: Routes, deps: WebDependencies, render: Render): void {
  const { db, suspensions } = deps;
  const right = { right: 'enterSuspension', shows: 'nothing' } as const;

  const open = async (c: Context<WebEnv>, action: keyof typeof STEERED_IN) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const row = await findSuspension(db, idParam(c, 'id'));
    if (row === null) throw new Problem(404);
    const states: readonly SuspensionStatus[] = STEERED_IN[action];
    if (decidedByTwo(row) && !states.includes(row.status)) throw new Problem(409, { link: linkTo(row.id) });
    const actor = { kind: 'staff' as const, id: c.get('signedIn').staff.id };
    return { form, row, id: row.id, command: { commandId: commandIdOf(form), actor } };
  };
  const again = (c: Context<WebEnv>, id: string, name: string, form: Form, errors: Draft['errors']) =>
    render(c, id, { form: name, values: form.texts(), errors }, 422);
  const told = async (c: Context<WebEnv>, id: string, answer: ReturnType<typeof suspensions.lift>) => {
    requireAccepted(await answerWithin(answer, deps.limits.answerMs), linkTo(id));
    return c.redirect(linkTo(id).href, 303);
  };

  /** The second person is asked, with the reason of the first; or the form again where it gives none. */
  const ask = (
    c: Context<WebEnv>,
    { form, row }: { form: Form; row: SuspensionRow },
    name: 'times' | 'cancel' | 'lift',
    proposed: Proposed,
  ) => {
    const reason = readReason(form, `${name}-reason`);
    if (typeof reason !== 'string') return again(c, row.id, name, form, [reason]);
    const { contractId, sandbox } = row;
    const asked = { commandId: commandIdOf(form), proposed, contractId, reason, sandbox };
    return askForTwo(c, deps, asked, linkTo(row.id));
  };

  app.post(`${PATH}/:id/times`, right, async (c) => {
    const opened = await open(c, 'times');
    const { form, row, id, command } = opened;
    // While it runs only its end can be another one.
    const times = readTimes(form, row.status === 'active' ? row.startsAt : deps.now());
    if ('errors' in times) return again(c, id, 'times', form, times.errors);
    const startsAtMs = times.startsAt.getTime();
    const endsAtMs = times.endsAt?.getTime() ?? null;
    if (decidedByTwo(row)) {
      return ask(c, opened, 'times', { kind: 'suspensionTimes', suspensionId: id, startsAtMs, endsAtMs });
    }
    return told(c, id, suspensions.reschedule(id, { ...command, startsAtMs, endsAtMs }));
  });

  app.post(`${PATH}/:id/cancel`, right, async (c) => {
    const opened = await open(c, 'cancel');
    const { row, id, command } = opened;
    if (decidedByTwo(row)) return ask(c, opened, 'cancel', { kind: 'suspensionCancel', suspensionId: id });
    return told(c, id, suspensions.cancel(id, command));
  });

  app.post(`${PATH}/:id/lift`, right, async (c) => {
    const opened = await open(c, 'lift');
    const { form, row, id, command } = opened;
    if (!decidedByTwo(row)) return told(c, id, suspensions.lift(id, command));
    if (form.text('how') !== 'now') {
      return ask(c, opened, 'lift', { kind: 'suspensionLift', suspensionId: id });
    }
    const reason = readReason(form, 'lift-reason');
    if (typeof reason !== 'string') return again(c, id, 'lift', form, [reason]);
    return told(c, id, suspensions.lift(id, command, confirmedLater(row, reason, command)));
  });

  /** The task of whoever confirms afterwards, written together with the command. */
  function confirmedLater(
    { id: suspensionId, contractId, sandbox }: SuspensionRow,
    reason: string,
    { commandId, actor }: { commandId: string; actor: { id: string } },
  ): Write {
    const proposed = { kind: 'suspensionLifted' as const, suspensionId };
    return async (tx) => {
      const asked = {
        commandId,
        proposed,
        contractId,
        reason,
        sandbox,
        proposedBy: actor.id,
        at: deps.now(),
      };
      await propose(tx, asked);
    };
  }
}

const linkTo = (id: string) => ({ href: `${PATH}/${id}`, label: '停止の最新の内容を見る' });
