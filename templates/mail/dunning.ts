import { formatYen } from '../../domain/base/money.ts';
import { japaneseDateWithWeekday } from '../japanese-date.ts';
import { type Block, definitions, type Mail, note, paragraph } from './blocks.ts';
import type { ContractMail } from './contract.ts';
import { renderMail } from './render.ts';

export interface OverdueMail extends ContractMail {
  invoiceNumber: string;
  totalYen: number;
  openYen: number;
  dueOn: string;
  /** Where to pay, in one line; null where the account is not set. */
  account: string | null;
}

const CROSSED = note('行き違いでお支払いいただいている場合は、ご容赦ください。');

const row = (term: string, value: string): [string, string] => [term, value];

function claim(mail: OverdueMail): Block {
  const { invoiceNumber, contractNumber, totalYen, openYen, dueOn, account } = mail;
  return definitions(
    ['請求書番号', invoiceNumber],
    ['契約番号', contractNumber],
    ['ご請求金額（税込）', formatYen(totalYen)],
    ...(openYen === totalYen ? [] : [row('お支払いいただいていない額', formatYen(openYen))]),
    ['お支払期限', japaneseDateWithWeekday(dueOn)],
    ...(account === null ? [] : [row('お振込先', account)]),
  );
}

/** The first, gentle one: perhaps it was forgotten (第6条2項). */
export function paymentReminder1(mail: OverdueMail): Mail {
  return renderMail(mail.sender, mail.recipient, `お支払いの確認のお願い（${mail.invoiceNumber}）`, [
    paragraph(
      '下記の請求書につきまして、お支払期限までのご入金を確認できておりません。お手数ですが、ご確認のうえお振り込みくださいますようお願いいたします。',
    ),
    claim(mail),
    CROSSED,
  ]);
}

/** The second one asks for an answer. */
export function paymentReminder2(mail: OverdueMail): Mail {
  return renderMail(mail.sender, mail.recipient, `お支払いのお願い（再度のご連絡・${mail.invoiceNumber}）`, [
    paragraph(
      '先日ご連絡いたしました下記の請求書につきまして、現在もご入金を確認できておりません。至急お振り込みくださいますようお願いいたします。お支払いが難しいご事情や、ご請求の内容にご不明な点がございましたら、下記のお問い合わせ先までお知らせください。',
    ),
    claim(mail),
    CROSSED,
  ]);
}

/** The last one: sets a day, and says what may follow (第10条2項④). */
export function paymentFinalNotice(mail: OverdueMail & { deadlineOn: string }): Mail {
  const deadline = japaneseDateWithWeekday(mail.deadlineOn);
  return renderMail(mail.sender, mail.recipient, `お支払いの最終のお願い（${mail.invoiceNumber}）`, [
    paragraph(
      `下記の請求書につきまして、再三のお願いにもかかわらず、ご入金を確認できておりません。${deadline}までに、必ずお支払いください。`,
    ),
    claim(mail),
    definitions(['お支払いの最終の期限', deadline]),
    paragraph(
      'この期限までにお支払いいただけない場合は、利用規約第10条2項④により、利用契約を解約させていただくことがあります。その場合も、お支払いいただいていない利用料金等の支払義務はなくなりません。',
    ),
    CROSSED,
  ]);
}
