import { DATA_REQUEST_KINDS } from '../../../domain/data/data-requests.ts';
import { SHOWN } from '../../../domain/processes/index.ts';
import { CONSENT_SCOPES } from '../../../domain/support/support-consent.ts';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName, labelOf } from '../../glossary.ts';
import { consentsPath, type DataAccess } from '../data/access.ts';
import { hasRole, MAY } from '../rights.ts';
import type { ContractPage } from './page.tsx';

/** Why support does not see all of the customer's data here, and where a consent is recorded (第13条2項). */
export function ClosedData({ access, contractId }: { access: DataAccess; contractId: string }) {
  if (access.refusal === null) return null;
  return (
    <section class="panel panel-strong" aria-labelledby="closed-data">
      <h3 id="closed-data">お客様のデータの一部は表示していません</h3>
      <p>{access.refusal}</p>
      <p>
        <a href={consentsPath(contractId)}>同意を確認・記録する</a>
      </p>
    </section>
  );
}

/** What stands in place of a part that support may not see. */
export function Closed() {
  return <p class="empty">お客様の同意がないため表示していません（第13条2項）。</p>;
}

/** Who looked at the customer's data; for those who supervise it. */
export function ViewsPanel({ frame, views, names, detail, view, openDataRequests }: ContractPage) {
  const { staff } = frame.signedIn;
  return (
    <section class="panel">
      <h3>お客様のデータの取り扱い</h3>
      <ul class="files">
        {hasRole(staff, MAY.seeConsents) ? (
          <li>
            <a href={consentsPath(detail.contract.id)}>サポートの同意</a>
          </li>
        ) : null}
        {hasRole(staff, MAY.seeDisclosures) ? (
          <li>
            <a href={`/staff/disclosures?contract=${detail.contract.id}`}>公的機関への開示</a>
          </li>
        ) : null}
        {hasRole(staff, MAY.seeDataRequests) ? (
          <li>
            <a href={`/staff/data-requests?contract=${detail.contract.id}`}>
              開示等・秘密情報の返還と破棄の請求
            </a>
          </li>
        ) : null}
      </ul>
      {openDataRequests.length === 0 ? null : (
        <>
          <h4>回答を待っている請求</h4>
          <ul class="files">
            {openDataRequests.map(({ request: { id, kind, dueOn } }) => (
              <li>
                <a href={`/staff/data-requests/${id}`}>{DATA_REQUEST_KINDS[kind]}</a>
                <small class={dueOn < view.today ? 'under due-over' : 'under'}>
                  期限 {dateText(dueOn)}
                  {dueOn < view.today ? '（超過）' : ''}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
      {views === null ? null : (
        <details>
          <summary>閲覧の記録（新しい順に{views.length}件まで）</summary>
          <Table
            caption="お客様のデータの閲覧の記録"
            rows={views}
            empty="閲覧の記録はまだありません。"
            columns={[
              { head: '日時', cell: ({ at }) => instantText(at) },
              { head: '担当者', cell: ({ staffId }) => actorName(staffId, names) },
              {
                head: '見たもの',
                cell: ({ page, scope, consentIds }) => (
                  <>
                    {SHOWN[page].label}
                    <small class="under">
                      {scope.map((each) => labelOf(CONSENT_SCOPES, each)).join('、')}
                    </small>
                    {consentIds.length === 0 ? null : <small class="under">同意にもとづく閲覧</small>}
                  </>
                ),
              },
            ]}
          />
        </details>
      )}
    </section>
  );
}
