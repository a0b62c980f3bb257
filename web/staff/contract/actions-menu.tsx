import type { RequestKind } from '../../../domain/period/contract.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { Menu } from '../../components/menu.tsx';
import { hasRole, MAY } from '../rights.ts';
import { PATH as SUSPENSIONS_PATH } from '../suspensions/words.ts';
import type { ContractPage } from './page.tsx';
import { withdrawalOf } from './view.ts';

const REQUESTS: readonly { kind: RequestKind; label: string }[] = [
  { kind: 'change', label: '利用内容の変更を入力' },
  { kind: 'cancellation', label: '解約を入力' },
  { kind: 'cancellationWithdrawal', label: '解約の取消を入力' },
  { kind: 'termination', label: '即時解約を申し立てる' },
];

/** Everything that this person may begin on the contract now, and the pages beside it, in one place. */
export function ActionsMenu(page: ContractPage) {
  const links = [...requestLinks(page), ...otherLinks(page)];
  return (
    <Menu label="操作">
      {links.map(({ href, label }) => (
        <a href={href}>{label}</a>
      ))}
    </Menu>
  );
}

interface Link {
  href: string;
  label: string;
}

function requestLinks({ detail, view, frame }: ContractPage): Link[] {
  const { contract } = detail;
  const { staff } = frame.signedIn;
  if (!isLive(contract.status)) return [];
  const isOffered: Partial<Record<RequestKind, boolean>> = {
    cancellation: view.facts.ownEndsOn === null,
    cancellationWithdrawal: withdrawalOf(view).ok,
  };
  const requests = hasRole(staff, MAY.enterRequest)
    ? REQUESTS.filter(({ kind }) => isOffered[kind] ?? true)
    : [];
  return [
    ...requests.map(({ kind, label }) => ({
      href: `/staff/contracts/${contract.id}/requests/new/${kind}`,
      label,
    })),
    ...(hasRole(staff, MAY.enterSuspension)
      ? [{ href: `${SUSPENSIONS_PATH}/new?contractId=${contract.id}`, label: 'この契約を停止する' }]
      : []),
  ];
}

function otherLinks({ detail: { contract }, frame }: ContractPage): Link[] {
  const { staff } = frame.signedIn;
  const base = `/staff/contracts/${contract.id}`;
  const link = (may: boolean, href: string, label: string): Link[] => (may ? [{ href, label }] : []);
  return [
    ...link(true, `${base}/telephony`, '電話サービスを見る'),
    ...link(hasRole(staff, MAY.seeContractFindings), `${base}/findings`, '照合リストとの一致を見る'),
    ...link(hasRole(staff, MAY.enterBankAccount), `${base}/bank-account`, '返金の振込先'),
    ...link(hasRole(staff, MAY.seeDeletion), `${base}/deletion`, 'データ削除と保留'),
    ...link(
      contract.discontinuationId !== null && hasRole(staff, MAY.seeDiscontinuations),
      `/staff/discontinuations/${contract.discontinuationId}`,
      '廃止の手続きを見る',
    ),
    ...link(
      hasRole(staff, MAY.seeApplications),
      `/staff/applications/${contract.applicationId}`,
      '元の申込を見る',
    ),
  ];
}
