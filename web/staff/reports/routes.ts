import type { Context } from 'hono';
import { type ItemName, itemNames } from '../../../db/queries/billing/names.ts';
import { readForecast } from '../../../db/queries/future/forecast.ts';
import { revenueLines } from '../../../db/queries/month-close/documents.ts';
import { partnerNames } from '../../../db/queries/partner/read.ts';
import { standingCloses } from '../../../db/queries/payment/closes.ts';
import { lastBaseDate } from '../../../domain/billing/base-date.ts';
import { monthFigures } from '../../../domain/billing/revenue.ts';
import {
  addMonths,
  type CivilDate,
  jstDate,
  lastOfMonth,
  type MonthKey,
  monthKey,
  monthOf,
  monthStart,
  monthsFrom,
} from '../../../domain/calendar/civil-date.ts';
import { salesBy, salesGroup } from '../../../domain/payments/sales.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { csvFile } from '../../http/csv.ts';
import { Problem } from '../../http/problem.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { offersSandbox, sandboxAsked } from '../sandbox.ts';
import { REPORTS_PATH, reportsPage, type SalesReport } from './page.tsx';

const MONTHS = 12;
const DIRECT = 'direct';
/** What is no plan, by kind; where one of many items stands for it, all of them. */
const GROUP_WORDS: Readonly<Record<string, string>> = { option: 'オプション', usage: '通信費用' };

/** Reports of sales by plan and partner and of what is to come, each with its CSV (第6条2項). */
export function reportRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const todayOf = (): CivilDate => jstDate(deps.now().getTime());

  const sales = async (c: Context<WebEnv>) => {
    const month = monthOr(c.req.query('month'), monthOf(todayOf()));
    const sandbox = sandboxAsked(c, deps);
    const months = monthsFrom(monthOf(addMonths(monthStart(month), 1 - MONTHS)), MONTHS);
    const [lines, closes, nameOf, partners] = await Promise.all([
      revenueLines(db, { month, sandbox }),
      standingCloses(db, sandbox),
      itemNames(db),
      partnerNames(db),
    ]);
    const byPlan = salesBy(lines, ({ item }) => salesGroup(item), closes, months);
    const byPartner = salesBy(lines, ({ partner }) => partner ?? DIRECT, closes, months);
    const reports: SalesReport[] = [
      {
        ...{ title: '料金プランごとの売上', file: 'by-plan', head: '料金プラン・内容' },
        rows: byPlan.map((row) => ({ ...row, name: groupName(row.key, nameOf) })),
      },
      {
        ...{ title: 'サービスパートナーごとの売上', file: 'by-partner', head: 'サービスパートナー' },
        rows: byPartner.map((row) => ({
          ...row,
          name: row.key === DIRECT ? '直接の契約' : (partners.get(row.key) ?? `パートナー ${row.key}`),
        })),
      },
    ];
    return { month, months, sandbox, reports };
  };

  const forecast = async (sandbox: boolean) => {
    const today = todayOf();
    const months = monthsFrom(monthOf(today), MONTHS);
    const [first = monthOf(today)] = months;
    const span = { from: monthStart(first), through: lastOfMonth(monthStart(months.at(-1) ?? first)) };
    const { contracts, lines } = await readForecast(db, { sandbox, today, ...span });
    const figures = monthFigures(lines, [], months).value;
    return { contracts, months: figures.map(({ month, revenueYen }) => ({ month, yen: revenueYen })) };
  };

  app.get(REPORTS_PATH, { right: 'seeBooks', shows: 'nothing' }, async (c) => {
    const shown = await sales(c);
    return c.html(
      reportsPage({
        ...{ frame: frame(c, deps, 'reports'), ...shown, sandboxOffered: offersSandbox(deps) },
        forecast: await forecast(shown.sandbox),
        baseDate: lastBaseDate(todayOf()),
      }),
    );
  });

  app.get(`${REPORTS_PATH}/forecast.csv`, { right: 'seeBooks', shows: 'nothing' }, async (c) => {
    const { months } = await forecast(sandboxAsked(c, deps));
    return csvFile(c, `利用料金の見込み_${todayOf()}.csv`, [
      ['月', '見込み（税抜）'],
      ...months.map(({ month, yen }) => [month, yen]),
    ]);
  });

  for (const file of ['by-plan', 'by-partner']) {
    app.get(`${REPORTS_PATH}/${file}.csv`, { right: 'seeBooks', shows: 'nothing' }, async (c) => {
      const { reports, months, month } = await sales(c);
      const report = reports.find((each) => each.file === file);
      if (report === undefined) throw new Problem(404);
      return csvFile(c, `${report.title}_${month}.csv`, [
        [report.head, ...months, '合計'],
        ...report.rows.map(({ name, months: yen, totalYen }) => [name, ...yen, totalYen]),
      ]);
    });
  }
}

function groupName(key: string, nameOf: (item: string) => ItemName): string {
  return GROUP_WORDS[key] ?? nameOf(key).name;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

const monthOr = (typed: string | undefined, other: MonthKey): MonthKey =>
  typed !== undefined && MONTH.test(typed) ? monthKey(typed) : other;
