import { isLive } from '../../../domain/contract.ts';
import { Facts } from '../../components/facts.tsx';
import { dateText, instantText } from '../../format.ts';
import { DUE_LABELS, labelOf } from '../../glossary.ts';
import type { ContractPage } from './page.tsx';

/** What the contract's workflow says now: its present period and the next thing that has to be done. */
export function LivePanel({ detail, snapshot }: ContractPage) {
  if (!isLive(detail.contract.status)) return null;
  return (
    <section class="panel">
      <h3>次の予定</h3>
      {snapshot === null ? (
        <p class="empty">
          現在の状態を取得できませんでした。業務処理が停止している可能性があります。下の経過は記録済みの内容です。
        </p>
      ) : (
        <Facts
          facts={[
            {
              label: '現在の期',
              value:
                snapshot.period === null
                  ? '開始前'
                  : `第${snapshot.period.index}期（${dateText(snapshot.period.from)}〜${dateText(snapshot.period.to)}）`,
            },
            {
              label: '次に行うこと',
              value:
                snapshot.nextDueMs === null
                  ? '予定はありません'
                  : `${instantText(new Date(snapshot.nextDueMs))}　${labelOf(DUE_LABELS, snapshot.nextDue ?? '')}`,
            },
            ...(detail.contract.sandbox
              ? [{ label: 'テスト時計', value: instantText(new Date(snapshot.nowMs)) }]
              : []),
          ]}
        />
      )}
    </section>
  );
}
