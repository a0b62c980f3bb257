import { japaneseDate } from '../japanese-date.ts';
import { definitions, type Mail, type MailRecipient, type MailSender, note, paragraph } from './blocks.ts';
import { renderMail } from './render.ts';

export interface ContactMail {
  sender: MailSender;
  recipient: MailRecipient;
  /** Civil date in Asia/Tokyo, `YYYY-MM-DD`. */
  changedOn: string;
}

const UNEXPECTED = 'お心当たりのない場合は、お手数ですが、下記のお問い合わせ先までご連絡ください。';

/** To the contact that is registered now: which fields changed, never what stands in them (第12条2項). */
export function contactChanged(mail: ContactMail & { fields: readonly string[] }): Mail {
  return renderMail(mail.sender, mail.recipient, '登録された連絡先の変更のお知らせ', [
    paragraph(
      'お申し出により、Hasso のご利用についてご登録いただいている連絡先を変更しました。今後のお知らせは、変更後の連絡先にお送りします。',
    ),
    definitions(['変更日', japaneseDate(mail.changedOn)], ['変更した項目', mail.fields.join('、')]),
    note('変更後の内容は、安全のためこのメールには記載していません。'),
    paragraph(UNEXPECTED),
  ]);
}

/** To the address of before: neutral, neither number nor person (第12条2項). */
export function contactMoved(mail: ContactMail): Mail {
  return renderMail(mail.sender, mail.recipient, '連絡先の変更のお知らせ', [
    paragraph(
      'Hasso に関するお知らせの送付先を、お申し出により別の連絡先に変更しました。今後このメールアドレスにはお送りしません。',
    ),
    definitions(['変更日', japaneseDate(mail.changedOn)]),
    paragraph(UNEXPECTED),
  ]);
}

/** To the registered contact: that an account for refunds was entered or changed, never which (第12条2項, 第16条). */
export function bankAccountChanged(mail: ContactMail): Mail {
  return renderMail(mail.sender, mail.recipient, '返金の振込先の登録のお知らせ', [
    paragraph('Hasso の返金をお振り込みする口座を、お届けいただいた書面により登録または変更しました。'),
    definitions(['登録日', japaneseDate(mail.changedOn)]),
    note('口座の内容は、安全のためこのメールには記載していません。'),
    paragraph(UNEXPECTED),
  ]);
}
