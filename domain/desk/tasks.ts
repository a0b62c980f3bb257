import { TASK_DUE_BUSINESS_DAYS, TASK_ESCALATION_BUSINESS_DAYS } from '../application/application.ts';
import { endOfDayJst, jstDate } from '../calendar/civil-date.ts';
import { addBusinessDays } from '../calendar/holidays.ts';

/** Due and escalation times in milliseconds: the end of the n-th business day after the task was opened. */
export function taskDeadlines(openedMs: number): { dueMs: number; escalateMs: number } {
  const day = jstDate(openedMs);
  return {
    dueMs: endOfDayJst(addBusinessDays(day, TASK_DUE_BUSINESS_DAYS)),
    escalateMs: endOfDayJst(addBusinessDays(day, TASK_ESCALATION_BUSINESS_DAYS)),
  };
}
