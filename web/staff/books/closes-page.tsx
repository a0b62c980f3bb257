import type { MonthCloseRow } from '../../../db/queries/month-close/close.ts';
import type { MonthKey } from '../../../domain/calendar/civil-date.ts';
import type { CloseCheck, ClosedFigures } from '../../../domain/payments/month-close.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextAreaField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { MonthField, SideAndShow } from '../../components/query-fields.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';

export const CLOSES_PATH = '/staff/closes';

export const EXPORTS = {
  freee: 'freee（取引）',
  'money-forward': 'マネーフォワード（仕訳帳）',
  yayoi: '弥生会計',
} as const;

export interface ClosesPage {
  frame: ReturnType<typeof frame>;
  month: MonthKey;
  sandbox: boolean;
  sandboxOffered: boolean;
  checks: readonly CloseCheck[];
  sums: ClosedFigures;
  /** The standing close of the month. */
  close: MonthCloseRow | null;
  closes: readonly MonthCloseRow[];
  names: ReadonlyMap<string, string>;
  mayClose: boolean;
  draft: Draft | null;
  newId: () => string;
}

/** A month's checklist, sums, lock and exports (第6条2項). */
export function closesPage(page: ClosesPage) {
  const { month, sandbox, checks, close, draft } = page;
  const side = sandbox ? '&sandbox=yes' : '';
  return staffPage({
    ...page.frame,
    title: '月次締め',
    hasErrors: draft !== null,
    children: (
      <>
        <h1>
          月次締め {month} {sandbox ? <SandboxMark /> : null}
        </h1>
        <p class="lead">
          締めた月とそれより前の月には、翌日から何も記帳できません。開き直すには二人の確認が必要です（第6条2項）。
        </p>
        <ErrorSummary errors={draft?.errors ?? []} />
        <form class="search" method="get" action={CLOSES_PATH}>
          <MonthField label="月" value={month} />
          <SideAndShow sandboxOffered={page.sandboxOffered} sandbox={sandbox} />
        </form>
        <section class="panel">
          <h2>この月の合計</h2>
          <Sums {...page} />
          <p>
            会計ソフト用のファイル：
            {Object.entries(EXPORTS).map(([format, label]) => (
              <>
                {' '}
                <a href={`${CLOSES_PATH}/export/${format}?month=${month}${side}`}>{label}</a>
              </>
            ))}
          </p>
        </section>
        {close === null ? (
          <section class="panel panel-strong" id="decide">
            <h2>締める前の確認</h2>
            <Table
              caption="締める前の確認"
              rows={checks}
              empty=""
              columns={[
                { head: '確認', cell: ({ what }) => what },
                { head: '結果', cell: ({ hindrance }) => hindrance ?? '済み' },
              ]}
            />
            {page.mayClose && checks.every(({ hindrance }) => hindrance === null) ? (
              <form method="post" action={CLOSES_PATH}>
                <Hidden {...page} />
                <button class="button button-primary" type="submit">
                  {month}を締める
                </button>
              </form>
            ) : null}
          </section>
        ) : (
          <Reopen {...page} />
        )}
        <section class="panel">
          <h2>これまでの締め</h2>
          <Table
            caption="これまでの締め"
            rows={page.closes}
            empty="まだ締めた月はありません。"
            columns={[
              {
                head: '月',
                cell: (row) => (
                  <>
                    <a
                      class="row-link"
                      href={`${CLOSES_PATH}?month=${row.month}${row.sandbox ? '&sandbox=yes' : ''}`}
                    >
                      {row.month}
                    </a>{' '}
                    {row.sandbox ? <SandboxMark /> : null}
                  </>
                ),
              },
              { head: '締めた日', cell: ({ on }) => dateText(on) },
              { head: '締めた人', cell: ({ closedBy }) => actorName(closedBy, page.names) },
              {
                head: '開き直し',
                cell: ({ reopenedAt }) => (reopenedAt === null ? '—' : instantText(reopenedAt)),
              },
              { head: '請求額（税込）', numeric: true, cell: ({ figures }) => yenText(figures.totalYen) },
            ]}
          />
        </section>
      </>
    ),
  });
}

function Hidden({ frame, draft, newId, month, sandbox }: ClosesPage) {
  return (
    <>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
      <input type="hidden" name="month" value={month} />
      <input type="hidden" name="sandbox" value={sandbox ? 'yes' : ''} />
    </>
  );
}

function Sums({ sums }: ClosesPage) {
  return (
    <Facts
      facts={[
        { label: '発行した書類', value: `${sums.papers.toLocaleString('ja-JP')}通` },
        { label: '税抜', value: yenText(sums.netYen) },
        { label: '消費税', value: yenText(sums.taxYen) },
        { label: '税込', value: yenText(sums.totalYen) },
        { label: '入金', value: yenText(sums.paidYen) },
        { label: '月末の未収', value: yenText(sums.receivableYen) },
      ]}
    />
  );
}

function Reopen(page: ClosesPage) {
  const { close, names, mayClose, draft, month } = page;
  if (close === null) return null;
  return (
    <section class="panel panel-quiet" id="decide">
      <h2>{month}は締められています</h2>
      <p>
        {dateText(close.on)}に{actorName(close.closedBy, names)}が締めました。
      </p>
      {mayClose ? (
        <form method="post" action={`${CLOSES_PATH}/reopen`} novalidate>
          <Hidden {...page} />
          <TextAreaField
            {...typedFields(draft, 'reopen')('reason')}
            label="開き直す理由"
            required
            rows={2}
            hint="二人目の担当者が認めると、この月と後の月が開きます。"
          />
          <button class="button button-danger" type="submit">
            開き直しを申し出る
          </button>
        </form>
      ) : null}
    </section>
  );
}
