import type { RequestedChange } from '../../../../db/schema/requests.ts';
import { hasForbiddenCharacter, trimText } from '../../../../domain/application/text.ts';
import {
  addYears,
  type CivilDate,
  civilDate,
  compareDates,
  formatDateJa,
  jstDate,
  jstInstant,
} from '../../../../domain/calendar/civil-date.ts';
import { readTimeOfDay } from '../../../../domain/calendar/written-time.ts';
import { containsMyNumber } from '../../../../domain/data/my-number.ts';
import { judgeArrival } from '../../../../domain/ending/cancellation-answer.ts';
import type { RequestKind } from '../../../../domain/period/contract.ts';
import type { FieldError } from '../../../components/errors.tsx';
import { readDay } from '../../../http/dates.ts';
import type { Form } from '../../../http/form.ts';
import { choiceOf } from '../../console.ts';
import type { ContractView } from '../view.ts';
import { readChange } from './change-draft.ts';
import { CHANNELS_OF, TERMINATION_GROUND_LABELS } from './words.ts';

/** What a member of staff typed of a request, read and checked. */
export interface RequestDraft {
  kind: RequestKind;
  channel: string;
  arrivedAtMs: number;
  partnerAtMs: number | null;
  wishedOn: CivilDate | null;
  requested: RequestedChange | null;
  ground: string;
  note: string;
}

const MAX_NOTE = 2_000;
const WISH_YEARS = 20;

export const stopField = (code: string): string => `stopOption.${code}`;

/** Reads a posted request. Every problem belongs to a field and is a sentence; nothing is written while there is one. */
export function readDraft(kind: RequestKind, form: Form, view: ContractView): RequestDraft | FieldError[] {
  const errors: FieldError[] = [];
  const problem = (field: string, message: string): null => {
    errors.push({ field, message });
    return null;
  };
  const channel = readChannel(kind, form, view, problem);
  const arrivedAtMs = readArrival(form, 'arrived', '到達', view, problem);
  const partnerAtMs = readPartnerArrival(form, view, arrivedAtMs, problem);
  const wishedOn = kind === 'cancellation' ? readWish(form, view, arrivedAtMs, problem) : null;
  const ground =
    kind === 'termination' ? choiceOf(form.text('ground'), Object.keys(TERMINATION_GROUND_LABELS)) : '';
  if (ground === null) problem('ground', '解約の事由を選択してください。');
  const requested =
    kind === 'change'
      ? readChange(form, view, problem)
      : kind === 'termination'
        ? readPart(form, view, problem)
        : null;
  if (kind === 'cancellationWithdrawal' && form.text('consent') !== 'yes') {
    problem(
      'consent',
      '解約の取消には、運用担当の同意が必要です。内容を確認のうえ、同意を選択してください。',
    );
  }
  const note = readNote(kind, form, problem);
  if (errors.length > 0 || channel === null || arrivedAtMs === null || ground === null || note === null) {
    return errors;
  }
  return { kind, channel, arrivedAtMs, partnerAtMs, wishedOn, requested, ground, note };
}

type Problem = (field: string, message: string) => null;

/** Cancellation is in writing, by the channels that the policy names (第10条1項, cancel.channels). */
function readChannel(kind: RequestKind, form: Form, view: ContractView, problem: Problem): string | null {
  const channel = choiceOf(form.text('channel'), CHANNELS_OF[kind]);
  if (channel === null) return problem('channel', '受付方法を選択してください。');
  const allowed: readonly string[] = view.policies['cancel.channels'];
  if (kind === 'cancellation' && !allowed.includes(channel)) {
    return problem(
      'channel',
      'この方法では解約の申請を受け付けられません（第10条1項）。別の方法で書面を受け取ってください。',
    );
  }
  return channel;
}

/** Date and time of an arrival (JST): neither in the contract's future nor before the contract. */
function readArrival(
  form: Form,
  prefix: 'arrived' | 'partnerArrived',
  word: string,
  view: ContractView,
  problem: Problem,
): number | null {
  const [typedDay, typedTime] = [form.text(`${prefix}On`), form.text(`${prefix}Time`)];
  const [day, time] = [readDay(typedDay), readTimeOfDay(typedTime)];
  if (day === null) {
    const shape = `${word}日を「2027-03-20」の形の正しい日付で入力してください。`;
    problem(`${prefix}On`, trimText(typedDay) === '' ? `${word}日を入力してください。` : shape);
  }
  if (time === null) {
    const shape = `${word}時刻を「23:59」の形（24時間）で入力してください。`;
    problem(`${prefix}Time`, trimText(typedTime) === '' ? `${word}時刻を入力してください。` : shape);
  }
  if (day === null || time === null) return null;
  const atMs = jstInstant(day) + time;
  const concludedOn = civilDate(view.detail.contract.concludedOn);
  const refusal = judgeArrival({ arrivedAtMs: atMs, nowMs: view.nowMs, concludedOn }, word);
  return refusal === null ? atMs : problem(`${prefix}On`, refusal.message);
}

function readPartnerArrival(
  form: Form,
  view: ContractView,
  arrivedAtMs: number | null,
  problem: Problem,
): number | null {
  const empty = ['partnerArrivedOn', 'partnerArrivedTime'].every((name) => trimText(form.text(name)) === '');
  if (empty) return null;
  const atMs = readArrival(form, 'partnerArrived', 'パートナーへの到達', view, problem);
  if (atMs !== null && arrivedAtMs !== null && atMs > arrivedAtMs) {
    return problem('partnerArrivedOn', 'パートナーへの到達が、当社への到達より後になっています。');
  }
  return atMs;
}

function readWish(
  form: Form,
  view: ContractView,
  arrivedAtMs: number | null,
  problem: Problem,
): CivilDate | null {
  const typed = form.text('wishedOn');
  if (trimText(typed) === '') return null;
  const wish = readDay(typed);
  if (wish === null) {
    return problem('wishedOn', '解約希望日を「2027-03-31」の形の正しい日付で入力してください。');
  }
  const arrivedOn = arrivedAtMs === null ? view.today : jstDate(arrivedAtMs);
  if (compareDates(wish, arrivedOn) < 0) {
    return problem(
      'wishedOn',
      `解約希望日が過去の日付です。到達日（${formatDateJa(arrivedOn)}）以後の日を入力してください。`,
    );
  }
  if (compareDates(wish, addYears(view.today, WISH_YEARS)) > 0) {
    return problem('wishedOn', `解約希望日は${WISH_YEARS}年以内の日を入力してください。`);
  }
  return wish;
}

/** The options that go when part of the contract is terminated (第10条2項); null for the whole contract. */
function readPart(form: Form, view: ContractView, problem: Problem): RequestedChange | null {
  const scope = choiceOf(form.text('scope'), ['whole', 'part']);
  if (scope === null) return problem('scope', '解約の範囲を選択してください。');
  if (scope === 'whole') return null;
  const { options } = view.detail.contract;
  const stopped = options.filter(({ code }) => form.text(stopField(code)) === 'yes');
  if (stopped.length === 0) {
    return problem('stopOptions', '一部を解約するときは、解約するオプションを選択してください。');
  }
  return { options: stopped.map(({ code }) => ({ code, quantity: 0 })) };
}

const NOTE_NEEDED: Partial<Record<RequestKind, string>> = {
  cancellationWithdrawal: '取消に同意する理由を入力してください。',
  termination: '事由に当たると判断した証拠を入力してください。',
};

function readNote(kind: RequestKind, form: Form, problem: Problem): string | null {
  const note = trimText(form.text('note'));
  const needed = NOTE_NEEDED[kind];
  if (note === '' && needed !== undefined) return problem('note', needed);
  if ([...note].length > MAX_NOTE) return problem('note', `${MAX_NOTE}文字以内で入力してください。`);
  if (hasForbiddenCharacter(note, true)) return problem('note', '使えない文字（制御文字）が含まれています。');
  if (containsMyNumber(note)) {
    return problem('note', '個人番号（マイナンバー）と思われる数字があります。削除してください（第21条）。');
  }
  return note;
}
