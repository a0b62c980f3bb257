import type { Context } from 'hono';
import { recordAccountCount } from '../../../db/queries/account-count/record.ts';
import { MAX_LICENCES } from '../../../domain/application/application-input.ts';
import { readInteger } from '../../../domain/application/text.ts';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import { checkAccountCount } from '../../../domain/change/account-count.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { dateText } from '../../format.ts';
import { readDay } from '../../http/dates.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { type ContractView, linkToContract, loadView, requireLive } from './view.ts';

const PATH = '/staff/contracts/:id/accounts';

/**
 * How many accounts a customer uses (第7条): counted in the product by hand and recorded with its day, for the product has no
 * interface that tells it. Changes of licences and options are judged by the last count.
 */
export function accountRoutes(app: Routes, deps: WebDependencies): void {
  const load = async (c: Context<WebEnv>) => {
    const view = await loadView(deps, idParam(c, 'id'));
    requireLive(view);
    return view;
  };
  const render = (
    c: Context<WebEnv>,
    view: ContractView,
    values: Record<string, string>,
    errors: FieldError[],
  ) =>
    c.html(
      accountsPage({ frame: frame(c, deps, 'contracts'), view, values, errors }),
      errors.length > 0 ? 422 : 200,
    );

  app.get(PATH, { right: 'countAccounts', shows: 'nothing' }, async (c) => {
    const view = await load(c);
    return render(c, view, { accounts: '', countedOn: view.today }, []);
  });

  app.post(PATH, { right: 'countAccounts', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const view = await load(c);
    const { contract } = view.detail;
    const typed = {
      accounts: readInteger(form.text('accounts')),
      countedOn: readDay(form.text('countedOn')),
    };
    const { accountsCountedOn: known } = contract;
    const checked = checkAccountCount(typed, {
      concludedOn: civilDate(contract.concludedOn),
      today: view.today,
      known: known === null ? null : civilDate(known),
    });
    if ('problems' in checked) return render(c, view, form.texts(), checked.problems);
    const countedBy = c.get('signedIn').staff.id;
    const link = linkToContract(contract.id);
    if (!(await recordAccountCount(deps.db, { contractId: contract.id, ...checked.count, countedBy }))) {
      throw new Problem(409, { message: 'より新しい日付のアカウント数が、先に記録されています。', link });
    }
    return c.redirect(`${link.href}#licences`, 303);
  });
}

function accountsPage(page: {
  frame: ReturnType<typeof frame>;
  view: ContractView;
  values: Record<string, string>;
  errors: FieldError[];
}) {
  const { contract, customer } = page.view.detail;
  const field = typedFields(page);
  const title = '使用中のアカウント数';
  return staffPage({
    ...page.frame,
    title: `${title}（${customer.name}）`,
    hasErrors: page.errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={linkToContract(contract.id).href}>{customer.name}の契約に戻る</a>
        </p>
        <h1>{title}</h1>
        <p class="lead">
          サービスの管理画面で数えたアカウント数を、数えた日とともに記録します。使用中のアカウントを下回るライセンスへの変更は、この数をもとに断られます（第7条）。
        </p>
        <ErrorSummary errors={page.errors} />
        <Facts
          facts={[
            { label: 'ユーザーライセンス', value: `${contract.licences}ライセンス` },
            { label: '前回の記録', value: <AccountsInUse contract={contract} /> },
          ]}
        />
        <form method="post" action={`/staff/contracts/${contract.id}/accounts`} novalidate>
          <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
          <TextField
            {...field('accounts')}
            label="使用中のアカウント数"
            required
            width="short"
            inputmode="numeric"
            hint={`0〜${MAX_LICENCES.toLocaleString('ja-JP')}の整数`}
          />
          <TextField {...field('countedOn')} label="数えた日" required type="date" width="medium" />
          <button class="button button-primary" type="submit">
            記録する
          </button>
        </form>
      </div>
    ),
  });
}

/** How many accounts are in use as last counted, and that they are more than the licences where they are (第7条1項). */
export function AccountsInUse({
  contract,
}: {
  contract: { accountsInUse: number; accountsCountedOn: CivilDate | null; licences: number };
}) {
  const { accountsInUse, accountsCountedOn, licences } = contract;
  if (accountsCountedOn === null) return <>記録なし</>;
  return (
    <>
      {accountsInUse.toLocaleString('ja-JP')}件（{dateText(accountsCountedOn)}時点）
      {accountsInUse > licences ? (
        <span class="mark-problem">ライセンスを{accountsInUse - licences}件超えています（第7条1項）</span>
      ) : null}
    </>
  );
}
