import { type Answer, refuse } from '../../domain/base/answers.ts';
import { isCivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import { staffOnly } from '../../domain/desk/decide.ts';
import { notice as port } from '../ports.ts';
import type { NoticeState, Taken } from './state.ts';

export const LATE = '通知の状態が変わったため、この操作はできません。画面を読み込み直してください。';

/** Notes the day on which letters were posted to customers whom no mail reached (第17条3項). */
export async function recordLetters(
  state: NoticeState,
  command: Taken<'recordLetters'>,
): Promise<Answer<{ letters: number }>> {
  const { actor, commandId, contractIds, sentOn } = command;
  const staff = staffOnly(actor);
  if ('code' in staff) return staff;
  if (state.facts.noticeClass === 'advertising') {
    return refuse('ruleRefuses', 'ご案内（広告）は郵送の対象ではありません。', '第14条');
  }
  if (!isCivilDate(sentOn)) return refuse('invalid', '発送日を確認してください。');
  if (sentOn > jstDate(Date.now())) return refuse('invalid', '発送日に未来の日付は指定できません。');
  const { noticeId } = state;
  const { letters } = await port.recordLetters({
    noticeId,
    contractIds,
    sentOn,
    ...staff,
    commandId,
    businessMs: Date.now(),
  });
  return letters === 0
    ? refuse('wrongState', '選ばれた宛先に、郵送を記録できるもの（不達のもの）はありません。')
    : { ok: true, letters };
}
