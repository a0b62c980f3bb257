import { addDays, type CivilDate, compareDates, endOfDayJst } from '../calendar/civil-date.ts';
import type { dataRequestProcess } from '../processes/data-request.ts';

/** What a data subject or customer may ask for (個人情報保護法33条–35条, 第19条6項, 第20条). */
export const DATA_REQUEST_KINDS = {
  access: '開示',
  correction: '訂正・追加・削除（内容の誤り）',
  stopUse: '利用停止',
  deletion: '消去',
  returnSecrets: '秘密情報の返還',
  destroySecrets: '秘密情報の破棄',
} as const;
export type DataRequestKind = keyof typeof DATA_REQUEST_KINDS;

/** The clause that a request rests on. */
export function dataRequestClause(kind: DataRequestKind): '第19条6項' | '第20条' {
  return kind === 'returnSecrets' || kind === 'destroySecrets' ? '第19条6項' : '第20条';
}

/** Whose data a request is about: one person's, or all that a customer entrusted. */
export const DATA_REQUEST_ABOUT = { person: '個人（本人または代理人）', customer: '契約者（法人）' } as const;
export type DataRequestAbout = keyof typeof DATA_REQUEST_ABOUT;

export const IDENTITY_CHECKS = {
  registeredContact: '登録された連絡先への折返しで確認',
  document: '本人確認書類の写しで確認',
  agent: '代理権を示す書面で確認',
} as const;
export type IdentityCheck = keyof typeof IDENTITY_CHECKS;

export type DataRequestStatus = keyof typeof dataRequestProcess.statuses.dataRequest;
export type DataRequestVerdict = 'done' | 'refused' | 'extended';

/** The last day for the answer; an extension counts from the last day before. */
export function answerDueOn(from: CivilDate, days: number): CivilDate {
  return addDays(from, days);
}

/**
 * When staff are reminded and when it escalates, in milliseconds: the end of the day `remindDays` before the last day, and
 * of the day before the last day, so that a superior still has the last day itself. Never before `nowMs`.
 */
export function answerDeadlines(
  dueOn: CivilDate,
  remindDays: number,
  nowMs: number,
): { dueMs: number; escalateMs: number } {
  const escalateMs = Math.max(endOfDayJst(addDays(dueOn, -1)), nowMs);
  return {
    dueMs: Math.min(Math.max(endOfDayJst(addDays(dueOn, -remindDays)), nowMs), escalateMs),
    escalateMs,
  };
}

export interface DataRequestState {
  status: DataRequestStatus;
  identityChecked: boolean;
  extended: boolean;
  dueOn: CivilDate;
}

/** Why an answer cannot be given now, in words; null when it can. */
export function answerProblem(
  state: DataRequestState,
  answer: { verdict: DataRequestVerdict; extendedTo: CivilDate | null },
): string | null {
  if (state.status !== 'open') return 'この請求にはすでに回答しています。';
  switch (answer.verdict) {
    case 'done':
      return state.identityChecked ? null : '本人確認を記録してから回答してください。';
    case 'refused':
      return null;
    case 'extended':
      if (state.extended) return '期限の延長は1回までです。';
      return answer.extendedTo === null || compareDates(answer.extendedTo, state.dueOn) <= 0
        ? '延長後の期限は、いまの期限より後の日にしてください。'
        : null;
  }
}
