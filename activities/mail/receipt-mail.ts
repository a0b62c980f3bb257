import { documentsByNumber } from '../../db/queries/archive/open.ts';
import { findReceipt } from '../../db/queries/receipt/read.ts';
import type { Mail } from '../../templates/mail/blocks.ts';
import type { ContractMail } from '../../templates/mail/contract.ts';
import { receiptIssued } from '../../templates/mail/receipt.ts';
import { billingRecipient } from './billing-recipient.ts';
import { type ComposedMail, type ComposePorts, missing } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** A receipt with its PDF (領収書, 第6条2項), to the contact for invoices that is named, else to the registered contact. */
export async function composeReceiptMail(
  ports: ComposePorts,
  input: MailInput,
  base: ContractMail,
): Promise<Mail & Pick<ComposedMail, 'attachments'> & Partial<Pick<ComposedMail, 'to'>>> {
  const found = input.receiptId === undefined ? null : await findReceipt(ports.db, input.receiptId);
  if (found === null || found.receipt.contractId !== input.subjectId) throw missing('receipt');
  const { receipt, paper, replaces } = found;
  const [file] = (await documentsByNumber(ports.db, receipt.number)).filter(({ kind }) => kind === 'receipt');
  if (file === undefined) throw missing(`file of receipt ${receipt.id}`);
  const attachmentName = `領収書_${receipt.number}.pdf`;
  const { recipient, to } = await billingRecipient(ports, input, base);
  const mail = receiptIssued({
    ...{ ...base, recipient, receiptNumber: receipt.number, replaces, invoiceNumber: paper.number ?? '' },
    ...{ amountYen: receipt.amountYen, receivedOn: receipt.receivedOn, attachmentName },
  });
  const content = await ports.storage.get(file.storageKey);
  const attachments = [{ filename: attachmentName, content, contentType: 'application/pdf' }];
  return { ...mail, ...to, attachments };
}
