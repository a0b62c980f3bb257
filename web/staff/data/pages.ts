import type { SessionStaff } from '../../../db/queries/session/find.ts';
import type { StaffRole } from '../../../domain/desk/tasks.ts';
import { MAY } from '../rights.ts';

/** A page under the tab データ. */
export interface DataPage {
  href: string;
  label: string;
  /** What the page is for, as the overview says it. */
  about: string;
  roles: readonly StaffRole[];
}

/** The pages about customers' data, in the order of the navigation. Each page checks its roles by itself too. */
const DATA_PAGES: readonly DataPage[] = [
  {
    href: '/staff/data-requests',
    label: '開示等の請求',
    about: '本人やお客様からの開示・訂正・利用停止・消去の請求と、回答の期限（第19条6項・第20条）。',
    roles: MAY.seeDataRequests,
  },
  {
    href: '/staff/disclosures',
    label: '公的機関への開示',
    about: '誰が、どの法令により、何を求め、何を渡したか（第4条3項・第22条1項）。',
    roles: MAY.seeDisclosures,
  },
  {
    href: '/staff/statistics',
    label: '統計',
    about: '締まった月ごとの契約の件数。小さな集団は表示しません（第14条1項）。',
    roles: MAY.seeStatistics,
  },
  {
    href: '/staff/data-map',
    label: 'データマップ',
    about: 'お客様のデータがどこに、何のために、いつまであり、削除のときにどうなるか（第22条・第24条）',
    roles: MAY.seeDataMap,
  },
];

/** The pages under データ that a person may open; the tab is shown when there is one. */
export function dataPagesFor(staff: SessionStaff): DataPage[] {
  return DATA_PAGES.filter(({ roles }) => staff.roles.some((role) => roles.includes(role)));
}
