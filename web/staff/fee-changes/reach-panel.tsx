import type { FeeChange } from '../../../db/queries/fee-change/enter.ts';
import type { FeeReach } from '../../../db/queries/read/fee-change-reach.ts';
import { formatYen } from '../../../domain/base/money.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { Facts } from '../../components/facts.tsx';
import { Paging } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { CONTRACT_KIND_LABELS } from '../../glossary.ts';
import { PAGE_SIZE } from '../console.ts';

/** Whom the change reaches and when; those without the chance to cancel come first. */
export function ReachPanel(props: { change: FeeChange; reach: readonly FeeReach[]; page: number }) {
  const { change, reach, page } = props;
  const sorted = reach.toSorted((a, b) => Number(a.chanceToCancel) - Number(b.chanceToCancel));
  const count = (test: (each: FeeReach) => boolean) => `${reach.filter(test).length}契約`;
  return (
    <section class="panel" id="reach">
      <h2>
        適用される契約 <span class="count">{reach.length}契約</span>
      </h2>
      <Facts
        facts={[
          { label: CONTRACT_KIND_LABELS.monthly, value: count(({ kind }) => kind === 'monthly') },
          {
            label: `${CONTRACT_KIND_LABELS.annual}（次の期間から）`,
            value: count(({ kind }) => kind === 'annual'),
          },
          { label: '告知が到達', value: count(({ noticedOn }) => noticedOn !== null) },
          { label: '新しい料金に移行済', value: count(({ moved }) => moved) },
          { label: '変更前に終了', value: count(({ endsBefore }) => endsBefore) },
          { label: '変更前に解約する余裕がない', value: count((each) => !each.chanceToCancel) },
          { label: 'キャンペーン条件あり（個別に確認）', value: count(({ hasCampaign }) => hasCampaign) },
        ]}
      />
      {change.status === 'draft' ? <p class="hint">告知が今日到達した場合の見込みです。</p> : null}
      <Table
        caption="適用される契約"
        rows={sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
        empty="適用される契約はありません。"
        columns={[
          {
            head: 'お客様',
            cell: ({ contractId, customerName, sandbox, hasCampaign }) => (
              <>
                <a href={`/staff/contracts/${contractId}`}>{customerName}</a>{' '}
                {sandbox ? <SandboxMark /> : null}
                {hasCampaign ? <small class="under">キャンペーン条件あり</small> : null}
              </>
            ),
          },
          {
            head: '契約',
            cell: ({ kind, planName }) => (
              <>
                {CONTRACT_KIND_LABELS[kind]}
                <small class="under">{planName}</small>
              </>
            ),
          },
          { head: '現在（1期分）', numeric: true, cell: ({ oldFeeYen }) => formatYen(oldFeeYen) },
          { head: '変更後（1期分）', numeric: true, cell: ({ newFeeYen }) => formatYen(newFeeYen) },
          {
            head: '告知の到達',
            cell: ({ noticedOn }) => (noticedOn === null ? '未到達' : dateText(noticedOn)),
          },
          { head: '適用日', cell: (each) => <FromCell each={each} /> },
        ]}
      />
      <Paging
        path={`/staff/fee-changes/${change.id}`}
        query={{}}
        page={page}
        pageSize={PAGE_SIZE}
        count={reach.length}
      />
    </section>
  );
}

function FromCell({ each }: { each: FeeReach }) {
  if (each.endsBefore) return <>契約が先に終了</>;
  return (
    <>
      {dateText(each.from)}
      {each.moved ? <small class="under">移行済</small> : null}
      {each.chanceToCancel || each.moved ? null : <small class="under under-bad">解約する余裕なし</small>}
    </>
  );
}
