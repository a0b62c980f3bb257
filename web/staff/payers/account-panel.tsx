import type { PayerAccount } from '../../../db/queries/payment/account.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { Draft } from '../desk/draft.ts';
import { LINES_PATH } from '../payments/words.ts';
import { payoutsHref } from '../payouts/words.ts';
import { payerHref } from './words.ts';

export interface AccountPanelProps {
  account: PayerAccount;
  csrfToken: string;
  maySettle: boolean;
  draft: Draft | null;
  newId: () => string;
}

const CREDIT_WORDS = {
  over: '過入金',
  applied: '請求書に充当',
  paidBack: '返金',
  reversed: '取消し',
} as const;

/** What a payer owes, what it has to its credit, and what may be done with that (第6条2項). */
export function AccountPanel(props: AccountPanelProps) {
  const { account, draft } = props;
  const { payer, sandbox, open, creditYen, asideYen } = account;
  const openYen = open.reduce((sum, invoice) => sum + invoice.openYen, 0);
  return (
    <>
      <ErrorSummary errors={draft?.errors ?? []} />
      <section class="panel">
        <h2>残高</h2>
        <Facts
          facts={[
            { label: '未払い', value: `${open.length}通 ${yenText(openYen)}` },
            { label: '前受金', value: yenText(creditYen) },
            ...(asideYen === 0
              ? []
              : [
                  {
                    label: '返金の手続き中',
                    value: <a href={payoutsHref(sandbox)}>{yenText(asideYen)}</a>,
                  },
                ]),
          ]}
        />
        <p>
          <a href={payerHref(payer, sandbox, '/statement')}>残高明細書（印刷・CSV）</a>
        </p>
      </section>
      {props.maySettle && creditYen > 0 ? <CreditForms {...props} /> : null}
      <section class="panel">
        <h2>未払いの請求</h2>
        <Table
          caption="未払いの請求"
          rows={open}
          empty="未払いの請求はありません。"
          columns={[
            { head: '請求書', cell: ({ number }) => number },
            { head: '発行日', cell: ({ issuedOn }) => dateText(issuedOn) },
            { head: '支払期限', cell: ({ dueOn }) => (dueOn === null ? '—' : dateText(dueOn)) },
            { head: '請求額', numeric: true, cell: ({ totalYen }) => yenText(totalYen) },
            { head: '未払い', numeric: true, cell: ({ openYen: yen }) => yenText(yen) },
          ]}
        />
      </section>
    </>
  );
}

/** What was paid, and how the credit moved. */
export function PostingsPanel({ account: { paid, credited } }: { account: PayerAccount }) {
  return (
    <>
      <section class="panel">
        <h2>消込</h2>
        <Table
          caption="消込"
          rows={paid}
          empty="消込はありません。"
          columns={[
            { head: '日付', cell: ({ allocation }) => dateText(allocation.on) },
            { head: '請求書', cell: ({ number }) => number ?? '' },
            {
              head: '入金',
              cell: ({ allocation, name }) =>
                allocation.lineId === null ? (
                  '前受金から'
                ) : (
                  <a href={`${LINES_PATH}/${allocation.lineId}`}>{name ?? '入金'}</a>
                ),
            },
            { head: '金額', numeric: true, cell: ({ allocation }) => yenText(allocation.amountYen) },
            { head: '振込手数料', numeric: true, cell: ({ allocation }) => yenText(allocation.discountYen) },
          ]}
        />
      </section>
      <section class="panel">
        <h2>前受金の動き</h2>
        <Table
          caption="前受金の動き"
          rows={credited}
          empty="前受金はありません。"
          columns={[
            { head: '日付', cell: ({ on }) => dateText(on) },
            { head: '種類', cell: ({ kind }) => CREDIT_WORDS[kind] },
            { head: '金額', numeric: true, cell: ({ amountYen }) => yenText(amountYen) },
          ]}
        />
      </section>
    </>
  );
}

/** The credit pays an invoice, or is paid back by two people. */
function CreditForms({ account, csrfToken, draft, newId }: AccountPanelProps) {
  const { payer, sandbox, open, creditYen } = account;
  const typed = draft?.form === 'back' ? draft : null;
  const field = typedFields(typed, 'back');
  return (
    <section class="panel panel-strong">
      <h2>前受金{yenText(creditYen)}</h2>
      <Table
        caption="前受金を充てる請求書"
        rows={open}
        empty="充てられる未払いの請求書はありません。"
        columns={[
          { head: '請求書', cell: ({ number }) => number },
          { head: '未払い', numeric: true, cell: ({ openYen }) => yenText(openYen) },
          {
            head: '充当',
            cell: ({ paperId, openYen }) => (
              <form method="post" action={payerHref(payer, sandbox, '/apply')}>
                <input type="hidden" name="csrf" value={csrfToken} />
                <input type="hidden" name="commandId" value={newId()} />
                <input type="hidden" name="paperId" value={paperId} />
                <button class="button button-secondary" type="submit">
                  {yenText(Math.min(openYen, creditYen))}を充てる
                </button>
              </form>
            ),
          },
        ]}
      />
      <details open={typed !== null}>
        <summary>返金する（二人で行う操作）</summary>
        <form method="post" action={payerHref(payer, sandbox, '/pay-back')} novalidate>
          <input type="hidden" name="csrf" value={csrfToken} />
          <input type="hidden" name="commandId" value={typed?.values.commandId ?? newId()} />
          <TextField
            {...field('amount')}
            value={typed?.values.amount ?? String(creditYen)}
            label="返す額（円）"
            required
            width="medium"
            inputmode="numeric"
          />
          <TextAreaField {...field('reason')} label="理由" required rows={2} />
          <button class="button button-danger" type="submit">
            返金を申し出る
          </button>
        </form>
      </details>
    </section>
  );
}
