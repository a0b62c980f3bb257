import type { StaffAccount } from '../../../db/queries/staff/accounts.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { ACCOUNTS_PATH, rolesText } from './words.ts';

/** Everybody who can sign in, or could. */
export function accountsPage(props: { frame: ReturnType<typeof frame>; accounts: readonly StaffAccount[] }) {
  const { frame, accounts } = props;
  return staffPage({
    ...frame,
    title: '担当者',
    children: (
      <>
        <div class="page-head">
          <h1>
            担当者 <span class="count">{accounts.length}人</span>
          </h1>
          {hasRole(frame.signedIn.staff, MAY.manageAccounts) ? (
            <a class="button button-primary" href={`${ACCOUNTS_PATH}/new`}>
              担当者を招待する
            </a>
          ) : null}
        </div>
        <p class="lead">
          運用管理を使える人と、その役割です。役割の変更、停止、停止の解除は、それぞれの担当者の画面で行います。
        </p>
        <Table
          caption="担当者の一覧"
          rows={accounts}
          empty="担当者はまだいません。"
          columns={[
            {
              head: '氏名',
              cell: ({ id, name, email }) => (
                <>
                  <a class="row-link" href={`${ACCOUNTS_PATH}/${id}`}>
                    {name}
                  </a>
                  <small class="under">{email}</small>
                </>
              ),
            },
            { head: '状態', cell: ({ status }) => <StatusBadge kind="account" value={status} /> },
            { head: '役割', cell: ({ roles }) => rolesText(roles) },
            { head: '確認コード', cell: ({ hasSecondFactor }) => (hasSecondFactor ? '設定済み' : '未設定') },
            {
              head: '最後に使った日時',
              cell: ({ lastSeenAt }) => (lastSeenAt === null ? 'まだありません' : instantText(lastSeenAt)),
            },
          ]}
        />
      </>
    ),
  });
}
