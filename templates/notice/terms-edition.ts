import { type CivilDate, formatDateJa } from '../../domain/calendar/civil-date.ts';

/** What a notice says: templates of the mail, and the text for everyone that is posted on the web. */
export interface NoticeTexts {
  title: string;
  subjectLine: string;
  body: string;
  postingText: string;
}

export interface EditionNotice {
  number: number;
  title: string;
  effectiveOn: CivilDate;
  reason: string;
  /** Address of the public page with the edition in full. */
  termsUrl: string;
}

/** Notice of a new edition of the terms (第17条1項・3項): what changes, from when, where it stands in full. */
export function editionNotice({ number, title, effectiveOn, reason, termsUrl }: EditionNotice): NoticeTexts {
  const heading = `${title}の改定（第${number}版）について`;
  const from = formatDateJa(effectiveOn);
  const body = [
    `「${title}」を改定し、第${number}版を${from}から適用します（第17条）。`,
    '',
    '■ 変更の理由と概要',
    reason,
    '',
    '■ 適用開始日',
    from,
    '',
    '■ 改定後の規約の全文と、現在の規約との違い',
    termsUrl,
    '',
    'ご不明な点は、サポート窓口までお問い合わせください。',
  ].join('\n');
  return {
    title: heading,
    subjectLine: `【Hasso】${heading}`,
    body: `{{会社名}}\n{{担当者名}} 様\n\n${body}`,
    postingText: body,
  };
}
