import { CONTRACT_KIND_LABELS } from '../../domain/period/contract.ts';
import { japaneseDate, japaneseDateWithWeekday } from '../japanese-date.ts';
import {
  type Block,
  definitions,
  heading,
  link,
  list,
  type Mail,
  type MailRecipient,
  type MailSender,
  note,
  paragraph,
  type UnconfirmedRecipient,
} from './blocks.ts';
import { renderMail } from './render.ts';

/** What every mail about an application carries. Dates are civil dates in Asia/Tokyo, `YYYY-MM-DD`. */
export interface ApplicationMail {
  sender: MailSender;
  recipient: MailRecipient | UnconfirmedRecipient;
  receiptNumber: string;
}

export interface ApplicationReceivedMail extends ApplicationMail {
  receivedOn: string;
  /** What the applicant chose, in our own words; nothing that was typed, for anybody can type anybody's address. */
  summary: readonly { label: string; value: string }[];
  /** Page where the applicant sees where the application stands. */
  statusUrl?: string;
}

/** Receipt of an application (第4条2項). It says that a receipt is not yet a contract. */
export function applicationReceived(mail: ApplicationReceivedMail): Mail {
  const { sender, recipient, receiptNumber, receivedOn, summary, statusUrl } = mail;
  return renderMail(sender, recipient, `利用申込を受け付けました（受付番号 ${receiptNumber}）`, [
    paragraph(
      'このたびは Hasso の利用をお申し込みいただき、誠にありがとうございます。下記の内容で受け付けました。',
    ),
    definitions(['受付番号', receiptNumber], ['受付日', japaneseDate(receivedOn)]),
    heading('お申し込みの内容'),
    definitions(...summary.map(({ label, value }): [string, string] => [label, value])),
    heading('今後の流れ'),
    list([
      'お申し込みの内容を確認し、審査を行います。',
      '記載に不足や誤りがあるときは、修正をお願いするメールをお送りします。',
      '審査が終わりましたら、結果をメールでお知らせします。承諾のお知らせの後、Hasso 契約証書をお送りします。',
    ]),
    ...statusLink(statusUrl),
    note(
      'このメールは受け付けのお知らせです。利用契約は、お申し込みを承諾したときに成立します（第4条2項）。',
    ),
  ]);
}

export interface CorrectionMail extends ApplicationMail {
  corrections: readonly string[];
  correctionUrl: string;
  /** Last day of the correction, included. */
  lastDay: string;
}

/** Asks the applicant to correct mistakes and gaps. */
export function correctionRequested(mail: CorrectionMail): Mail {
  return renderMail(mail.sender, mail.recipient, `利用申込の修正のお願い（受付番号 ${mail.receiptNumber}）`, [
    paragraph(
      'Hasso の利用申込の内容を確認しましたところ、修正をお願いしたい点がございました。お手数をおかけしますが、期限までにご対応をお願いいたします。',
    ),
    ...correctionBlocks(mail),
  ]);
}

/** Reminds the applicant of corrections that are still open. */
export function correctionReminder(mail: CorrectionMail): Mail {
  return renderMail(
    mail.sender,
    mail.recipient,
    `【再送】利用申込の修正のお願い（受付番号 ${mail.receiptNumber}）`,
    [
      paragraph(
        '先日お願いした Hasso の利用申込の修正について、まだ確認ができておりません。行き違いの場合はご容赦ください。',
      ),
      ...correctionBlocks(mail),
    ],
  );
}

function correctionBlocks({ receiptNumber, corrections, correctionUrl, lastDay }: CorrectionMail): Block[] {
  return [
    definitions(['受付番号', receiptNumber], ['修正の期限', `${japaneseDateWithWeekday(lastDay)}まで`]),
    ...(corrections.length === 0
      ? [paragraph('修正をお願いする点は、下のページに記載しています。')]
      : [heading('修正をお願いする点'), list(corrections)]),
    link('申込内容を修正する', correctionUrl),
    note('期限までに修正を確認できない場合、今回のお申し込みは取り下げられたものとして終了いたします。'),
  ];
}

export interface ApplicationLapsedMail extends ApplicationMail {
  lastDay: string;
  /** Page for a new application. */
  applicationUrl?: string;
}

/** Tells that the application ended because no correction came in time. */
export function applicationLapsed(mail: ApplicationLapsedMail): Mail {
  const again = mail.applicationUrl === undefined ? [] : [link('あらためて申し込む', mail.applicationUrl)];
  return renderMail(
    mail.sender,
    mail.recipient,
    `利用申込の受付終了のお知らせ（受付番号 ${mail.receiptNumber}）`,
    [
      paragraph(
        `修正をお願いしておりました Hasso の利用申込は、期限の${japaneseDate(mail.lastDay)}までに修正を確認できませんでしたので、受け付けを終了いたしました。`,
      ),
      definitions(['受付番号', mail.receiptNumber]),
      paragraph(
        '引き続きご利用をご希望の場合は、お手数ですが、あらためてお申し込みくださいますようお願いいたします。',
      ),
      ...again,
    ],
  );
}

export interface ApplicationWithdrawnMail extends ApplicationMail {
  withdrawnOn: string;
}

/** Confirms that the applicant withdrew before acceptance. */
export function applicationWithdrawn(mail: ApplicationWithdrawnMail): Mail {
  return renderMail(
    mail.sender,
    mail.recipient,
    `利用申込の取り下げを承りました（受付番号 ${mail.receiptNumber}）`,
    [
      paragraph(
        'ご依頼により、Hasso の利用申込の取り下げを承りました。利用契約は成立しておらず、料金は発生いたしません。',
      ),
      definitions(['受付番号', mail.receiptNumber], ['取り下げ日', japaneseDate(mail.withdrawnOn)]),
      paragraph('またの機会がございましたら、どうぞよろしくお願いいたします。'),
    ],
  );
}

export interface ApplicationAcceptedMail extends ApplicationMail {
  plan: string;
  contractType: 'annual' | 'monthly';
  termsEdition: string;
  /** `arrival`: concluded on the day this mail reaches the customer's mail server; `approval`: on the day given. */
  conclusion: { basis: 'arrival' } | { basis: 'approval'; concludedOn: string };
}

/** The acceptance that concludes the contract (第4条2項). */
export function applicationAccepted(mail: ApplicationAcceptedMail): Mail {
  const { conclusion } = mail;
  const concluded =
    conclusion.basis === 'arrival'
      ? '本メールが貴社のメールサーバーに到達した日'
      : japaneseDate(conclusion.concludedOn);
  return renderMail(
    mail.sender,
    mail.recipient,
    `利用申込の承諾のお知らせ（受付番号 ${mail.receiptNumber}）`,
    [
      paragraph(
        'Hasso の利用をお申し込みいただき、誠にありがとうございます。審査の結果、お申し込みを承諾いたしましたのでお知らせいたします。',
      ),
      definitions(
        ['受付番号', mail.receiptNumber],
        ['料金プラン', mail.plan],
        ['契約種別', CONTRACT_KIND_LABELS[mail.contractType]],
        ['利用契約の締結日', concluded],
        ['適用する利用規約', mail.termsEdition],
      ),
      paragraph(
        '契約番号、利用契約期間などを記載した Hasso 契約証書を、別のメールでお送りいたします。大切に保管してくださいますようお願いいたします。',
      ),
    ],
  );
}

/** A refusal in neutral words: the ground stays inside (第4条4項). */
export function applicationRefused(mail: ApplicationMail): Mail {
  return renderMail(
    mail.sender,
    mail.recipient,
    `利用申込の結果のお知らせ（受付番号 ${mail.receiptNumber}）`,
    [
      paragraph('このたびは Hasso の利用をお申し込みいただき、誠にありがとうございました。'),
      paragraph(
        '検討いたしました結果、誠に恐れ入りますが、今回はお申し込みをお受けできないこととなりました。ご希望に沿えず申し訳ございません。',
      ),
      definitions(['受付番号', mail.receiptNumber]),
      paragraph(
        '検討の内容についてはお答えいたしかねますので、何とぞご了承くださいますようお願いいたします。',
      ),
    ],
  );
}

function statusLink(url: string | undefined): Block[] {
  return url === undefined ? [] : [link('申込の状況を確認する', url)];
}
