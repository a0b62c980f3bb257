import type { ContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { instantText } from '../../format.ts';
import { hasRole, MAY } from '../rights.ts';
import type { ContractPage } from './page.tsx';

const WAYS = {
  link: 'メールのリンクから',
  oneClick: 'メールソフトの配信停止から',
  staff: '担当者が受付',
} as const;

/** Whether the contact gets mail that advertises, and since when not (第14条). */
export function OptOutSwitch(props: { page: ContractPage; contact: NonNullable<ContractDetail['contact']> }) {
  const { page, contact } = props;
  const { staff, csrfToken } = page.frame.signedIn;
  const { optedOutAt, optedOutHow } = contact;
  return (
    <>
      <p>
        ご案内メール（広告）：
        {optedOutAt === null ? (
          '送信する'
        ) : (
          <>
            <b>送信しない</b>（{instantText(optedOutAt)}、{WAYS[optedOutHow ?? 'staff']}）
          </>
        )}
      </p>
      {hasRole(staff, MAY.steerNotices) ? (
        <form method="post" action={`/staff/contracts/${page.detail.contract.id}/opt-out`}>
          <input type="hidden" name="csrf" value={csrfToken} />
          <input type="hidden" name="wish" value={optedOutAt === null ? 'out' : 'in'} />
          <button class="button button-small button-secondary" type="submit">
            {optedOutAt === null ? 'ご案内メールの配信停止を受け付ける' : '配信停止の取消しを受け付ける'}
          </button>
        </form>
      ) : null}
    </>
  );
}
