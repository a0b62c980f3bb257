import { japaneseDate } from '../japanese-date.ts';
import { definitions, type Mail, note, paragraph } from './blocks.ts';
import type { ContractMail } from './contract.ts';
import { renderMail } from './render.ts';

export interface DeletionProofMail extends ContractMail {
  proofNumber: string;
  deletedOn: string;
  attachmentName: string;
}

/** Sends the proof of deletion, attached by the caller, to the last registered contact (第22条6項). */
export function deletionProof(mail: DeletionProofMail): Mail {
  return renderMail(mail.sender, mail.recipient, 'お客様保有データの削除が完了しました', [
    paragraph(
      '終了した Hasso の利用契約について、当社がお預かりしていたお客様保有データの削除が完了しました。データ削除証明書を添付にてお送りいたします。大切に保管してください。',
    ),
    definitions(
      ['契約番号', mail.contractNumber],
      ['削除完了日', japaneseDate(mail.deletedOn)],
      ['証明書番号', mail.proofNumber],
      ['添付ファイル', mail.attachmentName],
    ),
    paragraph(
      'このメールを送信した後、このメールアドレスを含む登録連絡先の情報も当社の記録から削除されます。法令により保存する書類とその期限は、証明書に記載しています。',
    ),
    note('証明書の記載内容は秘密情報です。第三者への開示はお控えください（第12条2項）。'),
  ]);
}
