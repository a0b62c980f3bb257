import { compareDates } from '../../../domain/calendar/civil-date.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { Facts } from '../../components/facts.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { comingOf } from './coming.ts';
import type { ContractView } from './view.ts';

/** 次に行われること: what the workflow does next by itself, the accepted changes, the renewal and the end, with clauses. */
export function LivePanel({ view }: { view: ContractView }) {
  const { detail, snapshot, future, today, nowMs } = view;
  if (!isLive(detail.contract.status)) return null;
  const present = periodOn(future.line, today);
  return (
    <section class="panel">
      <h3>次に行われること</h3>
      {snapshot === null ? (
        <p class="notice notice-warning">
          現在の状態を取得できませんでした。業務処理が停止している可能性があります。下は記録と暦から求めた予定です。
        </p>
      ) : null}
      <Facts
        facts={[
          {
            label: '現在の期',
            value: `第${present.index}期（${dateText(present.from)}〜${dateText(present.to)}）${
              compareDates(present.from, today) > 0 ? '開始前' : ''
            }`,
          },
          ...(detail.contract.sandbox ? [{ label: 'テスト時計', value: instantText(new Date(nowMs)) }] : []),
        ]}
      />
      <Table
        caption="次に行われること"
        rows={comingOf(view)}
        empty="予定はありません。"
        columns={[
          { head: '日付', cell: ({ on }) => dateText(on) },
          { head: '内容', cell: ({ what }) => what },
          { head: '条項', cell: ({ clause }) => clause },
        ]}
      />
    </section>
  );
}
