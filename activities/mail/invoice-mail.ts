import { documentsByNumber } from '../../db/queries/archive/open.ts';
import { findIssuedPaper } from '../../db/queries/billing/issue.ts';
import type { Mail } from '../../templates/mail/blocks.ts';
import type { ContractMail } from '../../templates/mail/contract.ts';
import { invoiceIssued } from '../../templates/mail/invoice.ts';
import { type ComposedMail, type ComposePorts, missing } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** An issued invoice with its PDF and, where there is one, its electronic data (第6条2項). */
export async function composeInvoiceMail(
  ports: ComposePorts,
  input: MailInput,
  base: ContractMail,
): Promise<Mail & Pick<ComposedMail, 'attachments'>> {
  const paper = input.paperId === undefined ? null : await findIssuedPaper(ports.db, input.paperId);
  if (paper === null || paper.number === null || paper.contractId !== input.subjectId) throw missing('paper');
  const { number, totalYen, dueOn } = paper;
  const attachments: ComposedMail['attachments'] = [];
  for (const { kind, storageKey } of await documentsByNumber(ports.db, number)) {
    const content = await ports.storage.get(storageKey);
    if (kind === 'invoice') {
      attachments.unshift({ filename: `請求書_${number}.pdf`, content, contentType: 'application/pdf' });
    } else if (kind === 'invoiceData') {
      attachments.push({ filename: `請求書_${number}.xml`, content, contentType: 'application/xml' });
    }
  }
  if (attachments.length === 0) throw missing(`file of paper ${paper.id}`);
  const mail = invoiceIssued({
    ...{ ...base, invoiceNumber: number, totalYen, dueOn: dueOn ?? '' },
    attachmentNames: attachments.map(({ filename }) => filename),
  });
  return { ...mail, attachments };
}
