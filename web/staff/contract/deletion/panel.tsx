import type { HoldRow } from '../../../../db/queries/deletion/hold.ts';
import type { DeletionRow } from '../../../../db/queries/deletion/open.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { dateWithEra } from '../../../format.ts';
import { hasRole, MAY } from '../../rights.ts';
import type { ContractPage } from '../page.tsx';

/** How far the deletion of an ended contract's data is; nothing while the contract runs and no hold was set. */
export interface DeletionState {
  row: DeletionRow | null;
  holds: readonly HoldRow[];
}

/** State and day of the deletion (第22条6項), with the way to dry run, hold and proof. */
export function DeletionPanel({ deletion, detail, frame }: ContractPage) {
  const { row, holds } = deletion;
  const held = holds.some(({ status }) => status !== 'lifted' && status !== 'rejected');
  if (row === null && holds.length === 0) return null;
  const path = `/staff/contracts/${detail.contract.id}/deletion`;
  const { staff } = frame.signedIn;
  return (
    <section class="panel" id="deletion">
      <h3>お客様保有データの削除</h3>
      <p>
        {row === null ? '契約の終了後に始まります。' : <StatusBadge kind="deletion" value={row.status} />}{' '}
        {held ? <StatusBadge kind="hold" value="active" /> : null}
      </p>
      {row === null ? null : <p>{dueText(row)}</p>}
      {row?.proofDocumentId == null ? null : (
        <p>
          <a href={`/staff/archive/${row.proofDocumentId}`}>データ削除証明書を見る</a>
        </p>
      )}
      {hasRole(staff, MAY.seeDeletion) ? (
        <p>
          <a class="button button-small button-secondary" href={path}>
            削除の内容と保留
          </a>
        </p>
      ) : null}
    </section>
  );
}

function dueText({ status, dueOn, deletedOn }: DeletionRow) {
  if (deletedOn !== null) return `${dateWithEra(deletedOn)}に削除しました。`;
  if (status === 'held') return `${dateWithEra(dueOn)}が期日でしたが、保留により止めています。`;
  return `${dateWithEra(dueOn)}に自動で削除します（第22条6項）。`;
}
