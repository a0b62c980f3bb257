import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { ordersOf, orderTopUp } from '../../../db/queries/billing/top-ups.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { readBaseDate } from '../../../db/queries/prepaid/base-date.ts';
import { readLedger } from '../../../db/queries/prepaid/ledger.ts';
import { prepaidContracts } from '../../../db/queries/prepaid/list.ts';
import { decideUncovered, uncoveredOpen } from '../../../db/queries/prepaid/uncovered.ts';
import { readInteger } from '../../../domain/application/text.ts';
import { lastBaseDate } from '../../../domain/billing/base-date.ts';
import { checkTopUpOrder } from '../../../domain/billing/top-up.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { csvFile } from '../../http/csv.ts';
import { readDay } from '../../http/dates.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import { type ContractView, loadView } from '../contract/view.ts';
import { hasRole, MAY } from '../rights.ts';
import { offersSandbox } from '../sandbox.ts';
import { prepaidContractPage } from './contract-page.tsx';
import { prepaidHomePage } from './home-page.tsx';

const HOME = '/staff/prepaid';
const OF_CONTRACT = '/staff/contracts/:id/prepaid';

/** Prepaid charges: balances, orders, use that no balance covers, unused balances of a base date (第6条5項). */
export function prepaidRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const sandbox = offersSandbox(deps);

  const baseDate = async (c: Context<WebEnv>) => {
    const typed = readDay(c.req.query('on') ?? '');
    const on =
      typed !== null && /-(03-31|09-30)$/.test(typed) ? typed : lastBaseDate(jstDate(deps.now().getTime()));
    const { 'prepaid.exemptKinds': exemptKinds } = await loadPolicies(db);
    return { on, exemptKinds, ...(await readBaseDate(db, { on, sandbox, exemptKinds })) };
  };

  app.get(HOME, { right: 'seePrepaid', shows: 'nothing' }, async (c) => {
    const policies = await loadPolicies(db);
    const [contracts, uncovered, base] = await Promise.all([
      prepaidContracts(db, { sandbox, limit: 200 }),
      uncoveredOpen(db),
      baseDate(c),
    ]);
    const lowYen = policies['prepaid.lowBalanceYen'];
    return c.html(prepaidHomePage({ frame: frame(c, deps, 'prepaid'), contracts, uncovered, base, lowYen }));
  });

  app.get(`${HOME}/base-date.csv`, { right: 'seePrepaid', shows: 'nothing' }, async (c) => {
    const { on, rows, exemptKinds, found } = await baseDate(c);
    const exempt = (kind: string | null) => kind !== null && exemptKinds.some((each) => each === kind);
    return csvFile(c, `prepaid-${on}.csv`, [
      ['契約番号', '契約者', '法人種別', '区分', `${on}の未使用残高（円）`],
      ...rows.map(({ contractNumber, customerName, legalKind, balanceYen }) => [
        ...[contractNumber, customerName, legalKind ?? '不明'],
        ...[exempt(legalKind) ? '適用除外' : '対象', balanceYen],
      ]),
      ['', '', '', '適用除外の合計', found.exemptYen],
      ['', '', '', '対象の合計', found.countedYen],
    ]);
  });

  contractRoutes(app, deps);
}

function contractRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>): Promise<ContractView> => {
    const view = await loadView(deps, idParam(c, 'id'));
    if (view.detail.contract.communicationPayment === 'prepaid') return view;
    throw new Problem(404, { message: 'この契約の通信費用は、プリペイドではありません。' });
  };

  const render = async (
    c: Context<WebEnv>,
    view: ContractView,
    values: Record<string, string>,
    errors: FieldError[],
  ) => {
    const contractId = view.detail.contract.id;
    const [ledger, orders, uncovered] = await Promise.all([
      readLedger(db, contractId),
      ordersOf(db, contractId),
      uncoveredOpen(db, contractId),
    ]);
    const page = prepaidContractPage({
      ...{ frame: frame(c, deps, 'prepaid'), view, ledger, orders, uncovered, values, errors },
      orderKey: values.orderKey ?? randomUUID(),
      mayOrder: hasRole(c.get('signedIn').staff, MAY.orderTopUp),
    });
    return c.html(page, errors.length > 0 ? 422 : 200);
  };

  app.get(OF_CONTRACT, { right: 'seePrepaid', shows: 'nothing' }, async (c) =>
    render(c, await load(c), {}, []),
  );

  app.post(OF_CONTRACT, { right: 'orderTopUp', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const view = await load(c);
    const { contract } = view.detail;
    const checked = checkTopUpOrder(readInteger(form.text('amountYen')), {
      today: view.today,
      endsOn: contract.endsOn,
    });
    const wrong = (message: string) => render(c, view, form.texts(), [{ field: 'amountYen', message }]);
    if ('message' in checked) return wrong(checked.message);
    const order = await db.transaction((tx) =>
      orderTopUp(tx, {
        ...{ contractId: contract.id, orderKey: form.text('orderKey'), amountYen: checked.amountYen },
        ...{ orderedOn: view.today, orderedBy: c.get('signedIn').staff.id },
      }),
    );
    if (order === null)
      return wrong('この画面からは別の金額の注文をすでに受け付けています。画面を開き直してください。');
    return c.redirect(`/staff/contracts/${contract.id}/prepaid#orders`, 303);
  });

  app.post(`${OF_CONTRACT}/uncovered`, { right: 'orderTopUp', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const view = await load(c);
    const month = readDay(form.text('month'));
    const decision = choiceOf(form.text('decision'), ['invoice', 'waive'] as const);
    const wrong = (message: string) => render(c, view, {}, [{ field: 'uncovered', message }]);
    if (month === null || decision === null) return wrong('「請求する」か「請求しない」を選んでください。');
    const contractId = view.detail.contract.id;
    const decided = await db.transaction((tx) =>
      decideUncovered(tx, {
        ...{ contractId, month, decision, shownYen: readInteger(form.text('yen')) ?? -1 },
        ...{ staffId: c.get('signedIn').staff.id, today: view.today },
      }),
    );
    if ('changedYen' in decided) {
      return wrong(
        '画面を開いたあとに金額が変わったか、ほかの人が決めています。いまの金額を確かめて、もう一度選んでください。',
      );
    }
    return c.redirect(`/staff/contracts/${contractId}/prepaid#uncovered`, 303);
  });
}
