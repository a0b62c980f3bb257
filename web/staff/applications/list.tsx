import { type ApplicationListRow, listApplications } from '../../../db/queries/read/application-list.ts';
import { APPLICATION_STATUSES } from '../../../domain/application/application.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { recordListPage } from '../../components/record-list.tsx';
import type { Column } from '../../components/table.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { applicantText, dateText, instantText } from '../../format.ts';
import { CHANNEL_LABELS, CONTRACT_KIND_LABELS } from '../../glossary.ts';
import type { Routes } from '../../routes.ts';
import { frame, listQuery, searched } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';

export const APPLICATION_COLUMNS: readonly Column<ApplicationListRow>[] = [
  {
    head: '会社名',
    cell: (row) => (
      <>
        <a class="row-link" href={`/staff/applications/${row.id}`}>
          {applicantText(row)}
        </a>
        {row.sandbox ? <SandboxMark /> : null}
        <small class="under">
          {row.receiptNumber}
          {row.deletedOn === null ? '' : `・${dateText(row.deletedOn)} データ削除`}
        </small>
      </>
    ),
  },
  { head: '状態', cell: (row) => <StatusBadge kind="application" value={row.status} /> },
  { head: '契約種別', cell: (row) => CONTRACT_KIND_LABELS[row.contractKind] },
  { head: '受付方法', cell: (row) => CHANNEL_LABELS[row.channel] },
  { head: '受付日時', cell: (row) => instantText(row.receivedAt) },
];

export function applicationListRoutes(app: Routes, deps: WebDependencies): void {
  app.get('/staff/applications', { right: 'seeApplications', shows: 'nothing' }, async (c) => {
    const query = listQuery(c, deps, keysOf(APPLICATION_STATUSES));
    const shown = frame(c, deps, 'applications');
    const page = recordListPage({
      frame: shown,
      name: '申込',
      path: '/staff/applications',
      hint: '受付番号・会社名・フリガナ・法人番号・担当者・メールアドレス・電話番号',
      action: hasRole(shown.signedIn.staff, MAY.enterApplication) ? (
        <a class="button button-secondary" href="/staff/applications/new">
          届いた申込書を入力する
        </a>
      ) : null,
      statuses: keysOf(APPLICATION_STATUSES).map((value) => ({
        value,
        label: STATUS.application[value].label,
      })),
      columns: APPLICATION_COLUMNS,
      list: await listApplications(deps.db, query),
      query,
    });
    return c.html(page);
  });

  app.post('/staff/applications/search', { right: 'seeApplications', shows: 'nothing', reads: true }, (c) => {
    return searched(c, deps, '/staff/applications');
  });
}
