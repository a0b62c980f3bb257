import type { ProposedDiscontinuation } from '../../../db/queries/discontinuation/question.ts';
import { compareDates, jstDate, jstInstant } from '../../../domain/calendar/civil-date.ts';
import type { FieldError } from '../../components/errors.tsx';
import { readDay } from '../../http/dates.ts';

/** The fields that a plan is computed from, as they stand in its address. */
export const CONDITION_FIELDS = ['scope', 'environment', 'lastDay', 'noticeOn', 'forceMajeure'] as const;

/** Only the conditions of a plan: its links carry nothing else that a form has. */
export const conditionsOf = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(CONDITION_FIELDS.map((name) => [name, values[name] ?? '']));

export interface ReadProposal {
  proposal: ProposedDiscontinuation;
  /** When notices would begin to go out. */
  startMs: number;
}

/** The proposal of a form or an address, or what is wrong with it. */
export function readProposal(
  values: Readonly<Record<string, string>>,
  plans: readonly { code: string }[],
  now: Date,
): ReadProposal | { errors: FieldError[] } {
  const errors: FieldError[] = [];
  const { scope = '', environment = '', noticeOn = '' } = values;
  const planCode =
    scope === 'service' ? null : (plans.find(({ code }) => scope === `plan:${code}`)?.code ?? '');
  if (planCode === '') errors.push({ field: 'scope', message: '廃止するものを選択してください。' });
  if (environment !== 'live' && environment !== 'sandbox') {
    errors.push({ field: 'environment', message: '対象の契約を選択してください。' });
  }
  const today = jstDate(now.getTime());
  const lastDay = readDay(values.lastDay ?? '');
  if (lastDay === null)
    errors.push({ field: 'lastDay', message: 'サービスの最終日を年月日で入力してください。' });
  else if (compareDates(lastDay, today) < 0) {
    errors.push({ field: 'lastDay', message: 'サービスの最終日は、今日以降の日を指定してください。' });
  }
  const start = noticeOn === '' ? today : readDay(noticeOn);
  if (start === null)
    errors.push({ field: 'noticeOn', message: '送信を始める日を年月日で入力してください。' });
  else if (compareDates(start, today) < 0) {
    errors.push({ field: 'noticeOn', message: '送信を始める日は、今日以降の日を指定してください。' });
  }
  if (errors.length > 0 || lastDay === null || start === null || planCode === '') return { errors };
  const sandbox = environment === 'sandbox';
  return {
    proposal: { sandbox, planCode, lastDay, forceMajeure: values.forceMajeure === 'yes' },
    startMs: start === today ? now.getTime() : jstInstant(start),
  };
}
