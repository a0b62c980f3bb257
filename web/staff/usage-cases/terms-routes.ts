import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { watchTermRows } from '../../../db/queries/watch/terms.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { compareDates } from '../../../domain/calendar/civil-date.ts';
import type { Proposed } from '../../../domain/proposal/proposal.ts';
import { CONTRACT_THRESHOLDS, WATCH_POLICIES } from '../../../domain/watch/policies.ts';
import { WATCH_RULES } from '../../../domain/watch/rules.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readDay } from '../../http/dates.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { watchTermsPage } from './terms-page.tsx';

const PATH = '/staff/contracts/:id/usage-watch';
const MOST = 1_000_000;

type Read = { proposed: Proposed } | { errors: FieldError[] };

/** Exceptions and thresholds of one contract for the watchers (第18条1項); a second person agrees. */
export function watchTermRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const detail = await readContractDetail(db, idParam(c, 'id'));
    if (detail === null) throw new Problem(404);
    return detail;
  };

  const show = async (c: Context<WebEnv>, draft: Draft | null) => {
    const { contract, customer } = await load(c);
    const rows = (await watchTermRows(db, [contract.id])).toReversed();
    const page = { contractId: contract.id, customerName: customer.name, rows, draft, newId: randomUUID };
    return c.html(
      watchTermsPage({ frame: frame(c, deps, 'contracts'), ...page }),
      draft === null ? 200 : 422,
    );
  };

  const ask = async (
    c: Context<WebEnv>,
    name: 'exception' | 'threshold',
    read: (form: Form, contractId: string) => Read,
  ) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { contract } = await load(c);
    const found = read(form, contract.id);
    const reason = readReason(form, `${name}-reason`);
    if ('errors' in found || typeof reason !== 'string') {
      const errors = [
        ...('errors' in found ? found.errors : []),
        ...(typeof reason === 'string' ? [] : [reason]),
      ];
      return show(c, { form: name, values: form.texts(), errors });
    }
    const asked = { commandId: commandIdOf(form), reason, contractId: contract.id, ...found };
    const link = { href: `/staff/contracts/${contract.id}/usage-watch`, label: '検知の例外と基準に戻る' };
    return askForTwo(c, deps, { ...asked, sandbox: contract.sandbox }, link);
  };

  app.get(PATH, { right: 'seeUsageCases', shows: 'nothing' }, (c) => show(c, null));
  app.post(`${PATH}/exception`, { right: 'enterWatchTerms', shows: 'nothing' }, (c) =>
    ask(c, 'exception', readException),
  );
  app.post(`${PATH}/threshold`, { right: 'enterWatchTerms', shows: 'nothing' }, (c) =>
    ask(c, 'threshold', readThreshold),
  );
}

function readException(form: Form, contractId: string): Read {
  const rules = keysOf(WATCH_RULES).filter((rule) => WATCH_RULES[rule].excusable);
  const rule = choiceOf(form.text('rule'), rules);
  const from = readDay(form.text('from'));
  const to = readDay(form.text('to'));
  const allow = readCount(form.text('allow'));
  const errors: FieldError[] = [];
  if (rule === null) errors.push({ field: 'rule', message: '検知の種類を選択してください。' });
  if (from === null) errors.push({ field: 'from', message: '最初の日を日付で入力してください。' });
  if (to === null) errors.push({ field: 'to', message: '最後の日を日付で入力してください。' });
  else if (from !== null && compareDates(to, from) < 0) {
    errors.push({ field: 'to', message: '最後の日は、最初の日以後の日を入力してください。' });
  }
  if (allow === undefined) errors.push({ field: 'allow', message: COUNT });
  if (errors.length > 0 || rule === null || from === null || to === null || allow === undefined) {
    return { errors };
  }
  return { proposed: { kind: 'watchException', contractId, rule, from, to, allow } };
}

function readThreshold(form: Form, contractId: string): Read {
  const key = choiceOf(form.text('key'), CONTRACT_THRESHOLDS);
  const value = readCount(form.text('value'));
  if (key === null) return { errors: [{ field: 'key', message: '基準を選択してください。' }] };
  if (value === undefined || (value !== null && WATCH_POLICIES[key].accept(value) === undefined)) {
    return { errors: [{ field: 'value', message: `${WATCH_POLICIES[key].allowed}で入力してください。` }] };
  }
  return { proposed: { kind: 'watchPolicy', contractId, key, value } };
}

const COUNT = `0から${MOST}までの整数で入力してください。`;

/** Null for an empty field, undefined for what is no whole number. */
function readCount(text: string): number | null | undefined {
  const typed = text.normalize('NFKC').trim();
  if (typed === '') return null;
  return /^\d{1,7}$/.test(typed) && Number(typed) <= MOST ? Number(typed) : undefined;
}
