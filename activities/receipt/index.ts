import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { billingContactsOf } from '../../db/queries/contact/billing.ts';
import { archiveReceipt } from '../../db/queries/receipt/archive.ts';
import { findReceipt, type ReceiptToDraw } from '../../db/queries/receipt/read.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import type { Issuer } from '../../domain/billing/issuer.ts';
import type { ReceiptFacts } from '../../domain/payments/receipt.ts';
import { PAPER_WORDS } from '../../templates/paper-words.ts';
import { type ReceiptPayload, receiptTexts, renderReceipt } from '../../templates/receipt.ts';
import { type DrawPorts, drawDocument } from '../documents/draw.ts';

export interface ReceiptPorts extends DrawPorts {
  db: Database;
  issuer: Issuer;
}

const WAYS: Record<ReceiptFacts['way'], string> = {
  transfer: '銀行振込',
  credit: '前受金の充当',
  both: '銀行振込および前受金の充当',
};

/** Receipts for paid invoices (領収書, 第6条2項): drawn, signed, archived; each repeats harmlessly. */
export function createReceiptActivities(ports: ReceiptPorts) {
  const { db, issuer } = ports;
  return {
    async drawReceipt({ receiptId }: { receiptId: string }): Promise<void> {
      const found = await required(db, receiptId);
      const { receipt, recipient } = found;
      if (receipt.drawnAt !== null) return;
      const payload = payloadOf(found, issuer);
      const pdf = await drawDocument(ports, {
        ...{ what: 'receipt', texts: receiptTexts(payload), render: () => renderReceipt(payload) },
        ...{ reason: 'Hasso 領収書の発行', signedAtMs: receipt.issuedAt.getTime() },
      });
      const { number, contractId, issuedOn, amountYen, sandbox } = receipt;
      await archiveReceipt(db, {
        receiptId,
        file: {
          ...{ kind: 'receipt', number, subjectType: 'contract', subjectId: contractId },
          ...{ documentOn: issuedOn, amountYen, counterparty: recipient.name, sandbox },
          ...{ storageKey: pdf.key, sha256: pdf.sha256, bytes: pdf.bytes },
        },
      });
    },

    /** Contacts for invoices of whoever paid, to whom the receipt is mailed; none: it goes to the registered contact. */
    async receiptContacts({ receiptId }: { receiptId: string }): Promise<string[]> {
      const { party } = await required(db, receiptId);
      return (await billingContactsOf(db, party)).map(({ id }) => id);
    },
  };
}

export type ReceiptActivities = ReturnType<typeof createReceiptActivities>;

const failed = (message: string) => ApplicationFailure.nonRetryable(message, FAILURE.invalidInput);

async function required(db: Database, receiptId: string): Promise<ReceiptToDraw> {
  const found = await findReceipt(db, receiptId);
  if (found === null) throw failed(`receipt ${receiptId} does not exist`);
  return found;
}

function payloadOf({ receipt, paper, recipient, contractNumber, replaces }: ReceiptToDraw, issuer: Issuer) {
  const { registrationNumber } = issuer;
  if (registrationNumber === null || paper.number === null) throw failed('the issuer of receipts is not set');
  return {
    ...{ receiptNumber: receipt.number, issuedOn: receipt.issuedOn, replaces, recipient, contractNumber },
    invoice: {
      ...{ name: PAPER_WORDS[paper.type].name, number: paper.number, issuedOn: paper.issuedOn },
      ...{ totalYen: paper.totalYen, taxYen: paper.taxYen },
    },
    ...{ amountYen: receipt.amountYen, discountYen: receipt.discountYen, receivedOn: receipt.receivedOn },
    way: WAYS[receipt.way],
    operator: { ...issuer.operator, registrationNumber, contact: issuer.contact },
    sandbox: receipt.sandbox,
  } satisfies ReceiptPayload;
}
