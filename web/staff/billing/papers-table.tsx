import type { ItemName } from '../../../db/queries/billing/names.ts';
import type { ShownPaper } from '../../../db/queries/billing/read.ts';
import type { BillingLine } from '../../../domain/billing/lines.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { findingText, yenText } from './words.ts';

type NameOf = (item: string) => ItemName;

/** Separators in the whole part of an exact amount. */
function exactText(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The lines of a paper, each with the reason for which it is billed now. */
export function LinesTable({ lines, nameOf }: { lines: readonly BillingLine[]; nameOf: NameOf }) {
  return (
    <Table
      caption="明細"
      rows={lines}
      empty="明細はありません。"
      columns={[
        {
          head: '内容',
          cell: ({ item, why }) => (
            <>
              {nameOf(item).name}
              {why.map(({ text }) => (
                <small class="under">{text}</small>
              ))}
            </>
          ),
        },
        { head: '期間', cell: ({ from, to }) => `${dateText(from)}〜${dateText(to)}` },
        {
          head: '数量',
          numeric: true,
          cell: ({ item, quantity }) => `${exactText(quantity)}${nameOf(item).unit}`,
        },
        { head: '単価（円）', numeric: true, cell: ({ unitPrice }) => exactText(unitPrice) },
        { head: '金額（円・税抜）', numeric: true, cell: ({ amount }) => exactText(amount) },
      ]}
    />
  );
}

/** What is conspicuous about a draft, and what differs from last month's document. */
function Checks({ paper, nameOf }: { paper: ShownPaper['paper']; nameOf: NameOf }) {
  const { findings, differences, status } = paper;
  if (status !== 'draft') return null;
  return (
    <>
      {findings.map((finding) => (
        <p class="notice notice-warning">{findingText(finding)}</p>
      ))}
      {differences.length === 0 ? null : (
        <details>
          <summary>先月との違い {differences.length}件</summary>
          <ul>
            {differences.map(({ item, last, now }) => (
              <li>
                {nameOf(item).name}：{last === null ? 'なし' : `${exactText(last)}円`} →{' '}
                {now === null ? 'なし' : `${exactText(now)}円`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Papers with their sums; each opens to its lines and checks. */
export function PapersTable(props: {
  caption: string;
  rows: readonly ShownPaper[];
  nameOf: NameOf;
  empty: string;
  mayOpen: boolean;
  /** Where the page is of one customer anyway. */
  withoutCustomer?: boolean;
}) {
  const { caption, rows, nameOf, empty, mayOpen, withoutCustomer = false } = props;
  return (
    <Table
      caption={caption}
      rows={rows}
      empty={empty}
      rowClass={({ paper }) => (paper.findings.length > 0 && paper.status === 'draft' ? 'row-current' : '')}
      columns={[
        {
          head: '書類',
          cell: ({ paper, documentId }) => (
            <>
              {paper.number === null ? (
                '番号は発行のときに付きます'
              ) : documentId !== null && mayOpen ? (
                <a class="row-link" href={`/staff/archive/${documentId}`}>
                  {paper.number}
                </a>
              ) : (
                paper.number
              )}{' '}
              <StatusBadge kind="paper" value={paper.status} />
              <small class="under">{dateText(paper.issuedOn)} 付け</small>
            </>
          ),
        },
        ...(withoutCustomer
          ? []
          : [
              {
                head: '契約者',
                cell: ({ paper, customerName }: ShownPaper) => (
                  <a href={`/staff/contracts/${paper.contractId}`}>{customerName}</a>
                ),
              },
            ]),
        {
          head: '明細と確認',
          cell: ({ paper }) => (
            <>
              <Checks paper={paper} nameOf={nameOf} />
              <details>
                <summary>明細 {paper.lines.length}件</summary>
                <LinesTable lines={paper.lines} nameOf={nameOf} />
              </details>
            </>
          ),
        },
        { head: 'お支払期限', cell: ({ paper }) => (paper.dueOn === null ? '—' : dateText(paper.dueOn)) },
        { head: '税抜', numeric: true, cell: ({ paper }) => yenText(paper.netYen) },
        { head: '消費税', numeric: true, cell: ({ paper }) => yenText(paper.taxYen) },
        { head: '請求額', numeric: true, cell: ({ paper }) => <b>{yenText(paper.totalYen)}</b> },
      ]}
    />
  );
}
