import type { SuspensionNoticeStep } from '../../domain/suspension/suspension.ts';
import { japaneseDateWithWeekday } from '../japanese-date.ts';
import type { NoticeTexts } from './discontinuation.ts';

interface SuspensionTimes {
  startsAt: Date;
  endsAt: Date | null;
  startedAt: Date | null;
  liftedAt: Date | null;
}

const JST_MS = 9 * 3_600_000;

/** '2026年11月22日（日）9:05' in Japanese time. */
function moment(instant: Date): string {
  const text = new Date(instant.getTime() + JST_MS).toISOString();
  return `${japaneseDateWithWeekday(text.slice(0, 10))} ${Number(text.slice(11, 13))}:${text.slice(14, 16)}`;
}

const WORDS: Record<
  SuspensionNoticeStep,
  { title: string; first: (subject: string, clause: string) => string }
> = {
  planned: {
    title: '一時停止の予定',
    first: (subject) => `保守のため、次の時間帯に${subject}を一時的に停止いたします（第15条）。`,
  },
  changed: {
    title: '一時停止の予定の変更',
    first: (subject) => `お知らせしていた${subject}の一時停止の予定を、次のとおり変更いたします（第15条）。`,
  },
  cancelled: {
    title: '一時停止の取りやめ',
    first: (subject) => `お知らせしていた${subject}の一時停止は、行わないことになりました。`,
  },
  started: {
    title: '停止',
    first: (subject, clause) => `${subject}の提供を停止いたしました（${clause}）。`,
  },
  lifted: { title: '再開', first: (subject) => `停止していた${subject}の提供を再開いたしました。` },
};

/** The notice of a step of a suspension; what a customer did stays out of it (第15条・第18条2項). */
export function suspensionNotice(
  step: SuspensionNoticeStep,
  times: SuspensionTimes,
  { planName, clause }: { planName: string | null; clause: string },
): NoticeTexts {
  const subject = planName === null ? 'Hasso のサービス' : `Hasso の料金プラン「${planName}」のサービス`;
  const { title, first } = WORDS[step];
  const begins = times.startedAt ?? times.startsAt;
  const end = step === 'lifted' ? times.liftedAt : times.endsAt;
  const lines = [
    `・${step === 'started' || step === 'lifted' ? '停止した日時' : '停止の開始'}：${moment(begins)}`,
    `・${step === 'lifted' ? '再開した日時' : '停止の終了（予定）'}：${end === null ? '未定（決まり次第お知らせします）' : moment(end)}`,
  ];
  const running = step === 'cancelled' || step === 'lifted';
  const common = [
    first(subject, clause),
    ['■ 日時', lines.join('\n')].join('\n'),
    ...(running
      ? []
      : [
          '停止の間は、発着信・SMSを含めてご利用いただけません。利用契約と利用料金は、停止の間も続きます（第15条）。',
        ]),
  ].join('\n\n');
  return {
    title: `${subject}の${title}について`,
    subjectLine: `【重要】${subject}の${title}のお知らせ`,
    body: `{{会社名}} 様へのお知らせです。\n\n${common}`,
    postingText: common,
  };
}
