import { type ContractListRow, listContracts } from '../../../db/queries/read/contract-list.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { CONTRACT_STATUSES } from '../../../domain/period/contract.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { recordListPage } from '../../components/record-list.tsx';
import type { Column } from '../../components/table.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { dateText, masked } from '../../format.ts';
import { CONTRACT_KIND_LABELS } from '../../glossary.ts';
import type { Routes } from '../../routes.ts';
import { frame, listQuery, searched } from '../console.ts';

export const CONTRACT_COLUMNS: readonly Column<ContractListRow>[] = [
  {
    head: '契約者',
    cell: (row) => (
      <>
        <a class="row-link" href={`/staff/contracts/${row.id}`}>
          {row.customerName}
        </a>
        {row.sandbox ? <SandboxMark /> : null}
        <small class="under">
          契約番号 {masked(row.contractNumber)}
          {row.deletedOn === null ? '' : `・${dateText(row.deletedOn)} データ削除`}
        </small>
      </>
    ),
  },
  { head: '状態', cell: (row) => <StatusBadge kind="contract" value={row.status} /> },
  { head: '契約種別', cell: (row) => CONTRACT_KIND_LABELS[row.kind] },
  { head: '料金プラン', cell: (row) => row.planName ?? '—' },
  { head: '締結日', cell: (row) => dateText(row.concludedOn) },
  { head: '終了日', cell: (row) => (row.endsOn === null ? '—' : dateText(row.endsOn)) },
];

export function contractListRoutes(app: Routes, deps: WebDependencies): void {
  app.get('/staff/contracts', { right: 'staff', shows: 'nothing' }, async (c) => {
    const query = listQuery(c, deps, keysOf(CONTRACT_STATUSES));
    const page = recordListPage({
      frame: frame(c, deps, 'contracts'),
      name: '契約',
      path: '/staff/contracts',
      hint: '契約番号・会社名・フリガナ・法人番号・担当者・メールアドレス・電話番号',
      statuses: keysOf(CONTRACT_STATUSES).map((value) => ({ value, label: STATUS.contract[value].label })),
      columns: CONTRACT_COLUMNS,
      list: await listContracts(deps.db, query),
      query,
    });
    return c.html(page);
  });

  app.post('/staff/contracts/search', { right: 'staff', shows: 'nothing', reads: true }, (c) => {
    return searched(c, deps, '/staff/contracts');
  });
}
