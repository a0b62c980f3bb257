import { formatYen } from '../../domain/base/money.ts';
import { definitions, type Mail, paragraph } from './blocks.ts';
import type { ContractMail } from './contract.ts';
import { renderMail } from './render.ts';

export interface PrepaidLowMail extends ContractMail {
  balanceYen: number;
}

/** Tells that the prepaid balance is low: calls and messages that it does not cover are charged apart (第6条5項). */
export function prepaidLow(mail: PrepaidLowMail): Mail {
  return renderMail(mail.sender, mail.recipient, 'プリペイドチャージの残高が少なくなっています', [
    paragraph(
      'Hasso のプリペイドチャージの残高が少なくなりましたので、お知らせいたします。続けてご利用になる場合は、チャージをお申し込みください。',
    ),
    definitions(['契約番号', mail.contractNumber], ['現在の残高', formatYen(mail.balanceYen)]),
    paragraph('残高を超えてご利用になった通信費用は、別途ご請求することがあります。'),
  ]);
}
