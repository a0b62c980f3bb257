import type { AccountChange } from '../../../domain/desk/accounts.ts';
import { ROLE_LABELS, type StaffRole } from '../../../domain/desk/roles.ts';

export const ACCOUNTS_PATH = '/staff/accounts';

export const rolesText = (roles: readonly StaffRole[]): string =>
  roles.map((role) => ROLE_LABELS[role]).join('・') || 'なし';

/** What a change does, for the person who has to agree to it. */
export function accountChangeText(change: AccountChange): string {
  switch (change.kind) {
    case 'roles':
      return `役割を「${rolesText(change.roles)}」にする`;
    case 'disable':
      return 'アカウントを停止する';
    case 'enable':
      return 'アカウントの停止を解除する';
    case 'endSessions':
      return 'すべてのサインインを終了する';
    case 'resetSecondFactor':
      return '確認コードの設定を消す（本人が設定し直す）';
  }
}

/** What was done, above the page of the account. */
export const ACCOUNT_DONE: Readonly<Record<string, string>> = {
  roles: '役割を変更し、この人のサインインをすべて終了しました。',
  disable: 'アカウントを停止し、この人のサインインをすべて終了しました。',
  endSessions: 'この人のサインインをすべて終了しました。',
  invited: 'パスワードを設定するリンクを送りました。',
};
