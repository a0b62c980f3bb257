import type { ItemName } from '../../../db/queries/billing/names.ts';
import type { ShownPaper } from '../../../db/queries/billing/read.ts';
import type { BillingLine } from '../../../domain/billing/lines.ts';
import { PAPER_WORDS } from '../../../templates/paper-words.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { findingText, type PartnerNames, payText, sumText, wayText, yenText } from './words.ts';

type NameOf = (item: string) => ItemName;

/** Separators in the whole part of an exact amount. */
function exactText(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The lines of a paper, each with the reason for which it is billed now. */
export function LinesTable({
  lines,
  nameOf,
  taxIncluded = false,
}: {
  lines: readonly BillingLine[];
  nameOf: NameOf;
  taxIncluded?: boolean | undefined;
}) {
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
        {
          head: `金額（円・${taxIncluded ? '税込' : '税抜'}）`,
          numeric: true,
          cell: ({ amount }) => exactText(amount),
        },
      ]}
    />
  );
}

/** What is conspicuous about a draft, and what differs from last month's document. */
export function Checks(
  props: Pick<ShownPaper, 'paper' | 'corrects'> & { nameOf: NameOf; partners: PartnerNames },
) {
  const { paper, corrects, nameOf, partners } = props;
  const { findings, differences, status } = paper;
  if (status !== 'draft') return null;
  return (
    <>
      {findings.map((finding) => (
        <p class="notice notice-warning">{findingText(finding, partners)}</p>
      ))}
      {differences.length === 0 ? null : (
        <details>
          <summary>
            {corrects === null ? '先月' : '訂正前'}との違い {differences.length}件
          </summary>
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

/** Which paper it replaces, which replaced it, of which money goes back. */
export function OtherPapers(props: Pick<ShownPaper, 'corrects' | 'returns' | 'replacedBy'>) {
  const { corrects, returns, replacedBy } = props;
  return (
    <>
      {corrects === null ? null : <small class="under">{corrects} を訂正し、これに代わるもの</small>}
      {returns === null ? null : <small class="under">{returns} についての返金</small>}
      {replacedBy === null ? null : <small class="under">{replacedBy} に差し替え済み</small>}
    </>
  );
}

function Way({ paper, partners }: { paper: ShownPaper['paper']; partners: PartnerNames }) {
  const text = wayText(paper, partners);
  return text === null ? null : <small class="under">{text}</small>;
}

/** Whose page of papers a paper belongs to. */
const payerId = ({ payer }: ShownPaper['paper'], customerId: string): string =>
  payer === 'customer' ? customerId : payer;

/** Papers with their sums; each opens to its lines and checks. */
export function PapersTable(props: {
  caption: string;
  rows: readonly ShownPaper[];
  nameOf: NameOf;
  partners: PartnerNames;
  empty: string;
  mayOpen: boolean;
}) {
  const { caption, rows, nameOf, partners, empty, mayOpen } = props;
  return (
    <Table
      caption={caption}
      rows={rows}
      empty={empty}
      rowClass={({ paper }) => (paper.findings.length > 0 && paper.status === 'draft' ? 'row-current' : '')}
      columns={[
        {
          head: '書類',
          cell: ({ paper, documentId, ...named }) => (
            <>
              {paper.type === 'invoice' ? null : <>{PAPER_WORDS[paper.type].name} </>}
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
              <OtherPapers {...named} />
              <Way paper={paper} partners={partners} />
            </>
          ),
        },
        {
          head: '契約者',
          cell: ({ paper, customerName, customerId }) => (
            <>
              <a href={`/staff/contracts/${paper.contractId}`}>{customerName}</a>
              <small class="under">
                <a href={`/staff/payers/${payerId(paper, customerId)}`}>請求の一覧</a>
              </small>
            </>
          ),
        },
        {
          head: '明細と確認',
          cell: ({ paper, corrects }) => (
            <>
              <Checks paper={paper} corrects={corrects} nameOf={nameOf} partners={partners} />
              <details>
                <summary>明細 {paper.lines.length}件</summary>
                <LinesTable lines={paper.lines} nameOf={nameOf} taxIncluded={paper.taxIncluded} />
              </details>
            </>
          ),
        },
        { head: 'お支払期限', cell: ({ paper }) => payText(paper) },
        { head: '税抜', numeric: true, cell: ({ paper }) => yenText(paper.netYen) },
        { head: '消費税', numeric: true, cell: ({ paper }) => yenText(paper.taxYen) },
        { head: '合計（税込）', numeric: true, cell: ({ paper }) => <b>{sumText(paper)}</b> },
      ]}
    />
  );
}
