import { StatusBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, masked, sizeText } from '../../format.ts';
import { hasRole, MAY } from '../rights.ts';
import type { ContractPage } from './page.tsx';

/** Every revision of the certificate; the PDF goes to staff only and each download is logged (第12条2項). */
export function CertificatesPanel({ detail, frame, numbersShown }: ContractPage) {
  const mayOpen = hasRole(frame.signedIn.staff, MAY.downloadCertificate);
  const comparable = detail.certificates.filter(({ payload }) => payload !== '');
  return (
    <section class="panel">
      <h3>契約証書</h3>
      <Table
        caption="契約証書の版"
        rows={detail.certificates}
        empty="契約証書はまだ発行されていません。"
        columns={[
          {
            head: '版',
            cell: ({ revision, status, number }) => (
              <>
                第{revision}版 <StatusBadge kind="certificate" value={status} />
                {/* It contains the contract number. */}
                <small class="under">{numbersShown ? number : masked(number)}</small>
              </>
            ),
          },
          {
            head: '契約期間',
            cell: ({ periodFrom, periodTo }) => `${dateText(periodFrom)}〜${dateText(periodTo)}`,
          },
          { head: '発行日', cell: ({ issuedOn }) => dateText(issuedOn) },
          {
            head: 'PDF',
            cell: ({ id, bytes, revision }) =>
              mayOpen ? (
                <a href={`/staff/contracts/${detail.contract.id}/certificates/${id}`}>
                  ダウンロード<span class="visually-hidden">：第{revision}版</span>
                  <small class="under">{sizeText(bytes)}</small>
                </a>
              ) : (
                '閲覧権限なし'
              ),
          },
        ]}
      />
      {mayOpen ? (
        <ul class="files">
          <li>
            <a href={`/staff/contracts/${detail.contract.id}/certificate-preview`}>
              次の版を見本で確認する（PDF）
            </a>
          </li>
          {comparable.slice(0, -1).map(({ revision }) => (
            <li>
              <a href={`/staff/contracts/${detail.contract.id}/compare?from=${revision - 1}&to=${revision}`}>
                第{revision - 1}版と第{revision}版を比較する
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
