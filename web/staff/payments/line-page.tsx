import type { Proposal, postingsOf } from '../../../db/queries/payment/read.ts';
import type { OpenPaper } from '../../../db/queries/payment/receivable.ts';
import type { LineRow } from '../../../db/queries/payment/settle.ts';
import type { ProposalRow } from '../../../db/queries/proposal/find.ts';
import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { dateText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import { DecisionForm } from '../desk/decision-form.tsx';
import type { Draft } from '../desk/draft.ts';
import { AllocateForm } from './allocate-form.tsx';
import { LinesTable } from './home-page.tsx';
import { AsideForm, PayerChoice, TakenBackForm } from './line-forms.tsx';
import { problemText } from './line-words.ts';
import { IMPORTS_PATH, LINES_PATH, PAYMENTS_PATH, SETTLE_PATH } from './words.ts';

export interface BankLinePage {
  frame: ReturnType<typeof frame>;
  line: LineRow;
  postings: Awaited<ReturnType<typeof postingsOf>>;
  history: readonly AuditRow[];
  staff: ReadonlyMap<string, string>;
  /** What waits besides. */
  next: { rows: readonly LineRow[]; count: number };
  /** Payments that the entry may take back. */
  takenBack: readonly LineRow[];
  /** The one before it, to see what became of it. */
  done: LineRow | null;
  /** It waits for a second person. */
  proposal: ProposalRow | null;
  draft: Draft | null;
  /** After it the next one is shown. */
  queue: boolean;
  /** Whose it is taken for; '' while nobody is chosen. */
  payer: string;
  candidates: readonly string[];
  found: readonly string[];
  /** What is open of all payers that are shown. */
  open: readonly OpenPaper[];
  names: ReadonlyMap<string, string>;
  suggestion: Proposal | null;
  search: { text: string; hidden: string | null };
  maySettle: boolean;
  newId: () => string;
}

/** One payment, and what is to be done about it: the proposal is filled in, so that Enter accepts it. */
export function bankLinePage(page: BankLinePage) {
  const { line, postings, draft, queue, next, staff, proposal } = page;
  const title = queue ? `入金の消込（残り${next.count.toLocaleString('ja-JP')}件）` : '入金';
  const others = next.rows.filter(({ id }) => id !== line.id);
  return staffPage({
    ...page.frame,
    title,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={PAYMENTS_PATH}>入金</a> / {dateText(line.on)}
        </p>
        <h1>
          {title} <StatusBadge kind="bankLine" value={line.status} />
          {line.sandbox ? <SandboxMark /> : null}
        </h1>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <Before {...page} />
        <section class="panel">
          <Facts
            facts={[
              { label: '名義', value: line.name },
              { label: '金額', value: <b>{yenText(line.amountYen)}</b> },
              { label: '入金の日', value: dateText(line.on) },
              { label: 'EDI情報・番号', value: line.reference },
              { label: '口座', value: line.account },
              {
                label: 'ファイル',
                value: <a href={`${IMPORTS_PATH}/${line.importId}`}>取り込んだファイルを見る</a>,
              },
              ...(line.status === 'waiting'
                ? [{ label: '確認すること', value: problemText(line.problem) }]
                : []),
              ...(line.settledBy === null
                ? []
                : [{ label: '処理した人', value: actorName(line.settledBy, staff) }]),
              ...(line.note === '' ? [] : [{ label: '理由', value: <span class="lines">{line.note}</span> }]),
            ]}
          />
        </section>
        {proposal === null ? null : (
          <p class="notice">
            この入金は二人目の担当者の確認を待っています。
            <a href={`/staff/proposals/${proposal.id}`}>申し出を見る</a>
          </p>
        )}
        {page.maySettle && proposal === null ? <Forms {...page} /> : null}
        {postings.length === 0 ? null : (
          <section class="panel">
            <h2>消込</h2>
            <Table
              caption="消込"
              rows={postings}
              empty=""
              columns={[
                { head: '請求書', cell: ({ number }) => number ?? '' },
                { head: '消込の日', cell: ({ allocation }) => dateText(allocation.on) },
                { head: '金額', numeric: true, cell: ({ allocation }) => yenText(allocation.amountYen) },
                {
                  head: '振込手数料',
                  numeric: true,
                  cell: ({ allocation }) => yenText(allocation.discountYen),
                },
                { head: '担当', cell: ({ allocation }) => actorName(allocation.madeBy, staff) },
              ]}
            />
          </section>
        )}
        {queue ? (
          <section class="panel">
            <h2>次の入金</h2>
            <p>
              <a href={`${SETTLE_PATH}?after=${line.id}`}>この入金を後にして、次に進む</a>
            </p>
            <LinesTable caption="次の入金" rows={others} empty="ほかに確認待ちの入金はありません。" />
          </section>
        ) : (
          <section class="panel">
            <h2>経過</h2>
            <Timeline rows={page.history} names={staff} />
          </section>
        )}
      </>
    ),
  });
}

/** What became of the payment before, with the way back to it. */
function Before({ done }: BankLinePage) {
  if (done === null) return null;
  return (
    <p class="notice" role="status">
      前の入金（{dateText(done.on)} {yenText(done.amountYen)}）：
      <StatusBadge kind="bankLine" value={done.status} /> <a href={`${LINES_PATH}/${done.id}`}>見直す</a>
    </p>
  );
}

function Forms(page: BankLinePage) {
  const { line } = page;
  if (line.status === 'returned' || line.status === 'cancelled') return null;
  if (line.status !== 'waiting') {
    return (
      <details class="panel" open={page.draft !== null}>
        <summary>この入金の処理をやり直す</summary>
        <p class="hint">充てた請求書は未払いに戻り、入金は確認待ちに戻ります。記録は残ります。</p>
        <DecisionForm
          page={page}
          form="settle"
          action={`${LINES_PATH}/${line.id}`}
          taskId=""
          verdicts={[
            { value: 'reopen', label: '消込を取り消し、確認待ちに戻す' },
            ...(line.status === 'wrong' ? [{ value: 'returned', label: '組戻し・返金が済んだ' }] : []),
          ]}
        />
      </details>
    );
  }
  if (line.cancelled) return <TakenBackForm {...page} />;
  return (
    <>
      {page.payer === '' ? null : <AllocateForm {...page} />}
      <PayerChoice {...page} />
      <AsideForm {...page} />
    </>
  );
}
