import type { SessionStaff } from '../../db/queries/session/find.ts';
import type { StaffRole } from '../../domain/desk/tasks.ts';
import { dataPagesFor } from './data/pages.ts';
import { MAY } from './rights.ts';

/** A page that the navigation leads to. Each page checks its roles by itself too. */
interface Page {
  href: string;
  label: string;
  /** Absent: everybody. */
  roles?: readonly StaffRole[];
}

const PAGES = {
  tasks: { href: '/staff', label: '担当タスク' },
  applications: { href: '/staff/applications', label: '申込', roles: MAY.seeApplications },
  contracts: { href: '/staff/contracts', label: '契約' },
  suspensions: { href: '/staff/suspensions', label: '停止・再開', roles: MAY.seeSuspensions },
  discontinuations: { href: '/staff/discontinuations', label: '廃止', roles: MAY.seeDiscontinuations },
  notices: { href: '/staff/notices', label: '通知', roles: MAY.seeNotices },
  terms: { href: '/staff/terms', label: '利用規約', roles: MAY.seeTerms },
  feeChanges: { href: '/staff/fee-changes', label: '料金変更', roles: MAY.seeFeeChanges },
  archive: { href: '/staff/archive', label: '書類' },
  data: { href: '/staff/data', label: 'データ' },
  lists: { href: '/staff/lists', label: '照合リスト', roles: MAY.manageLists },
  policies: { href: '/staff/policies', label: '設定', roles: MAY.seePolicies },
  incomingMails: { href: '/staff/incoming-mails', label: '届いたメール', roles: MAY.mendMail },
  outbox: { href: '/staff/outbox', label: '送ったメール' },
} as const satisfies Record<string, Page>;

export type Tab = keyof typeof PAGES;

/** Tabs of the console in their order; several pages under one tab have links of their own below it. */
const SECTIONS: readonly { label: string; pages: readonly Tab[] }[] = [
  { label: '担当タスク', pages: ['tasks'] },
  { label: '申込', pages: ['applications'] },
  { label: '契約', pages: ['contracts'] },
  { label: '書類', pages: ['archive'] },
  { label: '通知・料金', pages: ['notices', 'terms', 'feeChanges'] },
  { label: '停止・廃止', pages: ['suspensions', 'discontinuations'] },
  { label: 'データ', pages: ['data'] },
  { label: '設定', pages: ['lists', 'policies'] },
  { label: 'メール', pages: ['incomingMails', 'outbox'] },
];

export interface Link {
  href: string;
  label: string;
  current: boolean;
}

/** The tabs that a person sees, and the links below the current one where it has several pages. */
export function navigationOf(
  staff: SessionStaff,
  current: Tab | null,
  has: { outbox: boolean },
): { tabs: Link[]; pages: Link[] } {
  const maySee = (tab: Tab): boolean => {
    const { roles }: Page = PAGES[tab];
    if (tab === 'outbox') return has.outbox;
    if (tab === 'data') return dataPagesFor(staff).length > 0;
    return roles === undefined || staff.roles.some((role) => roles.includes(role));
  };
  const linkTo = (tab: Tab): Link => ({ ...PAGES[tab], current: tab === current });
  const sections = SECTIONS.map(({ label, pages }) => ({ label, pages: pages.filter(maySee).map(linkTo) }));
  const shown = sections.flatMap(({ label, pages }) => {
    const [first] = pages;
    return first === undefined
      ? []
      : [{ label, href: first.href, current: pages.some((page) => page.current), pages }];
  });
  const below = shown.find((section) => section.current)?.pages ?? [];
  return { tabs: shown, pages: below.length > 1 ? below : [] };
}
