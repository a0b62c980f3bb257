import { japaneseDate } from '../japanese-date.ts';

export interface DiscontinuationNotice {
  /** Null: the whole service. */
  planName: string | null;
  /** Last day of service. */
  lastDay: string;
  forceMajeure: boolean;
}

/** Texts of a notice: mail and web posting (domain/notice/notice-template.ts has the placeholders). */
export interface NoticeTexts {
  title: string;
  subjectLine: string;
  body: string;
  postingText: string;
}

const subjectOf = ({ planName }: DiscontinuationNotice) =>
  planName === null ? 'Hasso（ビジュアルIVRサービス）' : `Hasso の料金プラン「${planName}」`;

/** Tells customers that the service or their plan ends (第16条). */
export function discontinuationAnnounced(notice: DiscontinuationNotice): NoticeTexts {
  const subject = subjectOf(notice);
  const lastDay = japaneseDate(notice.lastDay);
  const plan = notice.planName !== null;
  const money = notice.forceMajeure
    ? '・不可抗力による廃止のため、利用料金とプリペイドチャージ残高の返金はありません（第16条）。'
    : '・このお知らせの到達が廃止の6か月前に間に合わなかった場合は、お支払い済みの利用料金のうちご利用いただけない期間の分と、プリペイドチャージ残高を返金します（第16条）。対象のお客様には、振込先を別途おうかがいします。';
  const common = [
    `誠に勝手ながら、${subject}は、${lastDay}をもって提供を終了（廃止）いたします（第16条）。`,
    '■ これからの取り扱い',
    [
      `・サービスの最終日：${lastDay}`,
      plan
        ? '・このプランの利用契約は最終日に終了します。別の料金プランへの変更を最終日の翌日までに適用できるようお申し込みいただくと、契約は続きます（第8条2項）。'
        : '・利用契約は最終日に終了し、その後の期間への自動更新と請求は行いません。',
      '・最終日より前の月末での解約は、これまでどおりお申し込みいただけます（第10条1項）。',
      money,
    ].join('\n'),
    '必要なデータは、最終日までにお手元に保存してくださいますようお願いいたします。',
  ];
  return {
    title: `${subject}の提供終了について`,
    subjectLine: `【重要】${subject}の提供終了のお知らせ`,
    body: ['{{会社名}} 様の利用契約（契約番号 {{契約番号}}）についてお知らせいたします。', ...common].join(
      '\n\n',
    ),
    postingText: common.join('\n\n'),
  };
}

/** Tells customers that what was announced does not happen. */
export function discontinuationCancelled(notice: DiscontinuationNotice): NoticeTexts {
  const subject = subjectOf(notice);
  const common = [
    `${japaneseDate(notice.lastDay)}をもって終了するとお知らせしていた${subject}は、引き続き提供することになりました。提供終了のお知らせを取り消します。`,
    '利用契約は、これまでの契約期間と自動更新のとおり続きます。すでに解約をお申し込みの場合は、その解約日に終了します。',
  ];
  return {
    title: `${subject}の提供終了の取り消しについて`,
    subjectLine: `【重要】${subject}の提供終了の取り消しのお知らせ`,
    body: ['{{会社名}} 様の利用契約（契約番号 {{契約番号}}）についてお知らせいたします。', ...common].join(
      '\n\n',
    ),
    postingText: common.join('\n\n'),
  };
}
