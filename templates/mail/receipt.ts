import { formatYen } from '../../domain/base/money.ts';
import { japaneseDateWithWeekday } from '../japanese-date.ts';
import { definitions, list, type Mail, note, paragraph } from './blocks.ts';
import type { ContractMail } from './contract.ts';
import { renderMail } from './render.ts';

export interface ReceiptIssuedMail extends ContractMail {
  receiptNumber: string;
  /** The one that it takes the place of (再発行). */
  replaces: string | null;
  invoiceNumber: string;
  amountYen: number;
  receivedOn: string;
  attachmentName: string;
}

/** Sends a receipt, attached by the caller (第6条2項). */
export function receiptIssued(mail: ReceiptIssuedMail): Mail {
  const { receiptNumber, replaces } = mail;
  const what = replaces === null ? '領収書' : '領収書（再発行）';
  return renderMail(mail.sender, mail.recipient, `${what}をお送りします（${receiptNumber}）`, [
    paragraph(
      `Hasso の利用料金等をお支払いいただき、ありがとうございます。${what}を添付にてお送りいたします。`,
    ),
    definitions(
      ['領収書番号', receiptNumber],
      ...(replaces === null ? [] : [['先に発行した領収書', replaces] as [string, string]]),
      ['請求書番号', mail.invoiceNumber],
      ['契約番号', mail.contractNumber],
      ['領収金額（税込）', formatYen(mail.amountYen)],
      ['受領日', japaneseDateWithWeekday(mail.receivedOn)],
    ),
    paragraph('添付ファイル：'),
    list([mail.attachmentName]),
    note('電子データで発行しているため、収入印紙は不要です。'),
  ]);
}
