import { formatYen } from '../../domain/base/money.ts';
import { japaneseDateWithWeekday } from '../japanese-date.ts';
import { PAPER_WORDS, type PaperKind } from '../paper-words.ts';
import { definitions, list, type Mail, note, paragraph } from './blocks.ts';
import type { ContractMail } from './contract.ts';
import { renderMail } from './render.ts';

export interface InvoiceIssuedMail extends ContractMail {
  kind: PaperKind;
  /** Whose contract it is, where it goes to a partner; else ''. */
  customerName: string;
  /** The partner that gets it hands it over to the customer, who pays (代理交付). */
  handsOver: boolean;
  invoiceNumber: string;
  totalYen: number;
  /** Null where nothing is to be paid. */
  dueOn: string | null;
  /** Number of the paper that this one replaces, and of the one of which money goes back. */
  corrects: string | null;
  returns: string | null;
  attachmentNames: readonly string[];
}

/** Sends an issued paper, attached by the caller (第6条2項). */
export function invoiceIssued(mail: InvoiceIssuedMail): Mail {
  const { invoiceNumber, dueOn, corrects, returns } = mail;
  const { name, reference, amount, isReturn } = PAPER_WORDS[mail.kind];
  const due: [string, string][] =
    dueOn === null || isReturn ? [] : [['お支払期限', japaneseDateWithWeekday(dueOn)]];
  const title = corrects === null ? `${name}をお送りします` : `${name}（訂正分）をお送りします`;
  return renderMail(mail.sender, mail.recipient, `${title}（${invoiceNumber}）`, [
    paragraph(leadOf(mail, name)),
    definitions(
      [reference, invoiceNumber],
      ...(corrects === null ? [] : [['訂正前の番号', corrects] as [string, string]]),
      ...(returns === null ? [] : [['もとの請求書', returns] as [string, string]]),
      ['契約番号', mail.contractNumber],
      ...(mail.customerName === '' ? [] : [['ご利用のお客様', mail.customerName] as [string, string]]),
      [amount, formatYen(mail.totalYen)],
      ...due,
    ),
    paragraph('添付ファイル：'),
    list(mail.attachmentNames),
    note(
      mail.kind === 'statement'
        ? '振込手数料はご負担ください。お客様に交付された適格請求書の写しを、当社にお送りください。'
        : mail.kind === 'usageStatement'
          ? 'この明細書は、消費税の仕入税額控除のために保存できます。'
          : `${due.length === 0 ? '' : '振込手数料はご負担ください。'}XMLファイルは、会計ソフト等に取り込むための電子請求書（JP PINT）です。`,
    ),
  ]);
}

function leadOf({ kind, corrects, dueOn, totalYen, handsOver }: InvoiceIssuedMail, name: string): string {
  if (handsOver) {
    return `Hasso の利用料金等について、お客様あての${name}を発行しましたので、添付にてお送りいたします。お客様にお届けのうえ、お届けになった日を当社にお知らせください。`;
  }
  const pay = `お支払期限までに${name}に記載の口座へお振り込みください。`;
  if (PAPER_WORDS[kind].isReturn) {
    return `Hasso の利用料金等の返金について、${name}を添付にてお送りいたします。返金は、ご登録の口座へのお振り込みにて行います。`;
  }
  if (corrects !== null) {
    const rest =
      totalYen === 0 || dueOn === null
        ? 'お支払いいただく金額はございません。'
        : `内容をご確認のうえ、${pay}`;
    return `先にお送りした${corrects}に代わる${name}を、添付にてお送りいたします。${rest}すでにお支払い済みの場合の取り扱いは、別途ご案内いたします。`;
  }
  if (kind === 'usageStatement') {
    return `プリペイドチャージの残高からお支払いいただいた通信のご利用について、${name}（適格請求書）を添付にてお送りいたします。お支払いの必要はございません。`;
  }
  if (kind === 'topUp') {
    return `プリペイドチャージのお申し込みについて、${name}を添付にてお送りいたします。${pay}ご入金を確認した後に、残高に加算いたします。`;
  }
  return `Hasso の利用料金等について、${name}を発行しましたので、添付にてお送りいたします。内容をご確認のうえ、${pay}`;
}
