import { formatYen } from '../../../domain/base/money.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { Facts } from '../../components/facts.tsx';
import { dateText } from '../../format.ts';
import { hasRole, MAY } from '../rights.ts';
import type { ContractPage } from './page.tsx';
import { WhatIfForm } from './what-if-page.tsx';

/** Where the contract ends before anything that arrives from now on would take effect. */
const NONE = 'ありません（終了日より後になるため）';

/** What a cancellation arriving now would bring about, and the question for another moment (第10条). */
export function WhatIfPanel({ detail, whatIf, frame }: ContractPage) {
  if (!isLive(detail.contract.status) || whatIf === null) return null;
  const { end, cutoffs, renewsAlthoughCancelled, feesDue, balanceLostYen } = whatIf;
  const { change, cancellation } = cutoffs.value;
  return (
    <section class="panel">
      <h3>いま解約が届くと</h3>
      <Facts
        facts={[
          {
            label: '終了日',
            value: [
              dateText(end.value.endsOn),
              renewsAlthoughCancelled.value === null ? '' : '（更新後に終了）',
              whatIf.neverBegins ? '（初日より前に終了。期間は始まりません）' : '',
            ].join(''),
          },
          {
            label: '次の解約の締切',
            value:
              cancellation === null
                ? NONE
                : `${dateText(cancellation.by)}到達 → ${dateText(cancellation.endsOn)}終了`,
          },
          {
            label: '次の変更の締切',
            value:
              change === null ? NONE : `${dateText(change.by)}到達 → ${dateText(change.effectiveOn)}適用`,
          },
          { label: '終了までの料金', value: `${formatYen(feesDue.value.totalYen)}（税抜）` },
          { label: '失われる残高', value: formatYen(balanceLostYen.value) },
        ]}
      />
      <details>
        <summary>別の日時で試算する</summary>
        <WhatIfForm contractId={detail.contract.id} at="" wish="" errors={[]} />
      </details>
      <p>
        <a href={`/staff/contracts/${detail.contract.id}/what-if`}>理由つきで見る</a>
        {hasRole(frame.signedIn.staff, MAY.seeLiability) ? (
          <>
            <br />
            <a href={`/staff/contracts/${detail.contract.id}/liability`}>
              事故のときの責任の上限（第23条3項）
            </a>
          </>
        ) : null}
      </p>
    </section>
  );
}
