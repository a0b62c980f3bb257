import { documentsByNumber } from '../../db/queries/archive/open.ts';
import { findIssuedPaper } from '../../db/queries/billing/issue.ts';
import type { Mail } from '../../templates/mail/blocks.ts';
import type { ContractMail } from '../../templates/mail/contract.ts';
import { invoiceIssued } from '../../templates/mail/invoice.ts';
import { PAPER_WORDS } from '../../templates/paper-words.ts';
import { billingRecipient } from './billing-recipient.ts';
import { type ComposedMail, type ComposePorts, missing } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** Kinds of files of a paper that are sent with it, with what their names end in. */
const ATTACHED: Readonly<Record<string, { type: string; ending: string }>> = {
  invoice: { type: 'application/pdf', ending: 'pdf' },
  statement: { type: 'application/pdf', ending: 'pdf' },
  invoiceData: { type: 'application/xml', ending: 'xml' },
};

/**
 * An issued paper with its PDF and, where there is one, its electronic data (第6条2項), to the contact for invoices that is named,
 * else to the registered contact.
 */
export async function composeInvoiceMail(
  ports: ComposePorts,
  input: MailInput,
  base: ContractMail,
): Promise<Mail & Pick<ComposedMail, 'attachments'> & Partial<Pick<ComposedMail, 'to'>>> {
  const paper = input.paperId === undefined ? null : await findIssuedPaper(ports.db, input.paperId);
  if (paper === null || paper.number === null || paper.contractId !== input.subjectId) throw missing('paper');
  const { number, totalYen, dueOn, type, deliveredBy } = paper;
  const { name: paperName } = PAPER_WORDS[type];
  const named = async (id: string | null) => (id === null ? null : findIssuedPaper(ports.db, id));
  const [corrects, returns] = await Promise.all([named(paper.correctsId), named(paper.ofId)]);
  const attachments: ComposedMail['attachments'] = [];
  for (const { kind, storageKey } of await documentsByNumber(ports.db, number)) {
    const file = ATTACHED[kind];
    if (file === undefined) continue;
    const content = await ports.storage.get(storageKey);
    const attached = { filename: `${paperName}_${number}.${file.ending}`, content, contentType: file.type };
    if (file.ending === 'pdf') attachments.unshift(attached);
    else attachments.push(attached);
  }
  if (attachments.length === 0) throw missing(`file of paper ${paper.id}`);
  const { recipient, to, ofPartner } = await billingRecipient(ports, input, base);
  const mail = invoiceIssued({
    ...{ ...base, recipient, kind: type, invoiceNumber: number, totalYen, dueOn },
    ...{ corrects: corrects?.number ?? null, returns: returns?.number ?? null },
    customerName: ofPartner ? base.recipient.companyName : '',
    handsOver: deliveredBy !== 'operator',
    attachmentNames: attachments.map(({ filename }) => filename),
  });
  return { ...mail, ...to, attachments };
}
