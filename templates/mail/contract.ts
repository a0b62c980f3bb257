import { japaneseDate, japaneseDateWithWeekday } from '../japanese-date.ts';
import {
  definitions,
  heading,
  link,
  list,
  type Mail,
  type MailRecipient,
  type MailSender,
  note,
  paragraph,
} from './blocks.ts';
import { renderMail } from './render.ts';

/** What every mail about a contract carries. Dates are civil dates in Asia/Tokyo, `YYYY-MM-DD`. */
export interface ContractMail {
  sender: MailSender;
  recipient: MailRecipient;
  contractNumber: string;
}

export interface CertificateIssuedMail extends ContractMail {
  certificateNumber: string;
  revision: number;
  occasion: 'conclusion' | 'renewal' | 'change' | 'terms' | 'end' | 'customer';
  period: { from: string; to: string };
  attachmentName: string;
}

/** Sends a certificate, attached by the caller, to the registered contact (第5条1項). */
export function certificateIssued(mail: CertificateIssuedMail): Mail {
  const { certificateNumber, revision, period, attachmentName } = mail;
  const blocks = [
    paragraph(CERTIFICATE_INTRODUCTION[mail.occasion]),
    definitions(
      ['証書番号', `${certificateNumber}（第${revision}版）`],
      ['契約番号', mail.contractNumber],
      ['利用契約期間', `${japaneseDate(period.from)}から${japaneseDate(period.to)}まで`],
      ['添付ファイル', attachmentName],
    ),
    note('契約証書の記載内容は秘密情報です。第三者への開示はお控えください（第12条2項）。'),
  ];
  if (revision > 1) blocks.push(paragraph('この版の発行により、以前の版は旧版となります。'));
  const subject =
    mail.occasion === 'renewal' ? '利用契約の更新と契約証書のお知らせ' : '契約証書をお送りします';
  return renderMail(mail.sender, mail.recipient, `${subject}（第${revision}版）`, blocks);
}

const CERTIFICATE_INTRODUCTION: Record<CertificateIssuedMail['occasion'], string> = {
  conclusion:
    'Hasso の利用契約が成立しましたので、Hasso 契約証書を添付にてお送りいたします。内容をご確認のうえ、大切に保管してください。',
  renewal:
    'Hasso の利用契約は、下記の期間について更新されました。更新後の Hasso 契約証書を添付にてお送りいたします。',
  terms:
    '適用される Hasso 利用規約の版が変わりましたので、その版を記載した新しい Hasso 契約証書を添付にてお送りいたします（第17条）。',
  end: 'ご契約の終了日が変わりましたので、そのことを記載した新しい Hasso 契約証書を添付にてお送りいたします。',
  customer:
    'ご登録の会社名または所在地が変わりましたので、変更後の内容を記載した新しい Hasso 契約証書を添付にてお送りいたします。',
  change: 'ご契約の内容に変更がありましたので、新しい Hasso 契約証書を添付にてお送りいたします。',
};

export interface CancelByReminderMail extends ContractMail {
  /** First day of the next period, its last one, and the kind of the contract in it. */
  renewsOn: string;
  renewedTo: string;
  becomes: 'annual' | 'monthly';
  periodEndsOn: string;
  /** Last day on which a cancellation may arrive (第10条1項). */
  cancelBy: string;
  /** Ways to file a cancellation, as the customer calls them. */
  channels: readonly string[];
  cancellationUrl?: string;
}

/** Tells a customer, before the cut-off, how the contract goes on by itself (第5条3項). */
export function cancelByReminder(mail: CancelByReminderMail): Mail {
  const form = mail.cancellationUrl === undefined ? [] : [link('解約を申請する', mail.cancellationUrl)];
  const goesOn =
    mail.becomes === 'annual'
      ? `利用契約は更新日に1年間（${japaneseDate(mail.renewedTo)}まで）更新されます（第5条3項）。`
      : '利用契約は、更新日から月額契約として1か月ごとに更新されます（第5条3項）。';
  return renderMail(mail.sender, mail.recipient, '利用契約の自動更新のご案内', [
    paragraph(
      '平素より Hasso をご利用いただき、誠にありがとうございます。ご契約の更新日が近づいてまいりましたのでご案内いたします。',
    ),
    definitions(
      ['契約番号', mail.contractNumber],
      ['現在の期間の満了日', japaneseDate(mail.periodEndsOn)],
      ['更新日', japaneseDate(mail.renewsOn)],
      ['解約申請の期限', `${japaneseDateWithWeekday(mail.cancelBy)}到着分まで`],
    ),
    paragraph(`引き続きご利用になる場合、お手続きは不要です。${goesOn}`),
    heading('満了日での解約をご希望の場合'),
    paragraph('期限までに到着するよう、次のいずれかの方法で解約を申請してください（第10条1項）。'),
    list(mail.channels),
    ...form,
  ]);
}

export interface CustomerChangedMail extends ContractMail {
  changedOn: string;
  /** Names of the fields, never what stands in them (第12条2項). */
  fields: string;
  /** Whether a certificate with the new values follows (第5条1項). */
  certified: boolean;
}

/** Tells that name, address or representative are registered otherwise now. */
export function customerChanged(mail: CustomerChangedMail): Mail {
  const follows = '変更後の内容を記載した Hasso 契約証書を、別のメールでお送りいたします（第5条1項）。';
  return renderMail(mail.sender, mail.recipient, 'ご登録内容の変更のお知らせ', [
    paragraph('お届け出により、Hasso のご契約についてご登録いただいている内容を変更しました。'),
    definitions(
      ['契約番号', mail.contractNumber],
      ['変更日', japaneseDate(mail.changedOn)],
      ['変更した項目', mail.fields],
    ),
    ...(mail.certified ? [paragraph(follows)] : []),
    note('お心当たりのない場合は、お手数ですが、下記のお問い合わせ先までご連絡ください。'),
  ]);
}
