import type { ItemName } from '../../../db/queries/billing/names.ts';
import type { ShownPaper } from '../../../db/queries/billing/read.ts';
import type { PlannedDocument } from '../../../domain/billing/documents.ts';
import { PAPER_WORDS } from '../../../templates/paper-words.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { dateText } from '../../format.ts';
import { Checks, LinesTable, OtherPapers } from './papers-table.tsx';
import { type PartnerNames, payText, sumText, wayText, yenText } from './words.ts';

interface Words {
  nameOf: (item: string) => ItemName;
  partners: PartnerNames;
}

/** Names of what is billed, each once. */
function itemsText(lines: PlannedDocument['lines'], nameOf: Words['nameOf']): string {
  return [...new Set(lines.map(({ item }) => nameOf(item).name))].join('、');
}

/** Papers below each other, for a narrow panel: sum and dates first, the lines over its whole width where they are asked for. */
export function PaperBlocks(props: Words & { rows: readonly ShownPaper[]; mayOpen: boolean }) {
  const { rows, nameOf, partners, mayOpen } = props;
  if (rows.length === 0) return <p class="empty">まだ請求はありません。</p>;
  return (
    <>
      {rows.map(({ paper, documentId, corrects, ...named }) => (
        <details>
          <summary>
            <b>{sumText(paper)}</b>　{dateText(paper.issuedOn)}付け{' '}
            {paper.type === 'invoice' ? null : <>{PAPER_WORDS[paper.type].name} </>}
            <StatusBadge kind="paper" value={paper.status} />
          </summary>
          <p class="lines">
            {paper.number === null ? '番号は発行のときに付きます。' : null}
            {paper.number !== null && documentId !== null && mayOpen ? (
              <a href={`/staff/archive/${documentId}`}>{paper.number}</a>
            ) : (
              paper.number
            )}
            {'\n'}
            お支払い：{payText(paper)}、税抜 {yenText(paper.netYen)}、消費税 {yenText(paper.taxYen)}
            {'\n'}
            {wayText(paper, partners) ?? ''}
          </p>
          <OtherPapers corrects={corrects} {...named} />
          <Checks paper={paper} corrects={corrects} nameOf={nameOf} partners={partners} />
          <LinesTable lines={paper.lines} nameOf={nameOf} taxIncluded={paper.taxIncluded} />
        </details>
      ))}
    </>
  );
}

/** What comes next in the same way. */
export function ComingBlocks(props: Words & { coming: readonly PlannedDocument[] | { problem: string } }) {
  const { coming, nameOf, partners } = props;
  if ('problem' in coming) {
    return <p class="notice notice-warning">請求の下書きを作れません。{coming.problem}</p>;
  }
  if (coming.length === 0) return <p class="empty">これから1年の間に請求するものはありません。</p>;
  return (
    <>
      {coming.map((document) => (
        <details>
          <summary>
            <b>{sumText(document)}</b>　{dateText(document.issuedOn)}
            <small class="under">{itemsText(document.lines, nameOf)}</small>
          </summary>
          <p class="lines">
            お支払い：{payText(document)}
            {'\n'}
            {wayText(document, partners) ?? ''}
          </p>
          <LinesTable lines={document.lines} nameOf={nameOf} taxIncluded={document.taxIncluded} />
        </details>
      ))}
    </>
  );
}
