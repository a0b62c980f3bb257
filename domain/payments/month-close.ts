import type { MonthClose } from '../billing/revenue.ts';
import { lockedThrough } from '../billing/revenue.ts';
import {
  type CivilDate,
  compareDates,
  formatDateJa,
  lastOfMonth,
  type MonthKey,
  monthStart,
} from '../calendar/civil-date.ts';

/** What the papers and payments of a month came to when it was closed; yen with tax where nothing else is said. */
export interface ClosedFigures {
  papers: number;
  netYen: number;
  taxYen: number;
  totalYen: number;
  paidYen: number;
  /** Open at the end of the month's last day. */
  receivableYen: number;
}

/** What has to be done before a month may be closed. */
export interface CloseFacts {
  month: MonthKey;
  today: CivilDate;
  closes: readonly MonthClose[];
  /** Payments dated in the month or before that nobody has settled. */
  waitingLines: number;
  /** Drafts dated in the month or before that nobody has released or discarded. */
  drafts: number;
  /** Issued papers of the month whose PDF is not drawn. */
  undrawn: number;
}

export interface CloseCheck {
  /** In words what was looked at. */
  what: string;
  /** Why it stands in the way; null where it does not. */
  hindrance: string | null;
}

/** The checklist of a month (月次締め, 第6条2項), in its order. It may be closed when nothing stands in the way. */
export function closeChecks(facts: CloseFacts): CloseCheck[] {
  const { month, today, closes, waitingLines, drafts, undrawn } = facts;
  const end = lastOfMonth(monthStart(month));
  const locked = lockedThrough(closes, today);
  const isClosed = closes.some((close) => close.month >= month) || (locked !== null && month <= locked);
  const open = (count: number, sentence: string) => (count === 0 ? null : sentence);
  return [
    {
      what: '月が終わっている',
      hindrance: compareDates(today, end) > 0 ? null : `${formatDateJa(end)}までは締められません。`,
    },
    { what: '締めていない月である', hindrance: isClosed ? 'この月はすでに締められています。' : null },
    {
      what: '入金がすべて消し込まれている',
      hindrance: open(waitingLines, `確認待ちの入金が${waitingLines}件あります。`),
    },
    {
      what: '請求の下書きが残っていない',
      hindrance: open(drafts, `発行も取りやめもされていない下書きが${drafts}通あります。`),
    },
    {
      what: '発行した書類のPDFがそろっている',
      hindrance: open(undrawn, `PDFがまだない書類が${undrawn}通あります。`),
    },
  ];
}
