import { formatYen } from '../../../domain/base/money.ts';
import { nextRenewal } from '../../../domain/ending/what-if.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { feeOfPeriod } from '../../../domain/future/project.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { dateText } from '../../format.ts';
import { CONTRACT_KIND_LABELS } from '../../glossary.ts';
import { Others } from '../presence/others.tsx';
import { ActionsMenu } from './actions-menu.tsx';
import type { ContractPage } from './page.tsx';
import { SuspensionBadge } from './suspension-panel.tsx';
import type { ContractView } from './view.ts';

/** Who it is, how it stands, and in one line what it costs, until when it runs and what is open. */
export function ContractHead(page: ContractPage) {
  const { detail, view } = page;
  const { contract, customer } = detail;
  const tasks = detail.tasks.length;
  return (
    <header class={contract.sandbox ? 'record-head record-sandbox' : 'record-head'}>
      <div class="head-line">
        <h1>
          {customer.name} <StatusBadge kind="contract" value={contract.status} />
          <SuspensionBadge suspensions={page.suspensions} />
          {contract.sandbox ? <SandboxMark /> : null}
        </h1>
        <ActionsMenu {...page} />
      </div>
      <p class="record-meta">
        <span>
          <a href="/staff/contracts">契約</a> / {CONTRACT_KIND_LABELS[contract.kind]}
        </span>
        <b>{feeText(view)}</b>
        <span>{periodText(view)}</span>
        <b>{endText(view)}</b>
        {tasks === 0 ? <span>対応待ちなし</span> : <a href="#going-on">対応待ち {tasks}件</a>}
      </p>
      <Others path={`/staff/contracts/${contract.id}`} />
    </header>
  );
}

/** '月額 33,000円（税抜）' of the present period. */
function feeText({ detail, future, today }: ContractView): string {
  if (!isLive(detail.contract.status)) return '';
  const period = periodOn(future.line, today);
  const yen = formatYen(feeOfPeriod(future, period));
  return `${period.kind === 'annual' ? '年額' : '月額'} ${yen}（税抜）`;
}

function periodText({ detail, future, today }: ContractView): string {
  if (!isLive(detail.contract.status)) return '';
  const { index, from, to } = periodOn(future.line, today);
  return `第${index}期 ${dateText(from)}〜${dateText(to)}${today < from ? '（開始前）' : ''}`;
}

/** When it ends or ended; for a contract that goes on, until when a cancellation stops its next renewal. */
function endText({ detail, future, today, cutoff }: ContractView): string {
  const { endsOn, status } = detail.contract;
  const ends = future.end?.on ?? endsOn;
  if (ends !== null) return `${dateText(ends)} ${isLive(status) ? '終了予定' : '終了'}`;
  const renewal = isLive(status) ? nextRenewal(future, today, cutoff).value : null;
  return renewal === null ? '' : `次の解約期限 ${dateText(renewal.cancelBy)}`;
}
