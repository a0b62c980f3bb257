import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Database } from '../../../db/client.ts';
import { itemNames } from '../../../db/queries/billing/names.ts';
import { forecastRun } from '../../../db/queries/billing/preview.ts';
import {
  conspicuousDrafts,
  paperCounts,
  papersOfRun,
  searchInvoices,
} from '../../../db/queries/billing/read.ts';
import { type BillingRunRow, findBillingRun, listBillingRuns } from '../../../db/queries/billing/runs.ts';
import { contractNamesOf } from '../../../db/queries/contract/names.ts';
import { partnerNames } from '../../../db/queries/partner/read.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { openTasksOf } from '../../../db/queries/task/find.ts';
import type { BillingProblem } from '../../../db/schema/index.ts';
import { issuerOf, registrationOf, releaseHindrance } from '../../../domain/billing/issuer.ts';
import { nextRunOn } from '../../../domain/billing/outlook.ts';
import { compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import { billingPolicyOf } from '../../../domain/policy/policies.ts';
import type { BillingVerdict } from '../../../workflows/billing-run/messages.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readDay } from '../../http/dates.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, hiddenSearch, idParam, PAGE_SIZE, pageNumber, searched } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { hasRole, MAY } from '../rights.ts';
import { offersSandbox } from '../sandbox.ts';
import { billingHomePage, type NamedProblem } from './home-page.tsx';
import { invoicesPage } from './invoices-page.tsx';
import { liabilityRoutes } from './liability-routes.ts';
import { BILLING_CHOICES, type BillingTask, billingRunPage, figuresOf } from './run-page.tsx';
import { usageRoutes } from './usage-routes.ts';
import { PATH, RUNS_PATH } from './words.ts';

const SHOWN_RUNS = 24;
/** Contracts that the forecast of the home page looks at; the command line looks at all. */
const FORECAST_CONTRACTS = 100;
const OTHER_FIGURES =
  '画面を開いたあとに下書きが変わっています。最新の金額を確かめてから、もう一度判断してください。';

/** Billing: home, runs with their drafts and release, issued invoices (第6条2項). */
export function billingRoutes(app: Routes, deps: WebDependencies): void {
  homeRoutes(app, deps);
  runRoutes(app, deps);
  usageRoutes(app, deps);
  liabilityRoutes(app, deps);
  app.post('/staff/invoices/search', { right: 'seeBilling', shows: 'nothing', reads: true }, (c) =>
    searched(c, deps, '/staff/invoices', 'month'),
  );
  app.get('/staff/invoices', { right: 'seeBilling', shows: 'nothing' }, async (c) => {
    const page = pageNumber(c);
    const typed = c.req.query('month') ?? '';
    const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(typed) ? typed : null;
    const { text, hidden } = hiddenSearch(c, deps);
    const asked = { text, month, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
    const list = await searchInvoices(deps.db, asked);
    const [nameOf, partners] = await Promise.all([itemNames(deps.db), partnerNames(deps.db)]);
    const mayOpen = hasRole(c.get('signedIn').staff, MAY.seeArchive);
    const query = { text, hidden, month: month ?? '' };
    const shown = { frame: frame(c, deps, 'invoices'), list, query, nameOf, partners, mayOpen, page };
    return c.html(invoicesPage({ ...shown, pageSize: PAGE_SIZE }));
  });
}

function homeRoutes(app: Routes, deps: WebDependencies): void {
  const { db, config } = deps;
  const sandboxOffered = offersSandbox(deps);

  const render = async (
    c: Context<WebEnv>,
    typed: Readonly<Record<string, string>>,
    errors: FieldError[],
  ) => {
    const policy = billingPolicyOf(await loadPolicies(db));
    const runOn = nextRunOn(jstDate(deps.now().getTime()), policy);
    const asked = { runOn, sandbox: sandboxOffered, policy, limit: FORECAST_CONTRACTS };
    const [runs, forecast] = await Promise.all([listBillingRuns(db, SHOWN_RUNS), forecastRun(db, asked)]);
    const issuer = issuerOf(config);
    const hindrance = releaseHindrance(issuer, registrationOf(issuer, { state: 'noKey' }), runOn);
    const page = billingHomePage({
      ...{ frame: frame(c, deps, 'billing'), runs, errors, typed, sandboxOffered },
      next: { runOn, sandbox: sandboxOffered, forecast },
      hindrances: hindrance === null ? [] : [hindrance],
      problems: await namedProblems(db, forecast.problems),
      mayRun: hasRole(c.get('signedIn').staff, MAY.runBilling),
    });
    return c.html(page, errors.length > 0 ? 422 : 200);
  };

  app.get(PATH, { right: 'seeBilling', shows: 'nothing' }, (c) => render(c, {}, []));

  app.post(PATH, { right: 'runBilling', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const typed = {
      ...{ runOn: form.text('runOn'), cause: form.text('cause') },
      sandbox: form.text('sandbox'),
    };
    const runOn = readDay(typed.runOn);
    const sandbox = sandboxOffered && form.text('sandbox') === 'yes';
    const wrong = (message: string) => render(c, typed, [{ field: 'runOn', message }]);
    if (runOn === null) return wrong('請求処理の日を「2026-12-10」の形の正しい日付で入力してください。');
    if (!sandbox && compareDates(runOn, jstDate(deps.now().getTime())) > 0) {
      return wrong('本番の契約の請求処理に、先の日付は指定できません。');
    }
    const startedBy = c.get('signedIn').staff.id;
    const cause = form.text('cause') === 'daily' ? 'daily' : 'monthly';
    const begun = deps.billing.begin({ runOn, sandbox, cause, startedBy });
    const answer = await answerWithin(begun, deps.limits.answerMs);
    if (!answer.ok) return wrong(answer.message);
    return c.redirect(`${RUNS_PATH}/${answer.runId}`, 303);
  });
}

/** Problems that a page names; the rest is a number. */
const NAMED_PROBLEMS = 50;

async function namedProblems(db: Database, problems: readonly BillingProblem[]): Promise<NamedProblem[]> {
  const first = problems.slice(0, NAMED_PROBLEMS);
  const names = await contractNamesOf(
    db,
    first.map(({ contractId }) => contractId),
  );
  return first.map((problem) => ({
    ...problem,
    customerName: names.get(problem.contractId)?.customerName ?? '契約を見る',
  }));
}

function runRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>): Promise<{ run: BillingRunRow; task: BillingTask | null }> => {
    const run = await findBillingRun(db, idParam(c, 'id'));
    if (run === null) throw new Problem(404, { message: 'この請求処理は見つかりません。' });
    const tasks = await openTasksOf(db, { subjectType: 'billingRun', subjectId: run.id });
    const task = tasks.find((each): each is BillingTask => Object.hasOwn(BILLING_CHOICES, each.kind));
    return { run, task: task ?? null };
  };

  const render = async (
    c: Context<WebEnv>,
    { run, task }: { run: BillingRunRow; task: BillingTask | null },
    draft: Draft | null,
    status: 200 | 409 | 422,
  ) => {
    const page = pageNumber(c);
    const subject = { subjectType: 'billingRun', subjectId: run.id } as const;
    const [papers, conspicuous, counts, nameOf, partners, history, names, snapshot] = await Promise.all([
      papersOfRun(db, { runId: run.id, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
      conspicuousDrafts(db, run.id),
      paperCounts(db, run.id),
      itemNames(db),
      partnerNames(db),
      readTimeline(db, subject),
      staffNames(db),
      deps.billing.snapshot(run),
    ]);
    const shown = { run, task, papers, conspicuous, counts, nameOf, partners, history, names, snapshot };
    const problems = await namedProblems(db, run.problems);
    const asked = {
      frame: frame(c, deps, 'billing'),
      problems,
      draft,
      page,
      pageSize: PAGE_SIZE,
      newId: randomUUID,
    };
    return c.html(billingRunPage({ ...shown, ...asked }), status);
  };

  app.get(`${RUNS_PATH}/:id`, { right: 'seeBilling', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null, 200),
  );

  app.post(`${RUNS_PATH}/:id/decide`, { right: 'seeBilling', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const loaded = await load(c);
    const { run, task } = loaded;
    const verdicts = task === null ? [] : BILLING_CHOICES[task.kind].map(({ value }) => [value, []]);
    const outdated = form.text('figures') !== figuresOf(run);
    return takeDecision<BillingVerdict>(c, deps, form, {
      subject: { subjectType: 'billingRun', subjectId: run.id },
      link: { href: `${RUNS_PATH}/${run.id}`, label: '請求処理の最新の内容を見る' },
      clause: '第6条2項',
      ...{ task, form: 'decide', stage: 'billingRun' },
      verdicts: Object.fromEntries(verdicts),
      check: (verdict) => (verdict === 'agree' && outdated ? OTHER_FIGURES : null),
      again: (draft, status) => render(c, loaded, draft, status),
      send: (command, write) => deps.billing.decide(run, command, write),
    });
  });

  const hold = (name: 'pause' | 'resume') =>
    app.post(`${RUNS_PATH}/:id/${name}`, { right: 'runBilling', shows: 'nothing' }, async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const { run } = await load(c);
      const link = { href: `${RUNS_PATH}/${run.id}`, label: '請求処理の最新の内容を見る' };
      const actor = { kind: 'staff' as const, id: c.get('signedIn').staff.id };
      const told = deps.billing[name](run, { commandId: commandIdOf(form), actor });
      requireAccepted(await answerWithin(told, deps.limits.answerMs), link);
      return c.redirect(link.href, 303);
    });
  hold('pause');
  hold('resume');
}
