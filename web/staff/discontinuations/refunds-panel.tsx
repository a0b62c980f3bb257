import { formatYen } from '../../../domain/base/money.ts';
import { Facts } from '../../components/facts.tsx';
import { TextField } from '../../components/field.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { hasRole, MAY } from '../rights.ts';
import type { DiscontinuationPage } from './record-page.tsx';
import { countText, PATH } from './words.ts';

/** Refunds after the last day: what waits, what lacks an account, the lists and their files for the bank (第16条). */
export function RefundsPanel({ page }: { page: DiscontinuationPage }) {
  const { detail, names, frame } = page;
  const { row, versions, waiting, batches } = detail;
  const final = versions.find(({ kind }) => kind === 'final');
  if (final === undefined || waiting === null || final.refunds === 0) return null;
  const mayDownload = hasRole(frame.signedIn.staff, MAY.downloadRefunds);
  return (
    <section class="panel" id="refunds">
      <h2>返金</h2>
      <Facts
        facts={[
          { label: '確定した返金', value: `${countText(final.refunds)} ${formatYen(final.refundYen)}` },
          {
            label: '次のリストに入る返金',
            value: `${countText(waiting.payable)} ${formatYen(waiting.payableYen)}`,
          },
          { label: '振込先のない返金', value: countText(waiting.missing) },
        ]}
      />
      {waiting.missing === 0 ? null : (
        <details open={waiting.missing <= 10}>
          <summary>
            振込先の登録が必要な契約
            {waiting.missing > waiting.firstMissing.length
              ? `（${countText(waiting.missing)}のうち先頭の${countText(waiting.firstMissing.length)}）`
              : null}
          </summary>
          <ul>
            {waiting.firstMissing.map((contractId, index) => (
              <li>
                <a href={`/staff/contracts/${contractId}/bank-account`}>振込先を登録する（{index + 1}）</a>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Table
        caption="返金リスト"
        rows={batches}
        empty="返金リストはまだありません。"
        columns={[
          { head: 'リスト', cell: ({ batch }) => `第${batch}回` },
          { head: '件数', numeric: true, cell: ({ refunds }) => countText(refunds) },
          { head: '金額', numeric: true, cell: ({ totalYen }) => formatYen(totalYen) },
          { head: '提出', cell: ({ submittedBy }) => actorName(submittedBy, names) },
          {
            head: '承認',
            cell: ({ approvedBy, approvedAt }) =>
              approvedBy === null || approvedAt === null
                ? '承認待ち'
                : `${actorName(approvedBy, names)}（${instantText(approvedAt)}）`,
          },
          {
            head: 'ファイル',
            cell: ({ batch, approvedBy }) =>
              mayDownload ? (
                <Files
                  path={`${PATH}/${row.id}/refunds/${batch}`}
                  approved={approvedBy !== null}
                  batch={batch}
                />
              ) : (
                '—'
              ),
          },
        ]}
      />
    </section>
  );
}

/** The readable list for whoever approves; the bank's file only once it is approved. */
function Files({ path, approved, batch }: { path: string; approved: boolean; batch: number }) {
  return (
    <>
      <a href={`${path}/list.csv`}>一覧（CSV）</a>
      {approved ? (
        <form method="get" action={`${path}/transfer.txt`} novalidate>
          <TextField
            id={`transfer-on-${batch}`}
            name="on"
            label="振込指定日"
            required
            type="date"
            width="medium"
            value=""
          />
          <button class="button button-small button-secondary" type="submit">
            振込データ（全銀形式）
          </button>
        </form>
      ) : null}
    </>
  );
}
