import { japaneseDateWithWeekday } from '../japanese-date.ts';
import { definitions, list, type Mail, note, paragraph, yen } from './blocks.ts';
import type { ContractMail } from './contract.ts';
import { renderMail } from './render.ts';

export interface InvoiceIssuedMail extends ContractMail {
  invoiceNumber: string;
  totalYen: number;
  dueOn: string;
  attachmentNames: readonly string[];
}

/** Sends an invoice, attached by the caller (第6条2項). */
export function invoiceIssued(mail: InvoiceIssuedMail): Mail {
  return renderMail(mail.sender, mail.recipient, `請求書をお送りします（${mail.invoiceNumber}）`, [
    paragraph(
      'Hasso の利用料金等について、請求書を発行しましたので、添付にてお送りいたします。内容をご確認のうえ、お支払期限までに請求書に記載の口座へお振り込みください。',
    ),
    definitions(
      ['請求書番号', mail.invoiceNumber],
      ['契約番号', mail.contractNumber],
      ['ご請求金額（税込）', yen(mail.totalYen)],
      ['お支払期限', japaneseDateWithWeekday(mail.dueOn)],
    ),
    paragraph('添付ファイル：'),
    list(mail.attachmentNames),
    note(
      '振込手数料はご負担ください。XMLファイルは、会計ソフト等に取り込むための電子請求書（JP PINT）です。',
    ),
  ]);
}
