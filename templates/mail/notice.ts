import { fillTemplate } from '../../domain/notice/notice-template.ts';
import { CONTRACT_KIND_LABELS } from '../../domain/period/contract.ts';
import { type Block, heading, link, list, type Mail, type MailSender, note, paragraph } from './blocks.ts';
import { renderMail } from './render.ts';

export interface NoticeMail {
  sender: MailSender;
  /** Templates with placeholders (domain/notice/notice-template.ts). */
  subjectLine: string;
  body: string;
  recipient: {
    companyName: string;
    personName: string;
    contractNumber: string;
    planName: string;
    kind: 'annual' | 'monthly';
  };
  /** Values of the cause's placeholders: those for everyone and those of this contract. */
  values: Readonly<Record<string, string>>;
  /** On mail that advertises: where the recipient opts out (第14条). */
  optOutUrl: string | null;
}

/** A notice as one recipient gets it (第16条, 第17条). Throws for a placeholder without a value. */
export function noticeMail(mail: NoticeMail): Mail {
  const { recipient, optOutUrl } = mail;
  const values = {
    ...mail.values,
    会社名: recipient.companyName,
    担当者名: recipient.personName,
    契約番号: recipient.contractNumber,
    料金プラン: recipient.planName,
    契約種別: CONTRACT_KIND_LABELS[recipient.kind],
  };
  const blocks = noticeBlocks(fillTemplate(mail.body, values));
  return renderMail(mail.sender, recipient, fillTemplate(mail.subjectLine, values), [
    ...blocks,
    ...(optOutUrl === null
      ? []
      : [
          note(
            'このメールはご案内（広告）です。今後のご案内が不要な場合は、次のリンクから配信を停止できます。契約に関する大切なお知らせは、停止後もお送りします。',
          ),
          link('ご案内メールの配信を停止する', optOutUrl),
        ]),
  ]);
}

/**
 * The paragraphs of a notice's text: empty lines part them, a line that begins with ■ is a heading, lines that begin with ・
 * are a list.
 */
export function noticeBlocks(text: string): Block[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \u3000]*\n/)
    .flatMap((part) => partBlocks(part.split('\n').filter((line) => line.trim() !== '')));
}

function partBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let plain: string[] = [];
  let items: string[] = [];
  const close = () => {
    if (plain.length > 0) blocks.push(paragraph(plain.join('\n')));
    if (items.length > 0) blocks.push(list(items));
    plain = [];
    items = [];
  };
  for (const line of lines) {
    const head = /^■\s*(.+)$/.exec(line)?.[1];
    const item = /^・\s*(.+)$/.exec(line)?.[1];
    if (head !== undefined) {
      close();
      blocks.push(heading(head));
    } else if (item !== undefined) {
      if (plain.length > 0) close();
      items.push(item);
    } else {
      if (items.length > 0) close();
      plain.push(line);
    }
  }
  close();
  return blocks;
}
