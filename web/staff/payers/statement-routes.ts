import type { Context } from 'hono';
import { statementFacts } from '../../../db/queries/payment/ageing.ts';
import { addMonths, compareDates, firstOfMonth, jstDate } from '../../../domain/calendar/civil-date.ts';
import { statementOfAccount } from '../../../domain/payments/statement.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { csvFile } from '../../http/csv.ts';
import { readDay } from '../../http/dates.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { payerAt } from './show.ts';
import { ENTRY_WORDS, entryText, statementPage } from './statement-page.tsx';
import { PAYERS_PATH } from './words.ts';

/** Months of a statement for which no days are given, this one included. */
const MONTHS = 12;

/** The statement of account of a payer (残高明細書), to print and as CSV. */
export function statementRoutes(app: Routes, deps: WebDependencies): void {
  const path = `${PAYERS_PATH}/:id/statement`;

  app.get(path, { right: 'seeBilling', shows: 'nothing' }, async (c) => {
    const issuer = { name: deps.config.OPERATOR_NAME, address: deps.config.OPERATOR_ADDRESS };
    return c.html(statementPage({ ...(await load(c, deps)), issuer, frame: frame(c, deps, 'invoices') }));
  });

  app.get(`${path}.csv`, { right: 'seeBilling', shows: 'nothing' }, async (c) => {
    const { payer, from, through, statement } = await load(c, deps);
    return csvFile(c, `残高明細書_${payer.name}_${through}.csv`, [
      ['日付', '内容', '請求書', '増減', '残高'],
      [from, '繰越', '', '', statement.openingYen],
      ...statement.entries.map((entry) => [
        ...[entry.on, ENTRY_WORDS[entry.kind], entryText(entry), entry.amountYen, entry.balanceYen],
      ]),
      [through, '残高', '', '', statement.closingYen],
    ]);
  });
}

async function load(c: Context<WebEnv>, deps: WebDependencies) {
  const { payer, sandbox } = await payerAt(c, deps);
  const today = jstDate(deps.now().getTime());
  const through = readDay(c.req.query('through') ?? '') ?? today;
  const asked = readDay(c.req.query('from') ?? '');
  // What ends before it begins begins where one would that says nothing.
  const from =
    asked !== null && compareDates(asked, through) <= 0
      ? asked
      : addMonths(firstOfMonth(through), 1 - MONTHS);
  const facts = await statementFacts(deps.db, { payer: payer.id, sandbox });
  return { payer, sandbox, from, through, statement: statementOfAccount(facts, { from, through }) };
}
