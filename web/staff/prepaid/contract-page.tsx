import type { ordersOf } from '../../../db/queries/billing/top-ups.ts';
import type { LedgerRow } from '../../../db/queries/prepaid/ledger.ts';
import type { uncoveredOpen } from '../../../db/queries/prepaid/uncovered.ts';
import type { PrepaidEntryKind } from '../../../db/schema/index.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import { type ContractView, linkToContract } from '../contract/view.ts';
import { monthText } from './home-page.tsx';

export interface PrepaidContractPage {
  frame: ReturnType<typeof frame>;
  view: ContractView;
  ledger: readonly LedgerRow[];
  orders: Awaited<ReturnType<typeof ordersOf>>;
  uncovered: Awaited<ReturnType<typeof uncoveredOpen>>;
  values: Record<string, string>;
  errors: readonly FieldError[];
  orderKey: string;
  mayOrder: boolean;
}

const KIND_WORDS: Record<PrepaidEntryKind, string> = {
  opening: '台帳の開始時の残高',
  topUp: 'チャージ',
  usage: '通信の利用',
  reversal: 'チャージの取消し',
  forfeiture: '失効（第10条3項）',
  refund: '返金（第16条）',
};

/** The prepaid charges of a contract: balance, orders, use that was not covered, and every entry of the ledger (第6条5項). */
export function prepaidContractPage(page: PrepaidContractPage) {
  const { contract, customer } = page.view.detail;
  let balance = 0;
  const entries = page.ledger.map((row) => {
    balance += row.amountYen;
    return { ...row, balance };
  });
  const title = 'プリペイドチャージ';
  return staffPage({
    ...page.frame,
    title: `${title}（${customer.name}）`,
    hasErrors: page.errors.length > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href={linkToContract(contract.id).href}>{customer.name}の契約に戻る</a>
        </p>
        <h1>{title}</h1>
        <ErrorSummary errors={[...page.errors]} />
        <Facts facts={[{ label: '残高', value: <b>{yenText(contract.prepaidBalanceYen)}</b> }]} />
        {page.mayOrder ? <OrderForm {...page} /> : null}
        <Uncovered {...page} />
        <section class="panel" id="orders">
          <h2>チャージの注文</h2>
          <Table
            caption="チャージの注文"
            rows={page.orders}
            empty="注文はまだありません。"
            columns={[
              { head: '注文日', cell: ({ order }) => dateText(order.orderedOn) },
              { head: 'チャージの額', numeric: true, cell: ({ order }) => yenText(order.amountYen) },
              {
                head: '請求書',
                cell: ({ number, status }) =>
                  status === null
                    ? '翌日の0時過ぎに下書きを作ります'
                    : (number ?? <StatusBadge kind="paper" value={status} />),
              },
              {
                head: '請求額',
                numeric: true,
                cell: ({ totalYen }) => (totalYen === null ? '—' : yenText(totalYen)),
              },
              { head: '入金', cell: ({ order }) => paidText(page, order.id) },
            ]}
          />
        </section>
        <section class="panel" id="ledger">
          <h2>台帳</h2>
          <Table
            caption="台帳"
            rows={entries.toReversed()}
            empty="記帳はまだありません。"
            columns={[
              { head: '日付', cell: ({ on }) => dateText(on) },
              { head: '内容', cell: ({ kind }) => KIND_WORDS[kind] },
              { head: '増減', numeric: true, cell: ({ amountYen }) => yenText(amountYen) },
              { head: '残高', numeric: true, cell: (row) => yenText(row.balance) },
            ]}
          />
        </section>
      </>
    ),
  });
}

/** Whether a bill was credited: its payments say so. */
function paidText({ ledger }: PrepaidContractPage, orderId: string): string {
  const key = `topUp/${orderId}`;
  const credits = ledger.filter(
    ({ kind, key: own }) => kind === 'topUp' && (own === key || own.startsWith(`${key}/`)),
  );
  const reversed = new Set(ledger.map(({ about }) => about));
  const standing = credits.find(({ key: own }) => !reversed.has(own));
  if (standing !== undefined) return `${dateText(standing.on)}に加算`;
  return credits.length === 0 ? '未入金' : '取消し済み';
}

function OrderForm(page: PrepaidContractPage) {
  const field = typedFields({ values: page.values, errors: page.errors });
  return (
    <section class="panel">
      <h2>チャージの注文を入力する</h2>
      <p class="hint">
        注文の日付で請求書を作り、二人の確認のあとにお客様へ送ります。残高は入金を確認したときに増えます。
      </p>
      <form method="post" action={`/staff/contracts/${page.view.detail.contract.id}/prepaid`} novalidate>
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <input type="hidden" name="orderKey" value={page.orderKey} />
        <TextField
          {...field('amountYen')}
          label="チャージの額（円・税抜）"
          required
          width="short"
          inputmode="numeric"
          hint="1円以上の整数"
        />
        <button class="button button-primary" type="submit">
          注文を受け付ける
        </button>
      </form>
    </section>
  );
}

function Uncovered({ uncovered, view, frame, mayOrder }: PrepaidContractPage) {
  if (uncovered.length === 0) return null;
  return (
    <section class="panel panel-strong" id="uncovered" tabindex={-1}>
      <h2>残高で賄えない利用</h2>
      <p class="hint">
        「請求する」とすると、翌日の0時過ぎに専用の請求書の下書きを作り、二人の確認のあとに発行します。
      </p>
      {uncovered.map(({ month, yen }) => (
        <form method="post" action={`/staff/contracts/${view.detail.contract.id}/prepaid/uncovered`}>
          <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
          <input type="hidden" name="month" value={month} />
          <input type="hidden" name="yen" value={String(yen)} />
          <p>
            {monthText(month)}の利用 <b>{yenText(yen)}</b>
          </p>
          {mayOrder ? (
            <p>
              <button class="button button-primary" type="submit" name="decision" value="invoice">
                請求する
              </button>{' '}
              <button class="button button-secondary" type="submit" name="decision" value="waive">
                請求しない
              </button>
            </p>
          ) : null}
        </form>
      ))}
    </section>
  );
}
