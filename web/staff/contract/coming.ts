import { type CivilDate, compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import { nextRenewal } from '../../../domain/ending/what-if.ts';
import { type Alteration, fieldsOf } from '../../../domain/future/contents.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { fieldWord } from '../../../domain/future/settle.ts';
import { CONTRACT_KIND_LABELS } from '../../../domain/period/contract.ts';
import { dateText } from '../../format.ts';
import { DUE_LABELS, labelOf } from '../../glossary.ts';
import type { ContractView } from './view.ts';

const DUE_CLAUSES: Readonly<Record<string, string>> = { begin: '第5条1項', campaignEnd: '第5条4項' };

/** Something that will happen by itself, or a last day. */
export interface Coming {
  on: CivilDate;
  what: string;
  clause: string;
}

/** What lies ahead of a living contract, the nearest first. */
export function comingOf(view: ContractView): Coming[] {
  const { snapshot, future, today, cutoff } = view;
  const coming: Coming[] = future.judged.flatMap(({ state, on, alters }) =>
    state === 'accepted'
      ? [{ on, what: `${labelOf(DUE_LABELS, 'change')}（${wordsOf(alters)}）`, clause: '第8条2項' }]
      : [],
  );
  const endsOn = future.end?.on ?? null;
  const renewal = nextRenewal(future, today, cutoff).value;
  if (renewal !== null) {
    const { period, renewsOn } = renewal;
    const becomes =
      period.kind === periodOn(future.line, today).kind ? '' : CONTRACT_KIND_LABELS[period.kind];
    const until = `（${becomes === '' ? '' : `${becomes}となり、`}${dateText(period.to)}まで）`;
    coming.push({ on: renewsOn, what: `自動更新${until}`, clause: '第5条3項' });
    if (endsOn === null && compareDates(today, renewal.cancelBy) <= 0) {
      const what = '次の更新を止める解約の到達期限';
      coming.push({ on: renewal.cancelBy, what, clause: '第10条1項' });
    }
  }
  if (future.end !== null) {
    const what = '契約の終了（この日の終わり）';
    const clause = future.end.by === 'discontinuation' ? '第16条' : '第10条1項';
    coming.push({ on: future.end.on, what, clause });
  }
  const due = snapshot?.nextDue ?? null;
  if (due !== null && snapshot?.nextDueMs != null && ['begin', 'reminder', 'campaignEnd'].includes(due)) {
    const on = jstDate(snapshot.nextDueMs);
    coming.push({ on, what: labelOf(DUE_LABELS, due), clause: DUE_CLAUSES[due] ?? '第5条3項' });
  }
  return coming.toSorted((a, b) => compareDates(a.on, b.on));
}

/** The fields that a change alters, by name. */
const wordsOf = (alters: Alteration): string => [...new Set(fieldsOf(alters).map(fieldWord))].join('、');
