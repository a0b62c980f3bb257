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
  type Reason,
  reasonBlocks,
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
  occasion: 'conclusion' | 'renewal' | 'change' | 'terms';
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
  change: 'ご契約の内容に変更がありましたので、新しい Hasso 契約証書を添付にてお送りいたします。',
};

export interface CancelByReminderMail extends ContractMail {
  /** First day of the next period. */
  renewsOn: string;
  periodEndsOn: string;
  /** Last day on which a cancellation may arrive (第10条1項). */
  cancelBy: string;
  /** Ways to file a cancellation, as the customer calls them. */
  channels: readonly string[];
  cancellationUrl?: string;
}

/** Tells a customer with an annual contract, before the cut-off, that the contract renews by itself (第5条3項). */
export function cancelByReminder(mail: CancelByReminderMail): Mail {
  const form = mail.cancellationUrl === undefined ? [] : [link('解約を申請する', mail.cancellationUrl)];
  return renderMail(mail.sender, mail.recipient, '利用契約の自動更新のご案内', [
    paragraph(
      '平素より Hasso をご利用いただき、誠にありがとうございます。年額契約の更新日が近づいてまいりましたのでご案内いたします。',
    ),
    definitions(
      ['契約番号', mail.contractNumber],
      ['現在の期間の満了日', japaneseDate(mail.periodEndsOn)],
      ['更新日', japaneseDate(mail.renewsOn)],
      ['解約申請の期限', `${japaneseDateWithWeekday(mail.cancelBy)}到着分まで`],
    ),
    paragraph(
      '引き続きご利用になる場合、お手続きは不要です。利用契約は更新日に1年間更新されます（第5条3項）。',
    ),
    heading('満了日での解約をご希望の場合'),
    paragraph('期限までに到着するよう、次のいずれかの方法で解約を申請してください（第10条1項）。'),
    list(mail.channels),
    ...form,
  ]);
}

export interface ChangeItem {
  /** For example `料金プラン`. */
  item: string;
  before: string;
  after: string;
}

export interface ChangeMail extends ContractMail {
  changes: readonly ChangeItem[];
  reasons: readonly Reason[];
}

export interface ChangeAcceptedMail extends ChangeMail {
  effectiveOn: string;
}

/** Tells from when a change applies, and how that day was found (第8条2項). */
export function changeAccepted(mail: ChangeAcceptedMail): Mail {
  return renderMail(mail.sender, mail.recipient, '利用内容の変更を承りました', [
    paragraph('利用内容の変更のお申し込みを承りました。下記のとおり変更いたします。'),
    definitions(
      ['契約番号', mail.contractNumber],
      ['変更日', japaneseDate(mail.effectiveOn)],
      ...changeItems(mail.changes),
    ),
    ...reasonBlocks('変更日の決まり方', mail.reasons),
    paragraph('変更後の内容を記載した Hasso 契約証書を、別のメールでお送りいたします。'),
  ]);
}

/** Tells that a change cannot be made, and why (第8条3項 and others). */
export function changeRefused(mail: ChangeMail): Mail {
  return renderMail(mail.sender, mail.recipient, '利用内容の変更のお申し込みについて', [
    paragraph(
      '利用内容の変更をお申し込みいただき、ありがとうございました。誠に恐れ入りますが、次の理由により、今回の変更はお受けできません。',
    ),
    definitions(['契約番号', mail.contractNumber], ...changeItems(mail.changes)),
    ...reasonBlocks('お受けできない理由', mail.reasons),
    paragraph('現在のご契約の内容に変わりはなく、引き続きご利用いただけます。'),
  ]);
}

function changeItems(changes: readonly ChangeItem[]): [string, string][] {
  return changes.map(({ item, before, after }) => [item, `${before} → ${after}`]);
}
