import type { RequestKind } from '../../../domain/period/contract.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName, CHANNEL_LABELS, labelOf, REQUEST_KIND_LABELS } from '../../glossary.ts';
import { hasRole, MAY } from '../rights.ts';
import type { ContractPage } from './page.tsx';
import { withdrawalOf } from './view.ts';

const ACTIONS: readonly { kind: RequestKind; label: string }[] = [
  { kind: 'change', label: '利用内容の変更を入力' },
  { kind: 'cancellation', label: '解約を入力' },
  { kind: 'cancellationWithdrawal', label: '解約の取消を入力' },
  { kind: 'termination', label: '即時解約を申し立てる' },
];

/** Change requests, cancellations and terminations with both arrivals and the date that was computed (第8条, 第10条). */
export function RequestsPanel({ detail, view, frame, names }: ContractPage) {
  const { contract } = detail;
  const base = `/staff/contracts/${contract.id}/requests`;
  const { staff } = frame.signedIn;
  const isOffered: Partial<Record<RequestKind, boolean>> = {
    cancellation: view.facts.ownEndsOn === null,
    cancellationWithdrawal: withdrawalOf(view).ok,
  };
  const actions =
    isLive(contract.status) && hasRole(staff, MAY.enterRequest)
      ? ACTIONS.filter(({ kind }) => isOffered[kind] ?? true)
      : [];
  return (
    <section class="panel" id="requests">
      <h3>変更・解約の申込</h3>
      {actions.length === 0 ? null : (
        <p class="button-row">
          {actions.map(({ kind, label }) => (
            <a class="button button-small button-secondary" href={`${base}/new/${kind}`}>
              {label}
            </a>
          ))}
        </p>
      )}
      <Table
        caption="変更・解約の申込"
        rows={detail.requests}
        empty="変更・解約の申込はありません。"
        columns={[
          {
            head: '種類',
            cell: ({ id, kind, channel, enteredBy }) => (
              <>
                <a href={`${base}/${id}`}>{REQUEST_KIND_LABELS[kind]}</a>
                <small class="under">{labelOf(CHANNEL_LABELS, channel)}</small>
                <small class="under">{actorName(enteredBy, names)} 入力</small>
              </>
            ),
          },
          {
            head: '到達',
            cell: ({ arrivedAt, arrivedAtPartner, wishedOn }) => (
              <>
                {instantText(arrivedAt)}
                {arrivedAtPartner === null ? null : (
                  <small class="under">パートナー {instantText(arrivedAtPartner)}</small>
                )}
                {wishedOn === null ? null : <small class="under">希望日 {dateText(wishedOn)}</small>}
              </>
            ),
          },
          { head: '結果', cell: ({ outcome }) => <StatusBadge kind="request" value={outcome} /> },
          {
            head: '適用日',
            cell: ({ computedOn, clause }) => (
              <>
                {computedOn === null ? '—' : dateText(computedOn)}
                {clause === '' ? null : <small class="under">{clause}</small>}
              </>
            ),
          },
          {
            head: '原本',
            cell: ({ id, storageKey, kind }) =>
              storageKey === null ? (
                'なし'
              ) : hasRole(staff, MAY.downloadOriginal) ? (
                <a href={`${base}/${id}/original`}>
                  開く<span class="visually-hidden">：{REQUEST_KIND_LABELS[kind]}の原本</span>
                </a>
              ) : (
                'あり'
              ),
          },
        ]}
      />
    </section>
  );
}
