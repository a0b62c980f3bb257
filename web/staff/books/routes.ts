import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { findCommand } from '../../../db/queries/command/record.ts';
import { closeMonth, findClose, listCloses } from '../../../db/queries/month-close/close.ts';
import { documentsOfMonth, revenueLines } from '../../../db/queries/month-close/documents.ts';
import { noteExport } from '../../../db/queries/month-close/export.ts';
import { closeFacts, monthSums } from '../../../db/queries/month-close/facts.ts';
import { ageingFacts } from '../../../db/queries/payment/ageing.ts';
import { standingCloses } from '../../../db/queries/payment/closes.ts';
import { payerNamesOf } from '../../../db/queries/payment/read.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { AGE_BUCKETS, ageing } from '../../../domain/billing/ageing.ts';
import { type ExportAccounts, exportRows } from '../../../domain/billing/export-rows.ts';
import { monthFigures } from '../../../domain/billing/revenue.ts';
import {
  addMonths,
  type CivilDate,
  jstDate,
  type MonthKey,
  monthKey,
  monthOf,
  monthStart,
} from '../../../domain/calendar/civil-date.ts';
import { closeChecks } from '../../../domain/payments/month-close.ts';
import { freeeCsv } from '../../../templates/exports/freee.ts';
import { moneyForwardCsv } from '../../../templates/exports/money-forward.ts';
import { yayoiCsv } from '../../../templates/exports/yayoi.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { requireAccepted } from '../../http/answer.ts';
import { csvFile } from '../../http/csv.ts';
import { readDay } from '../../http/dates.ts';
import { attachment } from '../../http/download.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { payerText } from '../payments/words.ts';
import { askForTwo } from '../proposals/ask.ts';
import { hasRole, MAY } from '../rights.ts';
import { offersSandbox, sandboxAsked } from '../sandbox.ts';
import { CLOSES_PATH, closesPage } from './closes-page.tsx';
import { BUCKET_WORDS, RECEIVABLES_PATH, receivablesPage } from './receivables-page.tsx';

const MONTHS = 13;
const SHOWN_CLOSES = 24;
/** Names of accounts in the exports. */
const ACCOUNTS: ExportAccounts = { receivable: '売掛金', sales: '売上高', prepaid: '前受金' };

/** The books (第6条2項): what is owed and earned, the close of a month, what goes to accounting software. */
export function bookRoutes(app: Routes, deps: WebDependencies): void {
  receivableRoutes(app, deps);
  closeRoutes(app, deps);
}

const todayOf = (deps: WebDependencies): CivilDate => jstDate(deps.now().getTime());

function receivableRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const asOf = readDay(c.req.query('asOf') ?? '') ?? todayOf(deps);
    const sandbox = sandboxAsked(c, deps);
    const month = monthOf(asOf);
    const [facts, lines, closes] = await Promise.all([
      ageingFacts(db, { asOf, sandbox }),
      revenueLines(db, { month, sandbox }),
      standingCloses(db, sandbox),
    ]);
    const { payers, totalYen } = ageing(facts).value;
    const first = addMonths(monthStart(month), 1 - MONTHS);
    const months = Array.from({ length: MONTHS }, (_, n) => monthOf(addMonths(first, n)));
    const figures = lines.length === 0 ? [] : monthFigures(lines, closes, months).value;
    const names = await payerNamesOf(
      db,
      payers.map(({ payer }) => payer),
    );
    return { asOf, sandbox, payers, totalYen, figures, names };
  };

  app.get(RECEIVABLES_PATH, { right: 'seeBooks', shows: 'nothing' }, async (c) => {
    const shown = await load(c);
    return c.html(
      receivablesPage({
        frame: frame(c, deps, 'receivables'),
        ...shown,
        sandboxOffered: offersSandbox(deps),
      }),
    );
  });

  app.get(`${RECEIVABLES_PATH}/ageing.csv`, { right: 'seeBooks', shows: 'nothing' }, async (c) => {
    const { asOf, payers, names } = await load(c);
    const heads = AGE_BUCKETS.map((bucket) => BUCKET_WORDS[bucket]);
    return csvFile(c, `滞留表_${asOf}.csv`, [
      ['支払者', ...heads, '合計', '前受金'],
      ...payers.map((row) => [
        payerText(row.payer, names),
        ...AGE_BUCKETS.map((bucket) => row[bucket]),
        row.totalYen,
        row.creditYen,
      ]),
    ]);
  });

  app.get(`${RECEIVABLES_PATH}/revenue.csv`, { right: 'seeBooks', shows: 'nothing' }, async (c) => {
    const { asOf, figures } = await load(c);
    return csvFile(c, `売上_${asOf}.csv`, [
      ['月', '売上（税抜）', '請求（税抜）', '月末の前受収益'],
      ...figures.map(({ month, revenueYen, billedYen, deferredYen }) => [
        ...[month, revenueYen, billedYen, deferredYen],
      ]),
    ]);
  });
}

function closeRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const show = async (
    c: Context<WebEnv>,
    { month, sandbox }: { month: MonthKey; sandbox: boolean },
    draft: Draft | null,
  ) => {
    const asked = { month, sandbox, today: todayOf(deps) };
    const [facts, sums, close, closes, names] = await Promise.all([
      closeFacts(db, asked),
      monthSums(db, asked),
      findClose(db, asked),
      listCloses(db, SHOWN_CLOSES),
      staffNames(db),
    ]);
    const page = closesPage({
      ...{ frame: frame(c, deps, 'closes'), month, sandbox, sandboxOffered: offersSandbox(deps) },
      ...{ checks: closeChecks(facts), sums, close, closes, names, draft, newId: randomUUID },
      mayClose: hasRole(c.get('signedIn').staff, MAY.closeMonth),
    });
    return c.html(page, draft === null ? 200 : 422);
  };

  app.get(CLOSES_PATH, { right: 'seeBooks', shows: 'nothing' }, (c) =>
    show(c, { month: monthOr(c.req.query('month'), deps), sandbox: sandboxAsked(c, deps) }, null),
  );

  /** A close has no page of its own: its month's has. */
  app.get(`${CLOSES_PATH}/:id`, { right: 'seeBooks', shows: 'nothing' }, (c) => c.redirect(CLOSES_PATH, 303));

  app.post(CLOSES_PATH, { right: 'closeMonth', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const asked = askedBy(form, deps);
    const staffId = c.get('signedIn').staff.id;
    const command = { commandId: commandIdOf(form), actor: { kind: 'staff' as const, id: staffId } };
    if ((await findCommand(db, command.commandId)) !== null) return c.redirect(linkTo(asked).href, 303);
    const input = { ...asked, today: todayOf(deps), staffId, commandId: command.commandId };
    const answer = await deps.outbox.here(
      command,
      async () => undefined,
      (tx) => closeMonth(tx, input),
    );
    requireAccepted(answer, linkTo(asked));
    return c.redirect(linkTo(asked).href, 303);
  });

  app.post(`${CLOSES_PATH}/reopen`, { right: 'closeMonth', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { month, sandbox } = askedBy(form, deps);
    const reason = readReason(form, 'reopen-reason');
    if (typeof reason !== 'string') {
      return show(c, { month, sandbox }, { form: 'reopen', values: form.texts(), errors: [reason] });
    }
    const proposed = { kind: 'monthReopened', month, sandbox } as const;
    const asked = { commandId: commandIdOf(form), proposed, contractId: null, reason, sandbox };
    return askForTwo(c, deps, asked, linkTo({ month, sandbox }));
  });

  app.get(`${CLOSES_PATH}/export/:format`, { right: 'seeBooks', shows: 'nothing' }, async (c) => {
    const format = choiceOf(c.req.param('format'), ['freee', 'money-forward', 'yayoi']);
    if (format === null) throw new Problem(404);
    const asked = { month: monthOr(c.req.query('month'), deps), sandbox: sandboxAsked(c, deps) };
    const rows = exportRows(await documentsOfMonth(db, asked), ACCOUNTS);
    await noteExport(db, { ...asked, format, staffId: c.get('signedIn').staff.id, rows: rows.length });
    const fileName = `${format}_${asked.month}.csv`;
    if (format === 'yayoi') {
      return attachment(c, yayoiCsv(rows, ACCOUNTS), {
        fileName,
        contentType: 'text/csv; charset=shift_jis',
      });
    }
    const text = format === 'freee' ? freeeCsv(rows) : moneyForwardCsv(rows, ACCOUNTS);
    const contentType = 'text/csv; charset=utf-8';
    return attachment(c, new TextEncoder().encode(text), { fileName, contentType });
  });
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The month that is asked for; the one before this one where none is. */
function monthOr(typed: string | undefined, deps: WebDependencies): MonthKey {
  if (typed !== undefined && MONTH.test(typed)) return monthKey(typed);
  return monthOf(addMonths(monthStart(monthOf(todayOf(deps))), -1));
}

function askedBy(form: Form, deps: WebDependencies): { month: MonthKey; sandbox: boolean } {
  const typed = form.text('month');
  if (!MONTH.test(typed)) throw new Problem(400);
  return { month: monthKey(typed), sandbox: offersSandbox(deps) && form.text('sandbox') === 'yes' };
}

const linkTo = ({ month, sandbox }: { month: MonthKey; sandbox: boolean }) => ({
  href: `${CLOSES_PATH}?month=${month}${sandbox ? '&sandbox=yes' : ''}`,
  label: '月次締めの最新の内容を見る',
});
