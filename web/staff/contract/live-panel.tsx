import { type CivilDate, compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import { nextRenewal } from '../../../domain/ending/what-if.ts';
import { type Alteration, fieldsOf } from '../../../domain/future/contents.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { fieldWord } from '../../../domain/future/settle.ts';
import { CONTRACT_KIND_LABELS, isLive } from '../../../domain/period/contract.ts';
import { Facts } from '../../components/facts.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { DUE_LABELS, labelOf } from '../../glossary.ts';
import type { ContractView } from './view.ts';

const DUE_CLAUSES: Readonly<Record<string, string>> = { begin: '第5条1項', campaignEnd: '第5条4項' };

interface Coming {
  on: CivilDate;
  what: string;
  clause: string;
}

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

function comingOf(view: ContractView): Coming[] {
  const { snapshot, future, today, cutoff } = view;
  const coming: Coming[] = future.judged.flatMap(({ state, on, alters }) =>
    state === 'accepted'
      ? [{ on, what: `${labelOf(DUE_LABELS, 'change')}（${wordsOf(alters)}）`, clause: '第8条2項' }]
      : [],
  );
  const endsOn = future.end?.on ?? null;
  const renewal = nextRenewal(future, today, cutoff).value;
  if (renewal !== null) {
    const { period, renewsOn } = renewal;
    const becomes =
      period.kind === periodOn(future.line, today).kind ? '' : CONTRACT_KIND_LABELS[period.kind];
    const until = `（${becomes === '' ? '' : `${becomes}となり、`}${dateText(period.to)}まで）`;
    coming.push({ on: renewsOn, what: `自動更新${until}`, clause: '第5条3項' });
    if (endsOn === null && compareDates(today, renewal.cancelBy) <= 0) {
      const what = '次の更新を止める解約の到達期限';
      coming.push({ on: renewal.cancelBy, what, clause: '第10条1項' });
    }
  }
  if (future.end !== null) {
    const what = '契約の終了（この日の終わり）';
    const clause = future.end.by === 'discontinuation' ? '第16条' : '第10条1項';
    coming.push({ on: future.end.on, what, clause });
  }
  const due = snapshot?.nextDue ?? null;
  if (due !== null && snapshot?.nextDueMs != null && ['begin', 'reminder', 'campaignEnd'].includes(due)) {
    const on = jstDate(snapshot.nextDueMs);
    coming.push({ on, what: labelOf(DUE_LABELS, due), clause: DUE_CLAUSES[due] ?? '第5条3項' });
  }
  return coming.toSorted((a, b) => compareDates(a.on, b.on));
}

/** The fields that a change alters, by name. */
const wordsOf = (alters: Alteration): string => [...new Set(fieldsOf(alters).map(fieldWord))].join('、');
