import { findDocument } from '../../db/queries/archive/open.ts';
import { findDeletion } from '../../db/queries/deletion/open.ts';
import { readKeptForSearch } from '../../db/queries/deletion/record.ts';
import { deletionProof } from '../../templates/mail/deletion.ts';
import { type ComposedMail, type ComposePorts, missing, senderOf } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** The proof of deletion, to the last registered contact: its address is kept for this one mail (第22条6項). */
export async function composeDeletionProof(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const { db } = ports;
  const contractId = input.subjectId;
  const proof = input.documentId === undefined ? null : await findDocument(db, input.documentId);
  const [deletion, kept] = [await findDeletion(db, contractId), await readKeptForSearch(db, contractId)];
  const contract = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
  if (proof === null || deletion === null || kept === null || contract === undefined) {
    throw missing(`proof of deletion of ${contractId}`);
  }
  const { companyName, personName, email } = kept.recipient;
  const attachmentName = `データ削除証明書_${proof.number}.pdf`;
  const mail = deletionProof({
    sender: senderOf(ports, deletion.sandbox),
    recipient: { companyName, personName },
    contractNumber: contract.contractNumber,
    proofNumber: proof.number,
    deletedOn: deletion.deletedOn ?? proof.documentOn,
    attachmentName,
  });
  const content = await ports.storage.get(proof.storageKey);
  return {
    ...mail,
    to: email,
    sandbox: deletion.sandbox,
    attachments: [{ filename: attachmentName, content, contentType: 'application/pdf' }],
  };
}
