import { StatusBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName, CHANNEL_LABELS, labelOf, REQUEST_KIND_LABELS } from '../../glossary.ts';
import { hasRole, MAY } from '../rights.ts';
import type { ContractPage } from './page.tsx';

/** Change requests, cancellations and terminations with both arrivals and the date that was computed (第8条, 第10条). */
export function RequestsPanel({ detail, frame, names }: ContractPage) {
  const { contract } = detail;
  const base = `/staff/contracts/${contract.id}/requests`;
  const { staff } = frame.signedIn;
  return (
    <section class="panel" id="requests">
      <h3>変更・解約の申込</h3>
      <Table
        caption="変更・解約の申込"
        rows={detail.requests}
        empty="変更・解約の申込はありません。届いたものは、上の「操作」から入力します。"
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
