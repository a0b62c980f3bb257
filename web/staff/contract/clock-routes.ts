import type { Context } from 'hono';
import {
  addMonths,
  addYears,
  compareDates,
  jstDate,
  jstInstant,
} from '../../../domain/calendar/civil-date.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, refusalStatus } from '../../http/answer.ts';
import { readDay } from '../../http/dates.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, idParam } from '../console.ts';
import { ClockPanel } from './clock-panel.tsx';
import type { ClockError, ContractPage } from './page.tsx';
import { type ContractView, linkToContract, loadView, requireLive } from './view.ts';

const MAX_YEARS = 20;
const MONTHS = { P1M: 1, P1Y: 12 } as const;

/** The test clock of a sandbox contract: starting it, and its progress. Never for a live contract. */
export function clockRoutes(
  app: Routes,
  deps: WebDependencies,
  page: {
    build: (c: Context<WebEnv>, view: ContractView) => Promise<ContractPage>;
    render: (c: Context<WebEnv>, view: ContractView, clockError: ClockError) => Promise<Response>;
  },
): void {
  app.get('/staff/contracts/:id/clock', { right: 'staff', shows: 'contract' }, async (c) => {
    const view = await loadView(deps, idParam(c, 'id'));
    // A browser that was sent here itself gets the page that the panel is part of.
    if (c.req.header('HX-Request') === undefined) {
      return c.redirect(`/staff/contracts/${view.detail.contract.id}#clock`, 303);
    }
    if (view.snapshot?.clockTargetMs == null) c.header('HX-Refresh', 'true');
    return c.html(ClockPanel(await page.build(c, view)) ?? '');
  });

  app.post('/staff/contracts/:id/clock', { right: 'moveClock', shows: 'contract' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const view = await loadView(deps, idParam(c, 'id'));
    const { contract } = view.detail;
    const link = linkToContract(contract.id);
    if (!contract.sandbox) {
      throw new Problem(403, {
        heading: '本番の契約の時計は進められません',
        message: 'テスト時計は、テスト環境で作った契約だけにあります。本番の契約の日時は変えられません。',
        link,
      });
    }
    requireLive(view);
    if (view.snapshot?.clockTargetMs != null) {
      throw new Problem(409, {
        message: 'テスト時計はすでに進んでいます。終わってから操作してください。',
        link,
      });
    }
    const target = readTarget(form, view.nowMs);
    if (typeof target === 'string') {
      return page.render(c, view, { value: form.text('to'), message: target });
    }
    const started = deps.contracts.startClock(contract.id, {
      targetMs: target,
      actorId: c.get('signedIn').staff.id,
    });
    const answer = await answerWithin(started, deps.limits.answerMs);
    if (answer.ok) return c.redirect(`${link.href}#clock`, 303);
    if (answer.code === 'invalid') {
      return page.render(c, view, { value: form.text('to'), message: answer.message });
    }
    throw new Problem(refusalStatus(answer), { message: answer.message, link });
  });
}

/** The instant to run to, or what is wrong with it. A span keeps the time of day. */
function readTarget(form: Form, nowMs: number): number | string {
  const today = jstDate(nowMs);
  const by = choiceOf(form.text('by'), ['P1M', 'P1Y']);
  if (by !== null) return jstInstant(addMonths(today, MONTHS[by])) + (nowMs - jstInstant(today));
  const to = readDay(form.text('to'));
  if (to === null) return '進める日を「2028-04-01」の形の正しい日付で入力してください。';
  if (compareDates(to, today) <= 0) return '契約の現在の日より後の日を入力してください。時計は戻せません。';
  if (compareDates(to, addYears(today, MAX_YEARS)) > 0) return `${MAX_YEARS}年以内の日を入力してください。`;
  return jstInstant(to);
}
