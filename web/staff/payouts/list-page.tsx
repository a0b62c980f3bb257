import type { PayoutFileRow, ShownPayout } from '../../../db/queries/payout/read.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { SideAndShow } from '../../components/query-fields.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { dateText, masked } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { payerHref } from '../payers/words.ts';
import { payerText } from '../payments/words.ts';
import { PAYOUT_FILES_PATH, PAYOUTS_PATH } from './words.ts';

export interface PayoutsPage {
  frame: ReturnType<typeof frame>;
  waiting: readonly ShownPayout[];
  files: readonly PayoutFileRow[];
  names: ReadonlyMap<string, string>;
  sandbox: boolean;
  sandboxOffered: boolean;
  /** A day of the bank's that is offered. */
  transferOn: CivilDate;
  mayPay: boolean;
  draft: Draft | null;
  newId: () => string;
}

/** Whom money goes to, how much, and the account with all but the end of its number hidden. */
export const payoutColumns = (names: ReadonlyMap<string, string>): Column<ShownPayout>[] => [
  {
    head: '支払者',
    cell: ({ payout: { payer, sandbox }, contractNumber }) => (
      <>
        <a class="row-link" href={payerHref(payer, sandbox)}>
          {payerText(payer, names)}
        </a>
        <small class="under">契約 {contractNumber}</small>
      </>
    ),
  },
  {
    head: '振込先',
    cell: ({ account, payout: { contractId } }) =>
      account === null ? (
        <>
          登録がありません
          <small class="under">
            <a href={`/staff/contracts/${contractId}/bank-account`}>お客様の振込先を登録する</a>
          </small>
        </>
      ) : (
        <>
          {account.bankCode}-{account.branchCode} {masked(account.accountNumber)}
          <small class="under">{account.holderKana}</small>
        </>
      ),
  },
  { head: '決めた日', cell: ({ payout: { agreedOn } }) => dateText(agreedOn) },
  { head: '返す額', numeric: true, cell: ({ payout: { amountYen } }) => yenText(amountYen) },
];

/** Credits that two people agreed to pay back, and the files for the bank (総合振込, 第6条2項). */
export function payoutsPage(page: PayoutsPage) {
  const { waiting, files, names, sandbox, draft, mayPay } = page;
  return staffPage({
    ...page.frame,
    title: '返金の振込',
    hasErrors: draft !== null,
    children: (
      <>
        <h1>返金の振込 {sandbox ? <SandboxMark /> : null}</h1>
        <p class="lead">
          二人が認めた前受金の返金を、総合振込のデータにまとめて銀行に渡します。銀行が振り込んだことを確かめたときに記帳します。
        </p>
        <ErrorSummary errors={draft?.errors ?? []} />
        {page.sandboxOffered ? (
          <form class="search" method="get" action={PAYOUTS_PATH}>
            <SideAndShow sandboxOffered sandbox={sandbox} />
          </form>
        ) : null}
        <section class="panel">
          <h2>振込待ちの返金</h2>
          <Table
            caption="振込待ちの返金"
            rows={waiting}
            empty="振込待ちの返金はありません。"
            columns={[
              ...payoutColumns(names),
              ...(mayPay
                ? [{ head: '個別の処理', cell: (row: ShownPayout) => <EndForm {...page} row={row} /> }]
                : []),
            ]}
          />
          {mayPay && waiting.some(({ account }) => account !== null) ? <FileForm {...page} /> : null}
        </section>
        <section class="panel">
          <h2>振込データ</h2>
          <Table
            caption="振込データ"
            rows={files}
            empty="まだ振込データはありません。"
            columns={[
              {
                head: '振込指定日',
                cell: ({ id, transferOn }) => (
                  <a class="row-link" href={`${PAYOUT_FILES_PATH}/${id}`}>
                    {dateText(transferOn)}
                  </a>
                ),
              },
              { head: '状態', cell: ({ status }) => <StatusBadge kind="payoutFile" value={status} /> },
              { head: '件数', numeric: true, cell: ({ payouts }) => `${payouts}件` },
              { head: '合計', numeric: true, cell: ({ totalYen }) => yenText(totalYen) },
            ]}
          />
        </section>
      </>
    ),
  });
}

function EndForm({ row, frame, newId, sandbox }: PayoutsPage & { row: ShownPayout }) {
  return (
    <form method="post" action={`${PAYOUTS_PATH}/${row.payout.id}/end`}>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={newId()} />
      <input type="hidden" name="sandbox" value={sandbox ? 'yes' : ''} />
      <button class="button button-small button-secondary" type="submit" name="as" value="paid">
        別の方法で振込済み
      </button>{' '}
      <button class="button button-small button-quiet" type="submit" name="as" value="withdrawn">
        返金を取りやめる
      </button>
    </form>
  );
}

function FileForm({ frame, draft, newId, sandbox, transferOn, waiting }: PayoutsPage) {
  const ready = waiting.filter(({ account }) => account !== null);
  const totalYen = ready.reduce((sum, { payout }) => sum + payout.amountYen, 0);
  const typed = draft?.form === 'file' ? draft : null;
  const field = typedFields(typed, 'file');
  return (
    <form method="post" action={PAYOUT_FILES_PATH} novalidate>
      <h3>
        {ready.length}件 {yenText(totalYen)}の振込データを作る
      </h3>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={typed?.values.commandId ?? newId()} />
      <input type="hidden" name="sandbox" value={sandbox ? 'yes' : ''} />
      <TextField
        {...field('transferOn')}
        value={typed?.values.transferOn ?? transferOn}
        label="振込指定日"
        required
        width="medium"
        hint="銀行の営業日です。振込先の登録がない返金は入りません。"
      />
      <button class="button button-primary" type="submit">
        振込データを作る
      </button>
    </form>
  );
}
